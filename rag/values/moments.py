"""Days in answers, as far as they are told: "17 November", "تشرين الثاني 2022", "on Thursday"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import regex

from index.loading.dates import find_dates, parse_date
from index.loading.months import MONTH_PATTERN, fold, month_number
from rag.values.comparing import Relation
from rag.values.words import fold as fold_word
from rag.values.words import language, table

_LONGEST_DATE = 40  # characters that dateparser is asked to read
_NO_DAY = date(2000, 1, 1)
_DAY_MONTH = regex.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:er|º|st|nd|rd|th|\.)?\s*(?:de\s+|of\s+)?(?P<month>{MONTH_PATTERN})(?!\w)"
)
_MONTH_DAY = regex.compile(rf"(?<!\w)(?P<month>{MONTH_PATTERN})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)")
_MONTH_YEAR = regex.compile(rf"(?<!\w)(?P<month>{MONTH_PATTERN})\.?,?\s+(?:de\s+|of\s+)?(?P<year>(?:19|20)\d\d)(?!\d)")
_MONTH = regex.compile(rf"(?<!\w)(?P<month>{MONTH_PATTERN})(?!\w)")
_YEAR = regex.compile(r"(?<![\d.,])(?P<year>(?:19|20)\d\d)(?![\d.,]\d|\d)")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
# The first day of several: "3 to 5 May" is no one day.
_RANGE = regex.compile(r"\d{1,2}\s*(?:-|–|—|to|and|bis|und|et|y|al?|au|ve|и|по|الي|و|تا)\s*$")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, as far as it is told.

    Attributes:
        year: Or None.
        month: 1 to 12, or None.
        day: 1 to 31, or None.
    """

    year: int | None
    month: int | None
    day: int | None

    def __str__(self) -> str:
        """ISO 8601, with ``--`` for a year that is not told."""
        year = f"{self.year:04}" if self.year else "-"
        return year + "".join(f"-{part:02}" for part in (self.month, self.day) if part)

    @property
    def parts(self) -> tuple[int | None, int | None, int | None]:
        """Year, month and day."""
        return self.year, self.month, self.day


def moment(text: str, lang: str, published: date | None) -> Moment | None:
    """The one day, month or year that a text tells.

    A day of the week, "yesterday" and the like are told from the day of publication, a day of the week as the last one
    up to it.

    Args:
        text: An answer, short or a sentence.
        lang: ISO 639-1 code.
        published: When the report was published, or None.

    Returns:
        None where it tells none, or several.

    Examples:
        >>> str(moment("17 نوفمبر 2022", "ar", None)), str(moment("on November 17", "en", None))
        ('2022-11-17', '--11-17')
        >>> str(moment("Thursday night", "en", date(2024, 3, 16)))
        '2024-03-14'
    """
    told = {each for each, _, _ in _told(text)}
    told = told or set(_from_publication(text, language(lang), published))
    if not told and len(text) <= _LONGEST_DATE and regex.search(r"\d", text):
        day = parse_date(text, published or _NO_DAY)  # forms that only dateparser knows
        told = {Moment(day.year, day.month, day.day)} if day else set()
    return told.pop() if len(told) == 1 else None


def without_moments(text: str) -> str:
    """A text with spaces in place of its dates, so that their numbers are no figures.

    Examples:
        >>> without_moments("12 people on 3 May 2021").split()
        ['12', 'people', 'on']
    """
    characters = list(text)
    for _, start, end in _told(text):
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def compare_moments(one: Moment, other: Moment) -> Relation:
    """How two days stand: "November" is within "17 November", and says nothing against "2022".

    Examples:
        >>> compare_moments(Moment(None, 11, None), Moment(2022, 11, 17)).value
        'within'
        >>> compare_moments(Moment(None, 11, 17), Moment(2022, 11, 18)).value
        'different'
    """
    pairs = list(zip(one.parts, other.parts, strict=True))
    if any(mine and theirs and mine != theirs for mine, theirs in pairs):
        return Relation.DIFFERENT
    if one == other:
        return Relation.SAME
    less = all(theirs or not mine for mine, theirs in pairs)
    more = all(mine or not theirs for mine, theirs in pairs)
    return Relation.WITHIN if less or more else Relation.OPEN


def _told(text: str) -> list[tuple[Moment, int, int]]:
    """What a text tells by date, with its place; a stretch counts once, for the fullest date that is in it."""
    found: list[tuple[Moment, int, int]] = []
    for each, start, end in _candidates(text):
        if all(end <= first or last <= start for _, first, last in found):
            found.append((each, start, end))
    return found


def _candidates(text: str) -> Iterator[tuple[Moment, int, int]]:
    for whole in find_dates(text, _NO_DAY):
        yield Moment(whole.day.year, whole.day.month, whole.day.day), whole.start, whole.end
    folded = fold(text)
    for form in (_DAY_MONTH, _MONTH_DAY):
        for match in form.finditer(folded):
            if 1 <= int(match["day"]) <= 31 and not _RANGE.search(folded[: match.start()]):
                yield Moment(None, month_number(match["month"]), int(match["day"])), match.start(), match.end()
    for match in _MONTH_YEAR.finditer(folded):
        yield Moment(int(match["year"]), month_number(match["month"]), None), match.start(), match.end()
    for match in _YEAR.finditer(folded):
        yield Moment(int(match["year"]), None, None), match.start(), match.end()


@cache
def _days(lang: str) -> dict[str, tuple[int, bool]]:
    """Folded word to days before publication (True) or day of the week, Monday 0 (False)."""
    rows = table("rag.values", "days").get(lang, {})
    week = {fold_word(word): (number, False) for number, words in enumerate(rows.get("days", [])) for word in words}
    return week | {fold_word(word): (ago, True) for word, ago in rows.get("ago", {}).items()}


def _from_publication(text: str, lang: str, published: date | None) -> Iterator[Moment]:
    words = _WORD.findall(fold_word(text))
    known = _days(lang)
    for word in words if published else ():
        if word in known and published:
            number, ago = known[word]
            day = published - timedelta(days=number if ago else (published.weekday() - number) % 7)
            yield Moment(day.year, day.month, day.day)
    if not words or (published and any(word in known for word in words)):
        return
    for match in _MONTH.finditer(fold(text)) if len(words) <= 2 else ():
        yield Moment(None, month_number(match["month"]), None)
