"""Names of a question in the scripts of the collection: which of its terms sound like a word."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import regex

from index.bridges.similarity import similarity
from index.bridges.skeleton import skeleton, skeleton_of
from index.bridges.sounds import Script, script_of, sounds
from index.text.stemming import snowball

MOST_BRIDGES = 4
# Similarity from which a term counts, by the classes in the word's skeleton: short words are alike by chance.
_FLOORS = {2: 0.9, 3: 0.84, 4: 0.84, 5: 0.74}
_FLOOR = 0.7
_MARGIN = 0.06  # how far behind the most alike term another may lie
_CLITICS = regex.compile(r"^(?:[وف]?(?:[بك]?ال|لل))(?=.{3})")
_ONE_CLITIC = regex.compile(r"^[وفبكل](?=.{3})")
_POSSESSIVE = regex.compile(r"['’](?:s|\p{L}*)$")
# What stemming takes off a term, told by its sounds: a name is compared with what is left of it, too.
_STEMMED = {
    Script.ARABIC: (
        regex.compile(r"^(?:[bkf]?[ae]l|[wv])(?=.{3})"),
        regex.compile(r"(?<=.{3})(?:[aeiouIU]+[nt]|h?a)$"),
    ),
    Script.LATIN: (regex.compile(r"(?<=.{3})(?:ing|s)$"),),
    Script.CYRILLIC: (regex.compile(r"(?<=.{3})[aeiouAWYIU]+[vmxnlt]$"),),
}
_STEMMED_FACTOR = 0.97
_CLITIC_FACTOR = 0.93


class TermsBySound(Protocol):
    """Finds terms by their skeleton; ``SkeletonIndex`` does."""

    def terms_near(self, form: str, scripts: Collection[Script] = ..., wide: bool = ...) -> tuple[str, ...]:
        """The terms whose skeleton is this one or near to it; see ``SkeletonIndex.terms_near``."""
        ...


@dataclass(frozen=True, slots=True)
class Bridge:
    """A term of the collection that sounds like a word of the question.

    Attributes:
        term: The term.
        weight: How sure it is, from 0 to 1.
    """

    term: str
    weight: float


def name_bridges(word: str, vocabulary: TermsBySound, certain: bool = True) -> list[Bridge]:
    """The terms in other scripts that sound like a name.

    Args:
        word: One word of a question, as it stands there.
        vocabulary: The collection's terms by skeleton.
        certain: Whether it is plainly a name; a word that may be none must sound more alike.

    Returns:
        At most ``MOST_BRIDGES`` a script, the surest first, equal ones in order of the alphabet. A bridge's weight is
        ``(similarity - floor) / (1 - floor)``, where the floor falls with the number of consonants.
    """
    script = script_of(word)
    if script is None:
        return []
    forms = list(_forms(word, script))
    floor = _floor(word, certain)
    return [
        Bridge(term, (alike - floor) / (1 - floor))
        for target in Script
        if target is not script
        for term, alike in _most_alike(forms, vocabulary, target, floor, certain)
    ]


def _floor(word: str, certain: bool) -> float:
    floor = _FLOORS.get(len(skeleton(word)), _FLOOR)
    return floor if certain else (1 + floor) / 2


def _most_alike(
    forms: Sequence[tuple[str, float]], vocabulary: TermsBySound, target: Script, floor: float, wide: bool
) -> list[tuple[str, float]]:
    """The terms of one script that sound most like a word, with their similarity."""
    asked = [*forms, *(pair for form in forms for pair in _as_stemmed(*form, target))]
    best: dict[str, float] = {}
    for heard, factor in dict(reversed(asked)).items():  # of equal forms, the first counts
        for term in vocabulary.terms_near(skeleton_of(heard), (target,), wide):
            alike = factor * similarity(heard, sounds(term), floor)
            if alike > max(floor, best.get(term, 0.0)):
                best[term] = alike
    found = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_BRIDGES]
    return [pair for pair in found if pair[1] > found[0][1] - _MARGIN]


def _forms(word: str, script: Script) -> Iterator[tuple[str, float]]:
    """The sounds of a word, and of it without what is written onto it, with what they count."""
    if script is Script.LATIN:
        word = _POSSESSIVE.sub("", word) or word
    yield sounds(word), 1.0
    if script is Script.ARABIC:
        if bare := _CLITICS.sub("", word):
            yield sounds(bare), 1.0
        yield sounds(_ONE_CLITIC.sub("", word)), _CLITIC_FACTOR
    if script is Script.CYRILLIC:
        yield sounds(snowball(word.casefold(), "ru")), _STEMMED_FACTOR


def _as_stemmed(heard: str, factor: float, target: Script) -> Iterator[tuple[str, float]]:
    for pattern in _STEMMED.get(target, ()):
        if (rest := pattern.sub("", heard)) != heard:
            yield rest, factor * _STEMMED_FACTOR
