"""Whether a passage has a sentence's word: the same word, another word for it, or its spelling in another script."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from index.bridges.aliases import load_aliases
from index.bridges.names import WORD, fold_word
from index.bridges.similarity import similarity
from index.bridges.skeleton import SHORTEST, near, skeleton
from index.bridges.sounds import script_of, sounds
from rag.llm.words import Word, same_word, words_of

_ALIKE = 0.82
_ALIKE_LONG = 0.74
_LONG = 4  # classes in a skeleton


class Bridge:
    """A sentence's words in the terms of a passage.

    Args:
        sentence: The sentence.
        lang: Its language.
    """

    def __init__(self, sentence: str, lang: str) -> None:
        self.words = words_of(sentence, lang)
        self._aliases = [
            (frozenset(fold_word(word) for word in match.words.split()), match.others)
            for match in load_aliases().find(sentence)
        ]

    def places(self, word: Word, passage: Sequence[Word]) -> tuple[int, ...]:
        """Numbers of the passage's words that are a word of the sentence; empty where it has none."""
        found = [i for i, other in enumerate(passage) if same_word(word, other) or _same_thing(word, other)]
        if word.number is not None:
            return tuple(found)
        found += [i for i, other in enumerate(passage) if _sounds_alike(word, other)]
        for names, others in self._aliases:
            if fold_word(word.text) in names:
                found += [place for other in others for place in _run(other, passage)]
        return tuple(dict.fromkeys(found))


def _run(name: str, passage: Sequence[Word]) -> list[int]:
    """The places of a name of several words that follow each other."""
    wanted = [words_of(part, "mul")[0] for part in WORD.findall(name)]
    for start in range(len(passage) - len(wanted) + 1):
        if all(one.keys & other.keys for one, other in zip(wanted, passage[start:], strict=False)):
            return list(range(start, start + len(wanted)))
    return []


def _same_thing(one: Word, other: Word) -> bool:
    concepts, general = _concepts(), _general()
    same = any(concepts[key] & concepts[other_key] for key in one.keys & concepts.keys()
               for other_key in other.keys & concepts.keys())  # fmt: skip
    return same or any(key in words and other.keys & covers for words, covers in general for key in one.keys)


def _sounds_alike(one: Word, other: Word) -> bool:
    """Whether two words of different scripts, neither of them light, are spellings of one name."""
    script, other_script = script_of(one.text), script_of(other.text)
    if script is None or other_script is None or script is other_script or one.light or other.light:
        return False
    form = skeleton(one.text)
    if len(form) < SHORTEST:
        return False
    floor = _ALIKE_LONG if len(form) >= _LONG else _ALIKE
    return any(
        skeleton(spelt) in near(form) and similarity(sounds(one.text), sounds(spelt), floor) >= floor
        for spelt in (other.text, *(key for key in other.keys if script_of(key) is other_script))
    )


@cache
def _concepts() -> dict[str, frozenset[int]]:
    tables = tomllib.loads(files("rag.llm").joinpath("concepts.toml").read_text(encoding="utf-8"))
    found: dict[str, set[int]] = {}
    for number, line in enumerate(tables["concepts"]):
        for word in line.split():
            found.setdefault(fold_word(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _general() -> list[tuple[frozenset[str], frozenset[str]]]:
    """General words, each group with the words it may stand for."""
    tables = tomllib.loads(files("rag.llm").joinpath("concepts.toml").read_text(encoding="utf-8"))
    return [(_folded(group["words"]), _folded(group["covers"])) for group in tables["general"]]


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in words.split())
