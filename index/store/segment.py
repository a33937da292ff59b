"""A segment: documents, passages, vectors and terms that were added together and never change."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from index.bridges import SkeletonIndex
from index.copies import CopyTable
from index.dense import DenseIndex
from index.late import TokenCoder, TokenCodes
from index.late.coder import MEAN
from index.late.token_codes import CODES, LENGTHS
from index.lexical import Postings
from index.lexical.array_file import open_array
from index.store import layout as names
from index.types import Document, Passage

_DOCUMENT_COLUMNS = "doc_id, text, title, source, published, url, lang"


def document_of(row: Sequence[str | None]) -> Document:
    """A document from the columns doc_id, text, title, source, published, url, lang."""
    doc_id, text, title, source, published, url, lang = row
    day = date.fromisoformat(published) if published else None
    return Document(doc_id or "", text or "", title or "", source or "", day, url, lang or "und")


class Segment:
    """A finished segment, open for reading. Safe to use from several threads.

    Args:
        folder: Its folder.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / names.PASSAGES
        if not path.is_file():
            raise FileNotFoundError(path)
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self.folder = folder
        self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._database.execute("SELECT 1 FROM documents LIMIT 1")  # opens the file now: it may be unlinked later
        self.passage_documents = _numbers(folder / names.PASSAGE_DOCUMENTS)
        self.passage_languages = _numbers(folder / names.PASSAGE_LANGUAGES)
        self.dense = DenseIndex.load(folder, self.passage_languages)
        self.document_languages = _numbers(folder / names.DOCUMENT_LANGUAGES)
        self.document_sources = _numbers(folder / names.DOCUMENT_SOURCES)
        self.document_days = _numbers(folder / names.DOCUMENT_DAYS)
        """The day of publication of every document, as ``date.toordinal`` counts, 0 where unknown."""
        self.languages: tuple[str, ...] = tuple(json.loads((folder / names.LANGUAGES).read_text(encoding="utf-8")))
        self.sources: tuple[str, ...] = tuple(json.loads((folder / names.SOURCES).read_text(encoding="utf-8")))
        self.language_sums: NDArray[np.float64] = np.load(folder / names.LANGUAGE_SUMS)
        self.postings = Postings.load(folder)
        self.copies = CopyTable.load(folder)
        self.skeletons = SkeletonIndex.load(folder)
        # Any of the three files without the others is damage, which loading them tells.
        kept = any((folder / name).is_file() for name in (MEAN, CODES, LENGTHS))
        self.coder = TokenCoder.load(folder) if kept else None
        self.token_codes = TokenCodes.load(folder, self.coder.width) if self.coder else None

    def __len__(self) -> int:
        return len(self.passage_documents)

    def close(self) -> None:
        """Close the database; the arrays go with the object."""
        self._database.close()

    def find(self, doc_id: str) -> tuple[int, str] | None:
        """Number and content hash of a document, or None."""
        row = self._database.execute("SELECT number, content_hash FROM documents WHERE doc_id = ?", (doc_id,))
        found: tuple[int, str] | None = row.fetchone()
        return found

    @property
    def document_count(self) -> int:
        """How many documents it has, deleted ones included."""
        return len(self.document_days)

    def numbers(self, doc_ids: Sequence[str]) -> list[int]:
        """Numbers of those documents that it has."""
        # One value however many there are: SQLite limits the number of "?".
        query = "SELECT number FROM documents WHERE doc_id IN (SELECT value FROM json_each(?))"
        return [number for (number,) in self._database.execute(query, (json.dumps(list(doc_ids)),))]

    def document(self, number: int) -> Document:
        """The document with a number."""
        query = f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE number = ?"  # noqa: S608 - constant columns
        return document_of(self._database.execute(query, (number,)).fetchone())

    def text(self, number: int) -> str:
        """The text of the document with a number."""
        return text_of(self._database, number)

    def identities(self, numbers: Sequence[int]) -> list[tuple[int, str, str | None]]:
        """Number, doc_id and day of publication of documents, in order of their numbers."""
        query = "SELECT number, doc_id, published FROM documents WHERE number IN (SELECT value FROM json_each(?))"
        return self._database.execute(f"{query} ORDER BY number", (json.dumps(list(numbers)),)).fetchall()

    def passage(self, number: int, document: Document) -> Passage:
        """The passage with a number, which is of the given document."""
        query = 'SELECT passage_id, start, "end" FROM passages WHERE number = ?'
        passage_id, start, end = self._database.execute(query, (number,)).fetchone()
        return Passage(passage_id, document.doc_id, start, end, document.text[start:end])

    def documents_with_passages(self) -> Iterator[tuple[Document, Passage]]:
        """Every passage with its document, in order of the passages' numbers."""
        yield from documents_with_passages_of(self._database)

    def documents(self) -> Iterator[tuple[int, Document]]:
        """Every document with its number."""
        query = f"SELECT number, {_DOCUMENT_COLUMNS} FROM documents ORDER BY number"  # noqa: S608 - constant columns
        for number, *row in self._database.execute(query):
            yield number, document_of(row)

    def content_hashes(self) -> list[tuple[int, str, str]]:
        """Number, doc_id and content hash of every document."""
        return self._database.execute("SELECT number, doc_id, content_hash FROM documents").fetchall()

    def headings(self) -> Iterator[tuple[int, str, str, str, str | None, str]]:
        """Number, doc_id, title, source, day and language of every document; no text is read."""
        yield from self._database.execute("SELECT number, doc_id, title, source, published, lang FROM documents")

    def rows(self, table: Literal["documents", "passages"]) -> Iterator[tuple[Any, ...]]:
        """All rows of a table as they are stored, in order of their numbers, which come first."""
        yield from self._database.execute(f"SELECT * FROM {table} ORDER BY number")  # noqa: S608 - one of two names

    def damage(self) -> list[str]:
        """What SQLite finds wrong with its file; empty where nothing is."""
        rows = [row for (row,) in self._database.execute("PRAGMA integrity_check")]
        return [] if rows == ["ok"] else rows


def _numbers(path: Path) -> NDArray[np.int32]:
    numbers = open_array(path)
    if numbers.dtype != np.int32 or numbers.ndim != 1:
        raise ValueError(f"{path} holds no list of numbers")
    return numbers


def text_of(database: sqlite3.Connection, number: int) -> str:
    """The text of a document by its number."""
    (text,) = database.execute("SELECT text FROM documents WHERE number = ?", (number,)).fetchone()
    return str(text)


def documents_with_passages_of(database: sqlite3.Connection) -> Iterator[tuple[Document, Passage]]:
    """The passages in the order of their numbers, each with its document; a document's text is read once."""
    document: tuple[int, Document] | None = None
    query = f'SELECT document, passage_id, start, "end", {_DOCUMENT_COLUMNS.replace("text", "NULL")} FROM passages'  # noqa: S608 - constant columns
    query += " JOIN documents ON documents.number = passages.document ORDER BY passages.number"
    for number, passage_id, start, end, *row in database.execute(query):
        if document is None or document[0] != number:
            (row[1],) = database.execute("SELECT text FROM documents WHERE number = ?", (number,)).fetchone()
            document = number, document_of(row)
        text = document[1].text
        yield document[1], Passage(passage_id, document[1].doc_id, start, end, text[start:end])
