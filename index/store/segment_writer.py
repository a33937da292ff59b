"""Writes a segment."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bridges import SkeletonIndex
from index.copies import CopyTableWriter, outline
from index.dense import DenseWriter
from index.late import TokenCoder, TokenCodesWriter
from index.lexical import PostingsWriter
from index.lexical.vocabulary import Vocabulary
from index.progress import Progress
from index.store import layout as names
from index.store.segment import Segment, documents_with_passages_of, text_of
from index.types import Document, Passage

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    doc_id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    published TEXT,
    url TEXT,
    lang TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (number),
    passage_id TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
"""
_BLOCK = 4096
_INSERT_DOCUMENT = "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_PASSAGE = "INSERT INTO passages VALUES (?, ?, ?, ?, ?)"


class SegmentWriter:
    """Writes a new segment into its own folder; it counts only once a manifest names it.

    Args:
        folder: The folder to make.
        coder: Of the token codes that ``add_token_codes`` is given; None to keep none.
    """

    def __init__(self, folder: Path, coder: TokenCoder | None = None) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._coder = coder
        self._codes = TokenCodesWriter(folder, coder.width) if coder else None
        self.documents = 0
        self.passages = 0
        self._database = sqlite3.connect(folder / names.PASSAGES, isolation_level=None)
        # The folder is thrown away when writing breaks off, and synced as a whole at the end.
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        self._postings = PostingsWriter(folder)
        self._passage_documents = array("i")
        self._languages: dict[str, int] = {}
        self._passage_languages = array("i")
        self._document_languages = array("i")
        self._sources: dict[str, int] = {}
        self._document_sources = array("i")
        self._document_days = array("i")
        self.copies = CopyTableWriter()

    def add(self, document: Document, passages: Iterable[Passage], terms: Iterable[Sequence[str]]) -> None:
        """Append a document, its passages and the terms of each.

        Args:
            document: The document.
            passages: Its passages, in order.
            terms: The terms of each.
        """
        published = document.published.isoformat() if document.published else None
        self._database.execute(
            _INSERT_DOCUMENT,
            (self.documents, document.doc_id, document.title, document.source, published, document.url, document.lang,
             document.content_hash, document.text),
        )  # fmt: skip
        language = self._languages.setdefault(document.lang, len(self._languages))
        for passage, passage_terms in zip(passages, terms, strict=True):
            self._database.execute(
                _INSERT_PASSAGE, (self.passages, self.documents, passage.passage_id, passage.start, passage.end)
            )
            self._postings.add(passage_terms)
            self._passage_documents.append(self.documents)
            self._passage_languages.append(language)
            self.passages += 1
        self._document_languages.append(language)
        self._document_sources.append(self._sources.setdefault(document.source, len(self._sources)))
        self._document_days.append(document.published.toordinal() if document.published else 0)
        self.copies.add(outline(document.text))
        self.documents += 1

    def append(self, segment: "Segment", live: NDArray[np.bool_], progress: Progress) -> None:
        """Append documents of another segment with their passages and terms; ``finish`` is given their vectors.

        Args:
            segment: The segment.
            live: Which of its documents, ``(n_documents,) bool``.
            progress: Advanced by one for each of its passages.
        """
        kept = live[segment.passage_documents]
        documents = np.cumsum(live) - 1 + self.documents
        passages = np.cumsum(kept) - 1 + self.passages
        self._database.executemany(
            _INSERT_DOCUMENT,
            ((int(documents[row[0]]), *row[1:]) for row in segment.rows("documents") if live[row[0]]),
        )
        self._database.executemany(
            _INSERT_PASSAGE,
            (
                (int(passages[row[0]]), int(documents[row[1]]), *row[2:])
                for row in _advancing(segment.rows("passages"), progress)
                if kept[row[0]]
            ),
        )
        self._postings.append(segment.postings, kept)
        languages = _places(segment.languages, segment.document_languages[live], self._languages)
        sources = _places(segment.sources, segment.document_sources[live], self._sources)
        _extend(self._passage_documents, documents[segment.passage_documents[kept]])
        _extend(self._passage_languages, languages[segment.passage_languages[kept]])
        _extend(self._document_languages, languages[segment.document_languages[live]])
        _extend(self._document_sources, sources[segment.document_sources[live]])
        _extend(self._document_days, segment.document_days[live])
        for number in np.flatnonzero(live).tolist():
            self.copies.add_from(segment.copies, number)
        self.copies.add_pairs(segment.copies.pairs.tolist())
        self.documents = len(self._document_days)
        self.passages = len(self._passage_documents)

    def text(self, number: int) -> str:
        """The text of the document with a number."""
        return text_of(self._database, number)

    def texts(self) -> Iterator[tuple[Document, Passage]]:
        """Everything added so far, in order of the passages' numbers."""
        yield from documents_with_passages_of(self._database)

    def finish(
        self, blocks: Iterable[NDArray[np.float32]], dim: int, staging: Path, progress: Progress | None = None
    ) -> None:
        """Write the remaining files.

        Args:
            blocks: The vectors of all passages in order, some at a time, ``(m, dim) float32``.
            dim: Length of a vector.
            staging: Where a ``DenseWriter`` keeps its work.
            progress: Is told how far the index of the vectors is, and the merging of terms that do not fit in memory.
        """
        languages = np.asarray(self._passage_languages, dtype=np.int32)
        sums = self._write_vectors(blocks, languages, DenseWriter(self.folder, dim, staging), progress)
        self._database.execute("COMMIT")
        self._database.close()
        if self._codes and self._coder:
            self._coder.save(self.folder)
            self._codes.finish(self.passages)
        self._postings.finish(progress)
        terms = (term.decode("utf-8", "surrogatepass") for term in Vocabulary.load(self.folder))
        SkeletonIndex.build(terms).save(self.folder)
        self.copies.build().save(self.folder)
        np.save(self.folder / names.LANGUAGE_SUMS, sums)
        for name, numbers in (
            (names.PASSAGE_DOCUMENTS, self._passage_documents),
            (names.PASSAGE_LANGUAGES, self._passage_languages),
            (names.DOCUMENT_LANGUAGES, self._document_languages),
            (names.DOCUMENT_SOURCES, self._document_sources),
            (names.DOCUMENT_DAYS, self._document_days),
        ):
            np.save(self.folder / name, np.asarray(numbers, dtype=np.int32))
        for name, words in ((names.LANGUAGES, self._languages), (names.SOURCES, self._sources)):
            (self.folder / name).write_text(json.dumps(list(words), ensure_ascii=False), encoding="utf-8")

    def _write_vectors(
        self,
        blocks: Iterable[NDArray[np.float32]],
        languages: NDArray[np.int32],
        dense: DenseWriter,
        progress: Progress | None,
    ) -> NDArray[np.float64]:
        """Index the vectors; their sums by language, ``(n_languages, dim) float64``."""
        sums = np.zeros((len(self._languages), dense.dim))
        done = 0
        try:
            for block in blocks:
                dense.append(block)
                done += len(block)
                if done > self.passages:
                    break
                add_by_language(sums, block, languages[done - len(block) : done])
            if done != self.passages:
                raise ValueError(f"{done} vectors for {self.passages} passages")
        except BaseException:
            dense.abandon()
            raise
        dense.finish(languages, progress)
        return sums

    def abandon(self) -> None:
        """Let go of the files; the folder is left to be cleared away."""
        if self._codes:
            self._codes.abandon()
        self._database.close()

    def restart_token_codes(self) -> None:
        """Drop the token codes added so far: the vectors are handed over from the first on, a second time."""
        if self._codes and self._coder:
            self._codes.abandon()
            self._codes = TokenCodesWriter(self.folder, self._coder.width)

    def add_token_codes(self, passages: Iterable[NDArray[np.uint8]]) -> None:
        """Append the token codes of the next passages, ``(n_tokens, width) uint8`` each.

        Raises:
            ValueError: The segment keeps none.
        """
        if self._codes is None:
            raise ValueError("this segment keeps no token codes")
        self._codes.append(passages)


def add_by_language(sums: NDArray[np.float64], vectors: NDArray[np.float32], languages: NDArray[np.int32]) -> None:
    """Add vectors, ``(n, dim)``, to the sums of their languages, ``(n_languages, dim)``; ``languages`` is ``(n,)``."""
    for language in np.unique(languages).tolist():
        sums[language] += vectors[languages == language].sum(axis=0, dtype=np.float64)


def _places(values: Sequence[str], used: NDArray[np.int32], known: dict[str, int]) -> NDArray[np.int32]:
    """The place of each used value among the known ones, to which new ones are added in order of their first use."""
    places = np.full(len(values), -1, dtype=np.int32)
    numbers, first = np.unique(used, return_index=True)
    for number in numbers[np.argsort(first)].tolist():
        places[number] = known.setdefault(values[number], len(known))
    return places


def _extend(numbers: "array[int]", more: NDArray[np.integer]) -> None:
    numbers.frombytes(more.astype(np.int32).tobytes())


def _advancing(rows: Iterable[tuple[Any, ...]], progress: Progress) -> Iterator[tuple[Any, ...]]:
    """The rows, with the progress told of them."""
    pending = iter(rows)
    while block := list(islice(pending, _BLOCK)):
        yield from block
        progress.advance(len(block))
