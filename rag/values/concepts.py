"""What the common words of names mean, the same in every language: see ``data/actors.toml``."""

from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from index.text.analysis import FoldingAnalyzer
from rag.values.words import WORD, fold, language, table

_LANGS = ("ar", "de", "en", "es", "fa", "fr", "ru", "tr")
_PREFIXES = "وبلفك"
_SHORTEST = 4
_analyzer = FoldingAnalyzer()


class Role(StrEnum):
    """What a word does in a name; the classes of ``data/actors.toml``, and ``PROPER`` for every other word."""

    MEMBER = "member"
    WRAPPER = "wrapper"
    TITLE = "title"
    GENERIC = "generic"
    KIND = "kind"
    QUALITY = "quality"
    PROPER = "proper"


class Meaning(NamedTuple):
    """What a word of a name means.

    Attributes:
        role: What it does in a name.
        concept: Its meaning's name in the table.
    """

    role: Role
    concept: str


@lru_cache(maxsize=1 << 13)
def stems(word: str, lang: str) -> frozenset[str]:
    """What a word may be known by: itself, its stem, and in Arabic also without a preposition written onto it."""
    folded = fold(word)
    forms = {folded}
    if len(folded) >= _SHORTEST and folded[0] in _PREFIXES:
        forms.add(folded[1:])
    stemmed = {" ".join(_analyzer.terms(form, lang)) for form in forms}
    return frozenset((forms | stemmed) - {""})


@cache
def _meanings() -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for role in Role:
        for concept, line in table("rag.values", "actors").get(role.value, {}).items():
            for word in line.split():
                for lang in _LANGS:
                    for stem in stems(word, lang):
                        found.setdefault(stem, Meaning(role, concept))
    return found


@cache
def _empty() -> tuple[frozenset[str], frozenset[str]]:
    rows = table("rag.values", "actors")["empty"]
    before, rest = ({fold(word) for word in WORD.findall(rows[name])} for name in ("of", "words"))
    return frozenset(before), frozenset(before | rest)


def meaning(word: str, lang: str) -> Meaning | None:
    """What a common word of names means, or None where it is a name's own word.

    Examples:
        >>> meaning("كتائب", "ar") == meaning("Brigades", "en")
        True
    """
    folded = fold(word)
    known = _meanings()
    forms = stems(word, language(lang))
    return known.get(folded) or next(
        (known[stem] for stem in sorted(forms, key=len, reverse=True) if stem in known), None
    )


def is_empty(word: str) -> bool:
    """Whether a word adds nothing to a name."""
    return fold(word) in _empty()[1]


def opens_complement(word: str) -> bool:
    """Whether what a word opens hangs on the head of the name: the "of" of "the army of the south"."""
    return fold(word) in _empty()[0]
