"""The dateline of a report: ``BEIRUT, March 14, 2024 (Agency) -``, its date and its agency."""

import re
from dataclasses import dataclass
from datetime import date

from index.loading.dates import find_dates
from index.loading.months import fold

_REACH = 400
_LONGEST_PREFIX = 80
_LABEL = re.compile(
    r"^\s*(?:published|posted|updated|date|issued|publié|publie|publicado|fecha|veröffentlicht|datum|stand|дата|"
    r"опубликовано|yayın tarihi|yayin tarihi|tarih|نشر|نشرت|تاريخ النشر|تاريخ|التاريخ|بتاريخ|تاریخ)"
    r"\b(?:\s+(?:on|at|in|le|el|am|في|بتاريخ))?\s*:?\s*"
)
# A Hijri date that comes before the Gregorian one: "4 رمضان 1445 هـ الموافق 14 مارس 2024".
_HIJRI = re.compile(r"\d{1,2}\s+[^\W\d]+(?:\s+[^\W\d]+)?\s+1[345]\d\d\s*(?:هـ|ه)?[\s،,/-]*(?:الموافق|ل)?\s*$")
_SEPARATORS = re.compile(r"[\s,،/()\[\]|*–—:-]+")
_WEEKDAYS = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo"
    " понедельник вторник среда четверг пятница суббота воскресенье segunda terça quarta quinta sexta".split()
)
_JOINING = frozenset("de del la las los le les al el of and y et di da do dos den der und am im ad as st".split())
# Words that begin a sentence about a day rather than name a place.
_NO_PLACE = frozenset(
    fold(
        "on in by since from the at until after before as of during for le am im seit nach vom bis en depuis au desde"
        " tras hasta после до с в к"
        " في منذ قبل بعد حتى يوم خلال وفي ومنذ قال وقال قالت وقالت أعلن أعلنت إن أن عام شهر من إلى در از تا روز"
    ).split()
)
_AFTER = re.compile(
    r"\s*(?:г\.|года\.?|г(?=\W)|م(?=\W|$)|yılında)?"  # the word "year", where a language puts it
    r"(?:[\s,،|/–—-]*(?:at\s+|à\s+|um\s+|الساعة\s+)?\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:am|pm|uhr|gmt|utc|[صم](?=\W|$))?)?"
    r"\s*(?P<agency>[(\[](?:[^()\[\]\n]|\[[^\]\n]*\]){2,60}[)\]]|/[^/\n]{2,60}/(?=\.))?"
    r"\s*(?:\.?\s*(?P<end>[-–—:]+|$)|(?<=/)\.)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline tells.

    Attributes:
        published: Its date.
        agency: The name in parentheses beside it, or "".
        end: Where it ends in the text, the dash after it included.
    """

    published: date
    agency: str
    end: int


def find_dateline(text: str, today: date | None = None) -> Dateline | None:
    """Read the dateline near the start of a report.

    A date counts where it follows a place, or nothing, at the start of a line, and a dash, a colon, a parenthesis or
    the end of the line comes after it; a date in running text never does.

    Args:
        text: The report; its first 400 characters are read.
        today: The day of reading; None is the computer's. Later dates are no datelines.

    Returns:
        The first dateline, or None.

    >>> find_dateline("SAN SALVADOR, 3 JAN 90 (EFE) -- [REPORT]")
    Dateline(published=datetime.date(1990, 1, 3), agency='EFE', end=31)
    >>> find_dateline("The truce of 14 March 2024 was broken.") is None
    True
    """
    today = today or date.today()
    start = text[:_REACH]
    found = sorted(find_dates(start, today), key=lambda one: (one.start, -one.end))
    for one in found:
        line_start = start.rfind("\n", 0, one.start) + 1
        prefix = start[line_start : one.start]
        # "Beirut (14 March 2024) -" is a dateline, "(14 March 1911 - 30 August 2006)" is a life.
        bracketed = prefix.count("(") > prefix.count(")")
        if bracketed and start[one.end : one.end + 1] != ")":
            continue
        after = _AFTER.match(fold(start), one.end + bracketed)
        if after is None or one.day > today or not _names_place(prefix):
            continue
        if after["end"] == "" and after.end() == len(start) < len(text):
            continue  # The line goes on beyond what is read.
        agency = _agency(prefix, start[after.start("agency") : after.end("agency")])
        return Dateline(one.day, agency, after.end())
    return None


def _names_place(prefix: str) -> bool:
    """True where what comes before the date is empty, a label, or reads as a place (and an agency, a weekday)."""
    prefix = _HIJRI.sub("", _LABEL.sub("", fold(prefix)) if _LABEL.match(fold(prefix)) else prefix)
    words = [word for word in _SEPARATORS.split(prefix) if word]
    if not words:
        return True
    if len(prefix) > _LONGEST_PREFIX or len(words) > 9 or re.search(r"[.!?؟;؛](?=\s\S*\w{3})|\d", prefix):
        return False
    if fold(words[0]) in _NO_PLACE:
        return False
    cased = [word for word in words if word != word.swapcase()]
    if not cased:  # No capitals to go by: only a short name, or one set off by punctuation.
        return len(words) <= 2 or (len(words) <= 5 and prefix.rstrip()[-1:] in ",،-–—)(/|")
    return all(not word[0].islower() or word in _JOINING or word in _WEEKDAYS for word in cased)


def _agency(prefix: str, after: str) -> str:
    """The name in parentheses after the date, else one between place and date: ``دمشق (سانا) - 14 آذار``."""
    before = re.search(r"\(([^()]{2,60})\)\s*[–—-]\s*$", prefix)
    name = after.strip("()[]/ ") or (before[1] if before else "")
    return name if sum(map(str.isalpha, name)) >= 2 and not any(map(str.isdigit, name)) else ""
