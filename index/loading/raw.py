"""What a format's loader hands on, before dates, languages and characters are settled."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to load.

    Attributes:
        path: Where it lies, as given or as found below a given folder.
        relative: Posix path relative to the folder given, or the file's name where the file itself was given.
    """

    path: Path
    relative: str


@dataclass(frozen=True, slots=True)
class RawReport:
    """One report as its format tells it; "" means that the format says nothing.

    Attributes:
        text: The text, not yet cleaned.
        title: The headline.
        source: The publisher as named by the file.
        published: The date of publication as written.
        created: The date the file itself was made: weaker than a dateline.
        author: Who wrote the file: named as the source only where nothing better is known.
        url: The address of publication.
        lang: The language as declared, in any spelling.
        doc_id: The report's own id.
        row: Line (tables, JSON Lines) or place (JSON lists) in the file, from 1; None where the file is one report.
        notes: What the format's loader had to assume, one line each.
    """

    text: str
    title: str = ""
    source: str = ""
    published: str = ""
    created: str = ""
    author: str = ""
    url: str = ""
    lang: str = ""
    doc_id: str = ""
    row: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that holds no report; the rows after it are still read.

    Attributes:
        row: As in :class:`RawReport`.
        reason: One clear line.
    """

    row: int
    reason: str


Loader = Callable[[Path], Iterator[RawReport | BadRow]]
"""Reads one file. Raises LoadError where the whole file is unreadable."""
