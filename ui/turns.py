"""What a conversation on the page is made of: plain frozen values, kept for each browser tab by itself."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from index.types import Document
from rag.types import Answer
from ui.strings import ENGLISH, Strings


class Phase(Enum):
    """How far a turn has come."""

    SEARCHING = "searching"
    READING = "reading"
    WRITING = "writing"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters as chosen on the page.

    Attributes:
        since: First day of publication, or "".
        until: Last day, or "".
        sources: Sources chosen; empty allows all.
        langs: Languages chosen (ISO 639-1); empty allows all.
        docs: Ids of the reports chosen; empty allows all.
    """

    since: str = ""
    until: str = ""
    sources: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    docs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it.

    Attributes:
        question: As asked.
        narrowing: The filters it was asked with.
        collection: Name of the collection that was asked.
        phase: How far it has come.
        found: The passages found, in the form of an abstention; None before they are.
        answer: The answer, or None while it is sought and where there is none.
        written: What a language model has written so far, unchecked.
        problem: Why there is no answer, in words, or None.
        unread: Reports that are cited without having been read, being copies of one that was.
    """

    question: str
    narrowing: Narrowing = field(default_factory=Narrowing)
    collection: str = ""
    phase: Phase = Phase.SEARCHING
    found: Answer | None = None
    answer: Answer | None = None
    written: str = ""
    problem: str | None = None
    unread: tuple[Document, ...] = ()

    @property
    def shown(self) -> Answer | None:
        """What its evidence is taken from."""
        return self.answer or self.found

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.phase in (Phase.DONE, Phase.STOPPED)


def read_days(since: str, until: str, strings: Strings = ENGLISH) -> tuple[date | None, date | None]:
    """Both ends of the period as typed, in any digits.

    >>> read_days("2022-04-16", " ")
    (datetime.date(2022, 4, 16), None)

    Raises:
        ValueError: One is not a day, or the first is later than the last.
    """
    first, last = _read_day(since, strings.since, strings), _read_day(until, strings.until, strings)
    if first and last and first > last:
        raise ValueError(strings.days_reversed.format(since=first, until=last))
    return first, last


def _read_day(text: str, label: str, strings: Strings) -> date | None:
    # Days are also typed in Arabic, Persian and other digits.
    day = "".join(str(unicodedata.decimal(character, character)) for character in text.strip())
    if not day:
        return None
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise ValueError(strings.bad_day.format(label=label, day=text.strip())) from error
