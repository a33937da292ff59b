"""Dates as fields and file names give them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from index.loading.months import MONTH_PATTERN, fold, month_number

_YEARS = range(1900, 2101)
_MONTH = rf"(?P<month>{MONTH_PATTERN})\.?(?:\s*[/(]\s*(?:{MONTH_PATTERN})\)?)?"
_YEAR = r"(?P<year>\d{4}|['’]?\d{2})(?!\d)"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:er|º|st|nd|rd|th|\.)?\s*(?:de\s+|of\s+|/|-)?\s*{_MONTH}"
        rf"[\s,،/-]+(?:de[l]?\s+)?{_YEAR}",
        rf"(?<!\w){_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*[,،]\s*|\s+){_YEAR}",
        r"(?<!\d)(?P<day>\d{1,2})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日",
    )
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=$|[T\s])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_IN_FILE_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date written out in a text.

    Attributes:
        day: The date.
        start: Its first character.
        end: One past its last character.
    """

    day: date
    start: int
    end: int


def find_dates(text: str, today: date) -> Iterator[FoundDate]:
    """Find the dates that are written out with day, month and year; numbers are read day first.

    Args:
        text: A stretch of text.
        today: Where the century of a two-digit year turns: 90 is 1990, 24 is 2024.

    Yields:
        The dates of each form in turn, in no particular order.

    >>> [found.day.isoformat() for found in find_dates("دمشق، ١٤ آذار/مارس ٢٠٢٤", date(2026, 1, 1))]
    ['2024-03-14']
    """
    folded = fold(text)
    for form in _FORMS:
        for match in form.finditer(folded):
            day = _to_date(match["year"], match["month"], match["day"], today)
            if day is not None:
                yield FoundDate(day, match.start(), match.end())


def parse_date(value: str, today: date | None = None) -> date | None:
    """Read a date field.

    Args:
        value: ISO 8601, RFC 2822, seconds since 1970, or a date in words of any language dateparser knows. Numbers
            are read day first where they can be.
        today: The day of reading; None is the computer's.

    Returns:
        The day as written, whatever its time zone, or None where day, month or year is missing or the calendar is
        not the Gregorian one.

    >>> parse_date("2024-03-14T22:05:00Z"), parse_date("14/03/2024") == parse_date("14 mars 2024")
    (datetime.date(2024, 3, 14), True)
    >>> parse_date("1402-12-24") is None
    True
    """
    today = today or date.today()
    value = value.strip()
    iso = _ISO.match(value) or _COMPACT.match(value)
    if iso:
        return _to_date(iso[1], iso[2], iso[3], today)
    if _EPOCH.fullmatch(value):
        seconds = float(value) / (1000 if len(value) >= 12 and "." not in value else 1)
        return datetime.fromtimestamp(seconds, UTC).date()
    mail = _parse_mail_date(value)
    if mail is not None:
        return mail
    for found in find_dates(value, today):
        return found.day
    return _parse_freely(value)


def date_of_file_name(name: str, today: date | None = None) -> date | None:
    """Read the date that a file's name begins with.

    Args:
        name: The name without its folders.
        today: The day of reading; None is the computer's.

    Returns:
        The date, or None where the name begins with none or it lies in the future.

    >>> date_of_file_name("2024-03-14 apopa.txt")
    datetime.date(2024, 3, 14)
    """
    today = today or date.today()
    match = _IN_FILE_NAME.match(name)
    day = parse_date(match[1], today) if match else None
    return day if day is not None and day <= today else None


def _to_date(year: str, month: str, day: str, today: date) -> date | None:
    """A date from its parts, None where they make none."""
    digits = year.strip("'’")
    full_year = int(digits)
    if len(digits) == 2:
        full_year += 2000 if full_year <= today.year % 100 else 1900
    month_of_year = int(month) if month.isdigit() else month_number(month)
    day_of_month = int(day)
    if month_of_year > 12 >= day_of_month:
        day_of_month, month_of_year = month_of_year, day_of_month
    if full_year not in _YEARS:
        return None
    try:
        return date(full_year, month_of_year, day_of_month)
    except ValueError:
        return None


def _parse_mail_date(value: str) -> date | None:
    """RFC 2822, as mail and RSS write dates."""
    if not re.match(r"([A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{4} \d", value):
        return None
    try:
        return parsedate_to_datetime(value).date()
    except ValueError:
        return None


def _parse_freely(value: str) -> date | None:
    """Whatever else dateparser reads as a whole date; never relative to today."""
    # Years of the Hijri and the Solar Hijri calendar would be taken for the Middle Ages or for other numbers.
    if not value or len(value) > 80 or re.search(r"(?<!\d)1[345]\d\d(?!\d)", fold(value)):
        return None
    import dateparser

    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
    }
    moment = dateparser.parse(value, settings=settings)
    return moment.date() if moment is not None and moment.year in _YEARS else None
