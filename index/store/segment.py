"""A segment: documents, passages, vectors and terms that were added together and never change."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.copies import CopyTable, CopyTableWriter, outline
from index.dense import DenseIndex
from index.lexical import TermLists
from index.store import layout as names
from index.types import Document, Passage

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    doc_id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    source_folded TEXT NOT NULL,
    published TEXT,
    url TEXT,
    lang TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX documents_published ON documents (published);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (number),
    passage_id TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
CREATE INDEX passages_document ON passages (document);
"""
_DOCUMENT_COLUMNS = "doc_id, text, title, source, published, url, lang"


def document_of(row: Sequence[str | None]) -> Document:
    """A document from the columns doc_id, text, title, source, published, url, lang."""
    doc_id, text, title, source, published, url, lang = row
    day = date.fromisoformat(published) if published else None
    return Document(doc_id or "", text or "", title or "", source or "", day, url, lang or "und")


class SegmentWriter:
    """Writes a new segment into its own folder; it counts only once a manifest names it.

    Args:
        folder: The folder to make.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.documents = 0
        self.passages = 0
        self._database = sqlite3.connect(folder / names.PASSAGES, isolation_level=None)
        # The folder is thrown away when writing breaks off, and synced as a whole at the end.
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        self._vocabulary: dict[str, int] = {}
        self._terms = array("i")
        self._term_offsets = array("q", [0])
        self._passage_documents = array("i")
        self._languages: dict[str, int] = {}
        self._passage_languages = array("i")
        self.copies = CopyTableWriter()

    def add(
        self,
        document: Document,
        passages: Iterable[Passage],
        terms: Iterable[Sequence[str]],
        signed: tuple[CopyTable, int] | None = None,
    ) -> None:
        """Append a document, its passages and the terms of each.

        Args:
            document: The document.
            passages: Its passages, in order.
            terms: The terms of each.
            signed: The table that has its signature, and its number there; None to compute it.
        """
        published = document.published.isoformat() if document.published else None
        self._database.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self.documents, document.doc_id, document.title, document.source, document.source.casefold(), published,
             document.url, document.lang, document.content_hash, document.text),
        )  # fmt: skip
        for passage, passage_terms in zip(passages, terms, strict=True):
            self._database.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
                (self.passages, self.documents, passage.passage_id, passage.start, passage.end),
            )
            self._terms.extend(self._vocabulary.setdefault(term, len(self._vocabulary)) for term in passage_terms)
            self._term_offsets.append(len(self._terms))
            self._passage_documents.append(self.documents)
            self._passage_languages.append(self._languages.setdefault(document.lang, len(self._languages)))
            self.passages += 1
        if signed:
            self.copies.add_from(*signed)
        else:
            self.copies.add(outline(document.text))
        self.documents += 1

    def text(self, number: int) -> str:
        """The text of the document with a number."""
        return _text(self._database, number)

    def texts(self) -> Iterator[tuple[Document, Passage]]:
        """Everything added so far, in order of the passages' numbers."""
        yield from _documents_with_passages(self._database)

    def finish(self, vectors: NDArray[np.float32]) -> None:
        """Write the remaining files.

        Args:
            vectors: ``(n_passages, dim) float32``, row i for passage i.
        """
        if len(vectors) != self.passages:
            raise ValueError(f"{len(vectors)} vectors for {self.passages} passages")
        self._database.execute("COMMIT")
        self._database.close()
        DenseIndex.build(vectors).save(self.folder / names.VECTORS)
        np.save(self.folder / names.TERMS, np.asarray(self._terms, dtype=np.int32))
        np.save(self.folder / names.TERM_OFFSETS, np.asarray(self._term_offsets, dtype=np.int64))
        np.save(self.folder / names.PASSAGE_DOCUMENTS, np.asarray(self._passage_documents, dtype=np.int32))
        languages = np.asarray(self._passage_languages, dtype=np.int32)
        np.save(self.folder / names.PASSAGE_LANGUAGES, languages)
        np.save(self.folder / names.LANGUAGE_SUMS, sums_by_language(vectors, languages, len(self._languages)))
        self.copies.build().save(self.folder)
        for name, words in ((names.VOCABULARY, self._vocabulary), (names.LANGUAGES, self._languages)):
            (self.folder / name).write_text(json.dumps(list(words), ensure_ascii=False), encoding="utf-8")

    def abandon(self) -> None:
        """Let go of the database; the folder is left to be cleared away."""
        self._database.close()


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
        self.dense = DenseIndex.load(folder / names.VECTORS)
        self.passage_documents: NDArray[np.int32] = np.load(folder / names.PASSAGE_DOCUMENTS, mmap_mode="r")
        self.passage_languages: NDArray[np.int32] = np.load(folder / names.PASSAGE_LANGUAGES, mmap_mode="r")
        self.languages: tuple[str, ...] = tuple(json.loads((folder / names.LANGUAGES).read_text(encoding="utf-8")))
        self.language_sums: NDArray[np.float64] = np.load(folder / names.LANGUAGE_SUMS)
        self._terms: NDArray[np.int32] = np.load(folder / names.TERMS, mmap_mode="r")
        self._term_offsets: NDArray[np.int64] = np.load(folder / names.TERM_OFFSETS, mmap_mode="r")
        self._vocabulary = (folder / names.VOCABULARY).open("rb")
        self.copies = CopyTable.load(folder)

    def __len__(self) -> int:
        return len(self.passage_documents)

    def close(self) -> None:
        """Close the database; the arrays go with the object."""
        self._vocabulary.close()
        self._database.close()

    def find(self, doc_id: str) -> tuple[int, str] | None:
        """Number and content hash of a document, or None."""
        row = self._database.execute("SELECT number, content_hash FROM documents WHERE doc_id = ?", (doc_id,))
        found: tuple[int, str] | None = row.fetchone()
        return found

    def select(self, condition: str, values: Sequence[str]) -> list[int]:
        """Numbers of the documents for which an SQL condition on the table ``documents`` holds."""
        query = f"SELECT number FROM documents WHERE {condition}"  # noqa: S608 - built from constants by filters.py
        return [number for (number,) in self._database.execute(query, values)]

    def document(self, number: int) -> Document:
        """The document with a number."""
        query = f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE number = ?"  # noqa: S608 - constant columns
        return document_of(self._database.execute(query, (number,)).fetchone())

    def text(self, number: int) -> str:
        """The text of the document with a number."""
        return _text(self._database, number)

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
        yield from _documents_with_passages(self._database)

    def documents(self) -> Iterator[tuple[int, Document]]:
        """Every document with its number."""
        query = f"SELECT number, {_DOCUMENT_COLUMNS} FROM documents ORDER BY number"  # noqa: S608 - constant columns
        for number, *row in self._database.execute(query):
            yield number, document_of(row)

    def metadata(self) -> Iterator[tuple[int, str, str, str | None, str, str]]:
        """Number, doc_id, source, published, lang and content hash of every document, without its text."""
        query = "SELECT number, doc_id, source, published, lang, content_hash FROM documents ORDER BY number"
        yield from self._database.execute(query)

    def damage(self) -> list[str]:
        """What SQLite finds wrong with its file; empty where nothing is."""
        rows = [row for (row,) in self._database.execute("PRAGMA integrity_check")]
        return [] if rows == ["ok"] else rows

    def terms(self) -> TermLists:
        """The terms of every passage."""
        self._vocabulary.seek(0)
        return TermLists(tuple(json.load(self._vocabulary)), self._terms, self._term_offsets)


def sums_by_language(vectors: NDArray[np.float32], languages: NDArray[np.int32], count: int) -> NDArray[np.float64]:
    """The sum of the vectors of each language, ``(count, dim) float64``, from ``(n, dim)`` and ``(n,)``."""
    sums = np.zeros((count, vectors.shape[1]), dtype=np.float64)
    for language in range(count):
        sums[language] = vectors[languages == language].sum(axis=0, dtype=np.float64)
    return sums


def _text(database: sqlite3.Connection, number: int) -> str:
    (text,) = database.execute("SELECT text FROM documents WHERE number = ?", (number,)).fetchone()
    return str(text)


def _documents_with_passages(database: sqlite3.Connection) -> Iterator[tuple[Document, Passage]]:
    document: tuple[int, Document] | None = None
    query = f'SELECT document, passage_id, start, "end", {_DOCUMENT_COLUMNS.replace("text", "NULL")} FROM passages'  # noqa: S608 - constant columns
    query += " JOIN documents ON documents.number = passages.document ORDER BY passages.number"
    for number, passage_id, start, end, *row in database.execute(query):
        if document is None or document[0] != number:
            (row[1],) = database.execute("SELECT text FROM documents WHERE number = ?", (number,)).fetchone()
            document = number, document_of(row)
        text = document[1].text
        yield document[1], Passage(passage_id, document[1].doc_id, start, end, text[start:end])
