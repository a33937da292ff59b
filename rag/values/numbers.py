"""Figures in answers: "12", "٣", "at least twelve", "خمسة وعشرون", "12 million"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import regex

from rag.values.comparing import Relation
from rag.values.words import fold, language, table

_FEW_WORDS = 3
_ARABIC_AND = "و"
_FIGURE = regex.compile(r"\d{1,3}(?:[.,٬\u00a0\u202f' ]\d{3})+(?![\d])|\d+[.,٫]\d+|\d+")
_TOKEN = regex.compile(rf"{_FIGURE.pattern}|[\p{{L}}\p{{M}}]+")
_COMPOUND = frozenset({"ar", "de", "fa"})  # numerals are written together: "fünfundzwanzig", "ثلاثمئة"


class Bound(StrEnum):
    """How a figure is meant."""

    EXACT = "="
    AT_LEAST = ">="
    AT_MOST = "<="
    ABOUT = "~"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure.

    Attributes:
        value: What it says.
        bound: How it is meant.
    """

    value: float
    bound: Bound = Bound.EXACT

    def __str__(self) -> str:
        sign = "" if self.bound is Bound.EXACT else self.bound.value
        return f"{sign}{int(self.value) if self.value == int(self.value) else self.value}"


@dataclass(frozen=True, slots=True)
class _Numerals:
    """One language's numerals, folded."""

    worth: dict[str, int]
    longest: int
    joins: frozenset[str]
    articles: frozenset[str]
    bounds: tuple[tuple[str, Bound], ...]


@cache
def _numerals(lang: str) -> _Numerals:
    rows = table("rag.values", "numbers").get(lang, {})
    worth = {fold(word): number for word, number in rows.get("words", {}).items()}
    articles = {fold(word): 1 for word in rows.get("article", [])}
    names = {Bound.AT_LEAST: "at_least", Bound.AT_MOST: "at_most", Bound.ABOUT: "about"}
    bounds = [(fold(phrase), bound) for bound, name in names.items() for phrase in rows.get(name, [])]
    return _Numerals(
        worth=worth | articles,
        longest=max((len(word.split()) for word in worth), default=1),
        joins=frozenset(fold(word) for word in rows.get("and", [])),
        articles=frozenset(articles),
        bounds=tuple(sorted(bounds, key=lambda pair: -len(pair[0]))),
    )


def quantity(text: str, lang: str) -> Quantity | None:
    """The one figure of a text, in digits of any script or in words of its language.

    Args:
        text: An answer, short or a sentence; dates should be taken out before.
        lang: ISO 639-1 code; in a language without a table of numerals, digits alone are read.

    Returns:
        None where there is no figure, or there are several that differ.

    Examples:
        >>> [str(quantity(text, "en")) for text in ("twelve people", "at least 1,500", "2.5 million")]
        ['12', '>=1500', '2500000']
        >>> quantity("قُتل خمسة وعشرون", "ar") == quantity("٢٥", "ar"), quantity("3 of 12", "en")
        (True, None)
    """
    numerals = _numerals(language(lang))
    folded = fold(text)
    tokens = _TOKEN.findall(folded)
    values = set(_values(tokens, numerals, language(lang)))
    if len(values) != 1:
        return None
    padded = f" {' '.join(tokens)} "
    bound = next((bound for phrase, bound in numerals.bounds if f" {phrase} " in padded), Bound.EXACT)
    return Quantity(values.pop(), bound)


def compare_quantities(one: Quantity, other: Quantity) -> Relation:
    """How two figures stand: "at least 12" is within "12", and leaves open whether it is 15.

    Examples:
        >>> compare_quantities(Quantity(12, Bound.AT_LEAST), Quantity(15)).value
        'open'
    """
    if one.value == other.value:
        return Relation.SAME if one.bound is other.bound else Relation.WITHIN
    lower, higher = sorted((one, other), key=lambda each: each.value)
    if lower.bound is Bound.AT_LEAST or higher.bound is Bound.AT_MOST:
        return Relation.OPEN
    near = abs(lower.value - higher.value) <= 0.1 * higher.value
    return Relation.OPEN if near and Bound.ABOUT in (one.bound, other.bound) else Relation.DIFFERENT


def _values(tokens: Sequence[str], numerals: _Numerals, lang: str) -> Iterator[float]:
    """The figures of a text, each run of numerals as one."""
    run: list[float] = []
    doubtful = only_article = joined = digits = False
    place = 0
    while place < len(tokens):
        worth, length, article = _numeral(tokens, place, numerals, lang)
        if worth is None:
            # "and" only joins numerals in words: "12 dead and 30 wounded", "12 and 30" are two figures.
            joined = bool(run) and not digits and not joined and tokens[place] in numerals.joins
            if not joined:
                yield from _worth(run, doubtful)
                run, only_article = [], False
            place += 1
            continue
        figure = tokens[place][0].isdigit()
        joined |= tokens[place].startswith(_ARABIC_AND) and lang == "ar" and not digits
        if only_article and worth[0] < 100:
            run = []  # "une douzaine" is twelve
        elif run and (figure or not (joined or _continues(run[-1], worth[0]))):
            yield from _worth(run, doubtful)
            run = []
        only_article = article and not run
        doubtful = only_article and len(tokens) > _FEW_WORDS
        digits = figure if not run else digits
        run.extend(worth)
        joined = False
        place += length
    yield from _worth(run, doubtful)


def _numeral(tokens: Sequence[str], place: int, numerals: _Numerals, lang: str) -> tuple[list[float] | None, int, bool]:
    """What the words from a place on are worth, how many they are, and whether they may be an article."""
    token = tokens[place]
    if token[0].isdigit():
        return [_figure(token)], 1, False
    for length in range(min(numerals.longest, len(tokens) - place), 0, -1):
        words = " ".join(tokens[place : place + length])
        bare = words.removeprefix(_ARABIC_AND) if lang == "ar" and place and words not in numerals.worth else words
        if bare in numerals.worth:
            return [float(numerals.worth[bare])], length, bare in numerals.articles
    if lang in _COMPOUND and (parts := _split(token, numerals)):
        return parts, 1, False
    return None, 1, False


def _split(word: str, numerals: _Numerals) -> list[float]:
    """The numerals that a word is written together from, or nothing: "dreihundertzwanzig"."""
    if not word:
        return []
    for end in range(len(word), 1, -1):
        head, rest = word[:end], word[end:]
        if head in numerals.worth:
            if not rest:
                return [float(numerals.worth[head])]
            for join in ("", *numerals.joins):
                if rest.startswith(join) and (tail := _split(rest.removeprefix(join), numerals)):
                    return [float(numerals.worth[head]), *tail]
    return []


def _figure(digits: str) -> float:
    """A figure in digits: marks between groups of three are no decimals, but "2.5" is."""
    bare = regex.sub(r"[\s\u00a0\u202f'٬]", "", digits)
    parts = regex.split(r"[.,٫]", bare)
    if len(parts) == 2 and len(parts[1]) != 3:
        return float(f"{parts[0]}.{parts[1]}")
    return float("".join(parts))


def _continues(last: float, following: float) -> bool:
    """Whether two numerals side by side are one: "three hundred", "hundred twelve", not "three four"."""
    return following >= 100 or (last >= 20 and following < last and last % 10 == 0)


def _worth(run: Sequence[float], doubtful: bool) -> Iterator[float]:
    """The value of numerals in a row: units and tens add up, hundreds and thousands multiply what is before them."""
    if not run or doubtful:
        return
    total = current = 0.0
    for worth in run:
        if worth >= 1000:
            total += (current or 1) * worth
            current = 0.0
        elif worth == 100:
            current = (current or 1) * 100
        else:
            current += worth
    yield total + current
