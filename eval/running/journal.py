"""Rows on disk as they come, so that an interrupted evaluation goes on where it stopped."""

import functools
import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.results import Value
from eval.running.rows import Row

_ROW = TypeAdapter(Row)
_FORMAT = 1
_SOURCES = {".py", ".toml", ".json"}


class Journal:
    """A file of rows: a line that says what they belong to, then a row a line.

    Rows of another dataset, index, plan or version of the code than the one at hand are thrown away; a line that was
    cut short, too.

    Args:
        path: The file; None keeps nothing.
        belongs_to: What the rows depend on, by name.
    """

    def __init__(self, path: Path | None, belongs_to: Mapping[str, Value]) -> None:
        self._path = path
        content = {"format": _FORMAT, "code": _code(), **belongs_to}
        self._key = hashlib.sha256(json.dumps(content, sort_keys=True).encode("utf-8")).hexdigest()

    def rows(self) -> dict[str, tuple[Row, float]]:
        """The rows kept, each with the seconds it took, by query id."""
        if self._path is None or not self._path.exists():
            return {}
        first, *lines = self._path.read_bytes().split(b"\n")
        if first != self._header():
            return {}
        kept: dict[str, tuple[Row, float]] = {}
        for line in lines:
            seconds, _, content = line.partition(b" ")
            try:
                row = _ROW.validate_json(content)
                kept[row.query_id] = row, float(seconds)
            except (ValidationError, ValueError):
                continue  # cut short when the process was ended: that question is asked again
        return kept

    def start(self, kept: Mapping[str, tuple[Row, float]]) -> None:
        """Begin the file with the rows that are kept."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lines = [self._header(), *(_line(row, seconds) for row, seconds in kept.values())]
        unfinished = self._path.with_name(f"{self._path.name}.tmp")
        unfinished.write_bytes(b"\n".join(lines) + b"\n")
        unfinished.replace(self._path)

    def append(self, row: Row, seconds: float) -> None:
        """Write a row down."""
        if self._path is not None:
            with self._path.open("ab") as file:
                file.write(_line(row, seconds) + b"\n")

    def _header(self) -> bytes:
        return self._key.encode("ascii")


@functools.cache
def _code() -> str:
    """SHA-256 (hex) of the sources that rows come from: rows of other code are not mixed with its own."""
    digest = hashlib.sha256()
    for package in ("index", "rag", "eval.datasets", "eval.running"):
        for path in sorted(path for path in Path(str(files(package))).rglob("*") if path.suffix in _SOURCES):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _line(row: Row, seconds: float) -> bytes:
    return f"{seconds:.6f} ".encode("ascii") + _ROW.dump_json(row)
