import random
from datetime import date, timedelta

import pytest

from index.store.overview import PublishedCount
from ui.collections.figures import OTHERS, over_time


def by_source(counts: list[PublishedCount]) -> list[tuple[str | None, tuple[int, ...]]]:
    return [(series.key, series.counts) for series in over_time(counts, lambda count: count.source).series]


def one(day: str | None, source: str = "A", documents: int = 1) -> PublishedCount:
    return PublishedCount(date.fromisoformat(day) if day else None, source, "en", documents)


@pytest.mark.parametrize(
    ("last", "unit", "periods", "name"),
    [
        ("2024-01-01", "day", 1, "2024-01-01"),
        ("2024-02-05", "day", 36, "2024-02-05"),
        ("2024-02-06", "week", 6, "2024-02-05"),
        ("2024-09-08", "week", 36, "2024-09-02"),
        ("2024-09-09", "month", 9, "2024-09"),
        ("2026-12-31", "month", 36, "2026-12"),
        ("2027-01-01", "year", 4, "2027"),
        ("2059-06-01", "year", 36, "2059"),
        ("2060-06-01", "years", 19, "2060"),
    ],
)
def test_the_period_grows_with_the_time(last: str, unit: str, periods: int, name: str) -> None:
    made = over_time([one("2024-01-01"), one(last)], lambda count: count.lang)
    assert (made.unit, len(made.periods), made.periods[-1]) == (unit, periods, name)
    assert made.totals[0] >= 1 and made.totals[-1] >= 1 and sum(made.totals) == 2


def test_small_series_are_put_together_and_the_undated_counted_apart() -> None:
    counts = [one("2024-01-01", name, 10 - place) for place, name in enumerate("ABCDEFGH")]
    found = by_source([*counts, one(None, "A", 3)])
    assert found[:2] == [("A", (10,)), ("B", (9,))] and found[-1] == (OTHERS, (4 + 3,)) and len(found) == 7
    assert over_time([one(None, "A", 3)], lambda count: count.source).undated == 3
    assert len(by_source(counts[:7])) == 7 and by_source(counts[:7])[-1][0] == "G"


def test_no_report_is_lost_or_counted_twice() -> None:
    rng = random.Random(7)  # noqa: S311
    for span in (5, 100, 900, 9000, 30000):
        counts = [
            PublishedCount(date(1950, 1, 1) + timedelta(days=rng.randrange(span)), rng.choice("ABCDEFGHIJ"), "en", 2)
            for _ in range(60)
        ]
        made = over_time(counts, lambda count: count.source)
        assert sum(made.totals) == 120 and len(made.periods) <= 37
        assert list(made.periods) == sorted(made.periods)
