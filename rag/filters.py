"""Filters as a caller gives them: days as text or dates, plain sequences."""

from collections.abc import Sequence
from datetime import date, datetime

from index.types import Filters

Day = date | str | None


def make_filters(
    since: Day,
    until: Day,
    source: Sequence[str],
    lang: Sequence[str],
    doc: Sequence[str],
    without: Sequence[str] = (),
) -> Filters:
    """Filters from what a caller gives.

    Raises:
        ValueError: A day is not an ISO date, or a sequence is a bare string.
    """
    for name, values in (("source", source), ("lang", lang), ("doc", doc), ("without", without)):
        if isinstance(values, str):
            raise ValueError(f"{name} is a string; give a list of strings, such as [{values!r}]")
    return Filters(_day("since", since), _day("until", until), tuple(source), tuple(lang), tuple(doc), tuple(without))


def _day(name: str, value: Day) -> date | None:
    if isinstance(value, datetime):  # a date too, but its ISO form holds the time of day
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"{name} is {value!r}; give a date such as 2022-04-16") from error
