"""Reports over time: counted by day, week, month or year, and by source or language."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.store.overview import PublishedCount

_MOST_PERIODS = 36
_MOST_SERIES = 6

OTHERS = None
"""The key of the series that holds all the smaller ones."""


@dataclass(frozen=True, slots=True)
class Series:
    """One source or language over time.

    Attributes:
        key: The source or the language's code; None for all the smaller ones together.
        counts: Reports in each period.
    """

    key: str | None
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OverTime:
    """Reports over time.

    Attributes:
        periods: What each period is called: a day, the Monday of a week, a month, a year, or the first year of several.
        unit: "day", "week", "month", "year" or "years".
        series: The largest first, those that are left together last.
        undated: Reports of unknown date, which are in no period.
    """

    periods: tuple[str, ...]
    unit: str
    series: tuple[Series, ...]
    undated: int

    @property
    def totals(self) -> tuple[int, ...]:
        """Reports in each period."""
        return tuple(sum(column) for column in zip(*(series.counts for series in self.series), strict=True))


def over_time(counts: Sequence[PublishedCount], key: Callable[[PublishedCount], str]) -> OverTime:
    """Count reports over time. The period is the shortest that gives 36 bars or fewer.

    Args:
        counts: What the collection holds.
        key: What a series is made of: the source, or the language.

    >>> counts = [PublishedCount(date(2024, 3, day), "Daily", "en", 2) for day in (14, 16)]
    >>> made = over_time(counts, lambda count: count.lang)
    >>> made.unit, made.periods, made.totals
    ('day', ('2024-03-14', '2024-03-15', '2024-03-16'), (2, 0, 2))
    """
    undated = sum(count.documents for count in counts if count.published is None)
    dated = [(count.published, key(count), count.documents) for count in counts if count.published]
    if not dated:
        return OverTime((), "day", (), undated)
    unit, periods, place = _periods(min(day for day, _, _ in dated), max(day for day, _, _ in dated))
    sizes: Counter[str] = Counter()
    for _, name, documents in dated:
        sizes[name] += documents
    ranked = sorted(sizes, key=lambda name: (-sizes[name], name))
    shown = ranked if len(ranked) <= _MOST_SERIES + 1 else ranked[:_MOST_SERIES]
    table: dict[str | None, list[int]] = {name: [0] * len(periods) for name in shown}
    if len(shown) < len(ranked):
        table[OTHERS] = [0] * len(periods)
    for day, name, documents in dated:
        table[name if name in table else OTHERS][place(day)] += documents
    series = tuple(Series(name, tuple(numbers)) for name, numbers in table.items())
    return OverTime(periods, unit, series, undated)


def _periods(first: date, last: date) -> tuple[str, tuple[str, ...], Callable[[date], int]]:
    """Unit, names of the periods and the place of a day among them."""
    days = (last - first).days + 1
    if days <= _MOST_PERIODS:
        return "day", tuple(_iso(first, step) for step in range(days)), lambda day: (day - first).days
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    if weeks <= _MOST_PERIODS:
        return "week", tuple(_iso(monday, 7 * step) for step in range(weeks)), lambda day: (day - monday).days // 7
    start, end = _month(first), _month(last)
    if end - start < _MOST_PERIODS:
        months = range(start, end + 1)
        return "month", tuple(f"{m // 12:04}-{m % 12 + 1:02}" for m in months), lambda day: _month(day) - start
    span = (last.year - first.year) // _MOST_PERIODS + 1
    years = range(first.year, last.year + 1, span)
    return (
        ("year" if span == 1 else "years"),
        tuple(f"{y:04}" for y in years),
        lambda day: (day.year - years[0]) // span,
    )


def _iso(first: date, days: int) -> str:
    return (first + timedelta(days=days)).isoformat()


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
