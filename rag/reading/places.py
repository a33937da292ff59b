"""The places that a text tells."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex
from babel import Locale

from index.loading.months import MONTHS
from index.loading.months import fold as calendar_fold
from rag.values.words import fold, language

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_APOSTROPHE = regex.compile(r"(\p{Lu}[\p{L}\p{M}]*)['’](\p{L}+)")
_ARTICLE = regex.compile(r"^ال(?=.{3})")
_DOING = regex.compile(r"ت\p{L}{2}ي\p{L}")  # "spreading", "assessment": what somebody does
_LOWER = regex.compile(r"\p{Ll}{2}")
_CASELESS = ("ar", "fa")
_SHORTEST = 2
_REACH = 3  # words before "in" among which what happened there is named
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A place that a text tells.

    Attributes:
        name: Its words.
        before: The words before the preposition, the nearest last.
    """

    name: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    at: frozenset[str]
    between: frozenset[str]
    no_place: frozenset[str]
    parts: frozenset[str]
    endings: frozenset[str]


@cache
def _table() -> dict[str, _Words]:
    tables = tomllib.loads(files("rag.reading").joinpath("places.toml").read_text(encoding="utf-8"))
    names = ("at", "between", "no_place", "parts", "endings")
    return {
        lang: _Words(*(frozenset(fold(word) for word in rows.get(name, "").split()) for name in names))
        for lang, rows in tables.items()
    }


def places_told(text: str, lang: str) -> list[Told]:
    """The towns and the like that a text tells, by the words before them and, where there are any, their capitals.

    Parts of a town ("in the Wardusa quarter") are left out, and countries: a report from a country seldom names it. A
    text in capitals tells none.

    Args:
        text: A question or a sentence.
        lang: ISO 639-1 code; a language without a table tells none.

    Examples:
        >>> places_told("Who sabotaged the bridge in the city of Vexholm in March?", "en")
        [Told(name=('Vexholm',), before=('sabotaged', 'the', 'bridge'))]
        >>> [told.name for told in places_told("تبنّى اللواء في بيان تخريب الجسر في بلدة كدران", "ar")]
        [('كدران',)]
    """
    words = _table().get(language(lang))
    if words is None or (language(lang) not in _CASELESS and not _LOWER.search(text)):
        return []
    found: Iterable[Told]
    if words.endings:
        found = (Told((match[1],), ()) for match in _APOSTROPHE.finditer(text) if fold(match[2]) in words.endings)
    else:
        found = _after_prepositions(text, language(lang), words)
    countries = _countries(language(lang))
    return [told for told in found if not countries.issuperset(fold(word) for word in told.name)]


@cache
def _countries(lang: str) -> frozenset[str]:
    """The words of the names of countries and continents."""
    return frozenset(fold(word) for name in Locale(lang).territories.values() for word in _WORD.findall(name))


def _after_prepositions(text: str, lang: str, words: _Words) -> Iterator[Told]:
    tokens = list(_WORD.finditer(text))
    for place, token in enumerate(tokens):
        if fold(token[0]) in words.at:
            first = place + 1
            while first < len(tokens) and fold(tokens[first][0]) in words.between:
                first += 1
            name = _name_at(text, tokens[first:], lang, words)
            after = tokens[first + len(name)][0] if first + len(name) < len(tokens) else ""
            if name and fold(after) not in words.parts:
                yield Told(name, tuple(before[0] for before in tokens[max(0, place - _REACH) : place]))


def _name_at(text: str, tokens: Sequence[regex.Match[str]], lang: str, words: _Words) -> tuple[str, ...]:
    """The name that words begin with: one word where the script has no capitals, else those with one."""
    name: list[str] = []
    for token in tokens[: 1 if lang in _CASELESS else _LONGEST_NAME]:
        apart = name and not text[tokens[len(name) - 1].end() : token.start()].isspace()
        if apart or not _may_name(token[0], lang, words):
            break
        name.append(token[0])
    return tuple(name)


def _may_name(word: str, lang: str, words: _Words) -> bool:
    folded = fold(word)
    if not word[0].isalpha() or calendar_fold(word) in MONTHS:
        return False
    if lang not in _CASELESS:
        return word[0].isupper()
    return (
        len(folded) > _SHORTEST
        and not _DOING.fullmatch(folded)
        and words.no_place.isdisjoint((folded, _ARTICLE.sub("", folded)))
    )
