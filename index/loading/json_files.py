"""JSON: one object, a list of objects, or one object a line (BEIR's corpus.jsonl)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from index.errors import LoadError
from index.loading.encoding import decode
from index.loading.fields import to_report
from index.loading.raw import BadRow, RawReport


def load_json(path: Path) -> Iterator[RawReport | BadRow]:
    """Read a file that holds one report or a list of them.

    Args:
        path: A .json file.

    Yields:
        The reports; ``row`` is the place in the list, from 1, and None for a single object.

    Raises:
        LoadError: The file is not JSON, or neither an object nor a list.
    """
    decoded = decode(path.read_bytes())
    try:
        content = json.loads(decoded.text)
    except json.JSONDecodeError as error:
        raise LoadError(f"not valid JSON (line {error.lineno}, column {error.colno}: {error.msg})") from error
    if isinstance(content, dict):
        yield replace(to_report(content, None), notes=decoded.notes)
        return
    if not isinstance(content, list):
        raise LoadError('neither a JSON object nor a list of objects; write a report as {"text": …}')
    for row, record in enumerate(content, start=1):
        yield _to_row(record, row, decoded.notes)


def load_json_lines(path: Path) -> Iterator[RawReport | BadRow]:
    """Read one report a line, without holding the file in memory.

    Args:
        path: A .jsonl or .ndjson file.

    Yields:
        The reports, ``row`` being their line, or why there is none.

    Raises:
        LoadError: The file is UTF-16 or no text.
    """
    with path.open("rb") as lines:
        for row, line in enumerate(lines, start=1):
            if row == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise LoadError("JSON Lines in UTF-16; save the file as UTF-8")
            if not line.strip(b"\xef\xbb\xbf \t\r\n"):
                continue
            try:
                decoded = decode(line)
                record = json.loads(decoded.text)
            except json.JSONDecodeError as error:
                yield BadRow(row, f"not valid JSON (column {error.colno}: {error.msg})")
                continue
            except LoadError as error:
                yield BadRow(row, str(error))
                continue
            yield _to_row(record, row, decoded.notes)


def _to_row(record: object, row: int, notes: tuple[str, ...]) -> RawReport | BadRow:
    """The report of one record, or why there is none."""
    if not isinstance(record, dict):
        return BadRow(row, 'not a JSON object; write a report as {"text": …}')
    try:
        return replace(to_report(record, row), notes=notes)
    except LoadError as error:
        return BadRow(row, str(error))
