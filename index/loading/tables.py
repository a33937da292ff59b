"""Tables: one report a row, under a header that names the columns."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from index.errors import LoadError
from index.loading.encoding import decode
from index.loading.fields import count_known, names_text, to_report
from index.loading.raw import BadRow, RawReport

_DELIMITERS = ",;\t|"
_LARGEST_FIELD = 2**31 - 1


def load_csv(path: Path) -> Iterator[RawReport | BadRow]:
    """Read a table whose delimiter is the one that makes most of the header.

    Args:
        path: A .csv file.

    Yields:
        A report for each row, ``row`` being the line it begins on, or why there is none.

    Raises:
        LoadError: The file is no text, or no column holds the text.
    """
    return _load(path, _DELIMITERS)


def load_tsv(path: Path) -> Iterator[RawReport | BadRow]:
    """Read a table delimited by tabs; otherwise as :func:`load_csv`."""
    return _load(path, "\t")


def _load(path: Path, delimiters: str) -> Iterator[RawReport | BadRow]:
    decoded = decode(path.read_bytes())
    # The csv module's limit of 128 KiB a field is one setting for the whole process; long reports pass it.
    csv.field_size_limit(_LARGEST_FIELD)
    header, delimiter = _header(decoded.text, delimiters)
    if not names_text(header):
        raise LoadError(f"no text column (found: {', '.join(header)}); name one of them text, body, content or article")
    reader = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=True)
    next(reader)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(line, f"the row cannot be read ({error}); check its quotation marks")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            yield BadRow(
                line,
                f"the row has {len(cells)} cells, the header {len(header)}; quote cells that hold the delimiter",
            )
            continue
        report = to_report(dict(zip_longest(header, cells, fillvalue="")), line)
        yield replace(report, notes=decoded.notes)


def _header(text: str, delimiters: str) -> tuple[list[str], str]:
    """The header's cells under the delimiter that gives most known columns, then most columns."""
    readings = []
    for delimiter in delimiters:
        try:
            cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        readings.append(([cell.strip() for cell in cells], delimiter))
    if not readings:
        raise LoadError("the header cannot be read; check its quotation marks")
    return max(readings, key=lambda reading: (count_known(reading[0]), len(reading[0])))
