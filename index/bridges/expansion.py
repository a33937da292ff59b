"""A question's terms with the other names of what it names: what is searched, and what is told of it."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.bridges.aliases import Aliases
from index.bridges.names import WORD, name_words
from index.bridges.sounds import Script, script_of
from index.bridges.transliteration import Bridge, TermsBySound, name_bridges
from index.text.analysis import Analyzer
from index.types import Bridged

ALIAS_WEIGHT = 0.9
# Written onto a name without article: "in" and "to". The analyzer takes off the other ones.
_PROCLITICS = ("ب", "ل")
# Words of names that nearly every passage holds, and that reports leave out or write otherwise.
_PARTICLES = frozenset(
    "al el as ash ad an ar at az ez the of in for and on de del la las le les los du des d l y e et en para pour sur"
    " aux à der die das den dem und für von zu ve в на и за из по во في من إلى على و".split()
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another name: one or more terms that a passage must hold all of.

    Attributes:
        terms: The terms of the name, all in the collection.
        weight: How much it counts against the question's own words, from 0 to 1.
    """

    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the question: its own terms, or else one of its other names.

    Attributes:
        own: The question's terms of it.
        alternatives: The other names.
    """

    own: tuple[str, ...]
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What to search for a question.

    Attributes:
        plain: Its terms that are of no bridged name.
        names: Its names that have alternatives in the collection.
        used: What was added, to be shown.
    """

    plain: tuple[str, ...]
    names: tuple[Name, ...] = ()
    used: tuple[Bridged, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """All distinct terms, those whose scores ``combine`` takes."""
        parts = [self.plain]
        for name in self.names:
            parts += [name.own, *(alternative.terms for alternative in name.alternatives)]
        return tuple(dict.fromkeys(term for part in parts for term in part))


def expand(
    question: str,
    analyzer: Analyzer,
    langs: Sequence[str],
    vocabulary: Container[str],
    aliases: Aliases | None = None,
    skeletons: TermsBySound | None = None,
) -> Expansion:
    """The terms of a question, and of the other names of what it names as far as the collection has them.

    A name is looked up among the aliases first; a word that is of none is compared by its sound with the terms of the
    collection in other scripts.

    Args:
        question: In any language.
        analyzer: The one the collection was indexed with.
        langs: ISO 639-1 codes of the collection's languages.
        vocabulary: The collection's terms; only alternatives of which it holds every term are kept.
        aliases: The aliases; None to do without.
        skeletons: The vocabulary by skeleton; None to do without transliteration.

    Returns:
        The expansion; without a bridge, just ``analyzer.query_terms(question, langs)`` as its plain terms.
    """
    unclaimed = dict.fromkeys(analyzer.query_terms(question, langs))
    names: list[Name] = []
    used: list[Bridged] = []

    def claim(words: str, found: Mapping[str, Sequence[Alternative]], kind: str) -> bool:
        """Take a name's terms out of the plain ones, where the collection has other terms for it."""
        asked = analyzer.query_terms(words, langs)
        found = {other: [one for one in ones if not set(one.terms) <= set(asked)] for other, ones in found.items()}
        alternatives = tuple(dict.fromkeys(one for ones in found.values() for one in ones))
        if alternatives:
            own = tuple(term for term in asked if term in unclaimed)
            for term in own:
                del unclaimed[term]
            names.append(Name(own, alternatives))
            used.append(Bridged(words, tuple(other for other, ones in found.items() if ones), kind))
        return bool(alternatives)

    spoken_for: set[str] = set()
    for match in aliases.find(question) if aliases else ():
        others = {other: list(_alternatives(other, analyzer, langs, vocabulary)) for other in match.others}
        if claim(match.words, others, "alias"):
            spoken_for.update(match.words.split())
    if skeletons is not None:
        for word in name_words(question):
            if word.text not in spoken_for:
                bridges = name_bridges(word.text, skeletons, word.certain)
                claim(word.text, {bridge.term: _written(bridge, vocabulary) for bridge in bridges}, "transliteration")
    return Expansion(tuple(unclaimed), tuple(names), tuple(used))


def _alternatives(
    name: str, analyzer: Analyzer, langs: Sequence[str], vocabulary: Container[str]
) -> Iterator[Alternative]:
    """A name as terms, in every way that the collection's languages stem it and that is in the collection."""
    written_out = WORD.findall(name)
    words = [word for word in written_out if word.casefold() not in _PARTICLES] or written_out
    first = words[0]
    written = [first]
    if script_of(first) is Script.ARABIC and not first.startswith("ال"):
        written += [proclitic + first for proclitic in _PROCLITICS]
    for start in written:
        for lang in sorted(set(langs)):
            terms = tuple(dict.fromkeys(analyzer.terms(" ".join([start, *words[1:]]), lang)))
            if terms and all(term in vocabulary for term in terms):
                yield Alternative(terms, ALIAS_WEIGHT)


def _written(bridge: Bridge, vocabulary: Container[str]) -> list[Alternative]:
    """A bridge's term, and it with what the collection writes onto it."""
    joined = [proclitic + bridge.term for proclitic in _PROCLITICS if script_of(bridge.term) is Script.ARABIC]
    terms = [bridge.term, *(term for term in joined if term in vocabulary)]
    return [Alternative((term,), bridge.weight) for term in terms]
