"""One committed state of an index, open for reading; later commits do not touch it."""

import sqlite3
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.copies import CopyGroups
from index.errors import IndexCorruptError
from index.late import TokenCoder
from index.lexical import Bm25Parameters, RankBm25Index, SegmentedBm25
from index.store.across import Skeletons, Terms, evenly, gather_codes
from index.store.copying import copy_groups
from index.store.filters import passing
from index.store.layout import Layout
from index.store.manifest import SegmentRecord, read_manifest
from index.store.segment import Segment
from index.types import Document, Filters, Passage

_ATTEMPTS = 5
_SAMPLE = 32  # passages of a language that tell what a question scores there on average
_SHRINKAGE = 50  # passages of the overall mean that are mixed into a language's mean
# What opening a damaged file can raise: FAISS raises RuntimeError, numpy ValueError, a manifest at odds with its files
# IndexError.
_UNREADABLE = (OSError, EOFError, RuntimeError, ValueError, LookupError, TypeError, sqlite3.Error)


@dataclass(frozen=True, slots=True)
class Contents:
    """What an index holds, in figures.

    Attributes:
        documents: Live documents.
        passages: Live passages.
        langs: Documents by language.
        sources: Documents by source; "" where it is unknown.
        first_published: Earliest day of publication (ISO), or None.
        last_published: Latest day (ISO), or None.
    """

    documents: int
    passages: int
    langs: dict[str, int]
    sources: dict[str, int]
    first_published: str | None
    last_published: str | None


class Snapshot:
    """An index at one generation. A row is a passage's place in the segments laid end to end, deleted ones included.

    Safe to use from several threads. Its files stay readable after a writer has replaced them (on POSIX systems; on
    Windows the writer leaves them until they are closed).

    Args:
        root: The index folder.

    Raises:
        IndexNotFoundError: There is no index.
        IndexCorruptError: A file that the manifest names is missing or cannot be read.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        for attempt in range(_ATTEMPTS):
            self.manifest = read_manifest(root)
            self.segments: list[Segment] = []
            try:
                self._open()
                return
            except _UNREADABLE as error:
                self.close()
                # A commit in between has replaced files: the new manifest names the new ones.
                if attempt == _ATTEMPTS - 1 or read_manifest(root) == self.manifest:
                    message = (
                        f"{root}: {error}; the index is damaged: run mustanad verify --index {root}, or index anew"
                    )
                    raise IndexCorruptError(" ".join(message.split())) from error

    def _open(self) -> None:
        for entry in self.manifest.segments:
            self.segments.append(Segment(Layout(self.root).segment(entry.name)))
        lengths = [len(segment) for segment in self.segments]
        self.offsets: NDArray[np.int64] = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        records = self.manifest.segments
        self.live_documents = [live_documents(record) for record in records]
        live = [
            documents[segment.passage_documents] if record.deleted else np.ones(len(segment), dtype=np.bool_)
            for segment, record, documents in zip(self.segments, records, self.live_documents, strict=True)
        ]
        self.live: NDArray[np.bool_] = np.concatenate(live) if live else np.zeros(0, dtype=np.bool_)
        self.removed = [
            np.load(Layout(self.root).removed / record.removed.name) if record.removed else None for record in records
        ]
        self._bm25 = SegmentedBm25([segment.postings for segment in self.segments], live)

    def __len__(self) -> int:
        return int(np.count_nonzero(self.live))

    def close(self) -> None:
        """Close the files."""
        for segment in self.segments:
            segment.close()

    def allowed(self, filters: Filters) -> NDArray[np.bool_]:
        """Which rows are live and pass the filters, ``(n_rows,) bool``."""
        if filters == Filters():
            return self.live
        masks = [passing(segment, filters)[segment.passage_documents] for segment in self.segments]
        return np.concatenate(masks) & self.live if masks else self.live

    def nearest(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_], centred: bool = True
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The allowed rows nearest to a query vector.

        Args:
            query: ``(dim,) float32``, unit length.
            k: How many at most.
            allowed: ``(n_rows,) bool``.
            centred: Whether ``language_offsets`` are taken off the inner products.

        Returns:
            Rows and scores, best first; equal ones in order of rows.
        """
        levels = self.language_offsets(query) if centred and len(self.languages) > 1 else None
        found: list[tuple[NDArray[np.int64], NDArray[np.float64]]] = []
        for segment, offset in zip(self.segments, self.offsets[:-1], strict=True):
            within = slice(offset, offset + len(segment))
            own = None if levels is None else levels[[self.languages.index(name) for name in segment.languages]]
            rows, scores = segment.dense.search(query, k, allowed[within], own)
            found.append((rows + offset, scores))
        if not found:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float64)
        all_rows = np.concatenate([rows for rows, _ in found])
        all_scores = np.concatenate([scores for _, scores in found])
        order = np.lexsort((all_rows, -all_scores))[:k]
        return all_rows[order], all_scores[order]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of all reports, those of deleted ones included."""
        return tuple(dict.fromkeys(language for segment in self.segments for language in segment.languages))

    @cached_property
    def row_languages(self) -> NDArray[np.int32]:
        """The place of each row's language in ``languages``, ``(n_rows,) int32``."""
        places = {language: place for place, language in enumerate(self.languages)}
        rows = [
            np.asarray([places[language] for language in segment.languages], dtype=np.int32)[segment.passage_languages]
            for segment in self.segments
            if len(segment)
        ]
        return np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)

    def language_offsets(self, query: NDArray[np.float32]) -> NDArray[np.float64]:
        """How near a query lies to each language as such, ``(n_languages,) float64``.

        A multilingual model puts texts of one language nearer together than texts of one meaning: taken off the inner
        products, the query's product with each language's mean vector makes passages in different languages comparable.
        The mean of a language with few passages is drawn towards the mean of all.
        """
        offsets: NDArray[np.float64] = self._language_means @ query.astype(np.float64)
        return offsets

    @cached_property
    def _language_means(self) -> NDArray[np.float64]:
        """``(n_languages, dim)`` means over live passages, shrunk towards the overall mean."""
        sums = np.zeros((len(self.languages), self.manifest.model.dim))
        for segment, removed in zip(self.segments, self.removed, strict=True):
            own = [self.languages.index(language) for language in segment.languages]
            sums[own] += segment.language_sums if removed is None else segment.language_sums - removed
        counts = np.bincount(self.row_languages[self.live], minlength=len(self.languages)).astype(np.float64)
        overall = sums.sum(axis=0) / max(1.0, counts.sum())
        means: NDArray[np.float64] = (sums + _SHRINKAGE * overall) / (counts + _SHRINKAGE)[:, None]
        return means

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of rows, ``(n, dim) float32``."""
        vectors = np.zeros((len(rows), self.manifest.model.dim), dtype=np.float32)
        places = np.searchsorted(self.offsets, rows, side="right") - 1
        for place in np.unique(places):
            chosen = places == place
            vectors[chosen] = self.segments[place].dense.vectors(rows[chosen] - self.offsets[place])
        return vectors

    @cached_property
    def token_coder(self) -> TokenCoder | None:
        """The coder of the token codes, or None where not every segment keeps them."""
        coders = [segment.coder for segment in self.segments if len(segment)]
        return coders[0] if coders and all(coders) else None

    def token_codes(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The token codes of rows one after another, ``(n_tokens, width) uint8``, and how many each row has."""
        places = np.searchsorted(self.offsets, rows, side="right") - 1
        return gather_codes(self.segments, places, rows - self.offsets[places])

    @cached_property
    def language_samples(self) -> Mapping[int, NDArray[np.int64]]:
        """Some live rows of each language by its place in ``languages``, spread evenly, the same ones every time."""
        return {
            place: evenly(np.flatnonzero(self.live & (self.row_languages == place)), _SAMPLE)
            for place in range(len(self.languages))
        }

    @cached_property
    def vocabulary(self) -> Container[str]:
        """The terms of all passages, those of deleted ones included."""
        return Terms(self.segments)

    @cached_property
    def skeletons(self) -> Skeletons:
        """The terms of all passages by how they sound."""
        return Skeletons(self.segments)

    def lexical_scores(self, terms: Sequence[str], engine: str) -> NDArray[np.float64]:
        """BM25 scores of all rows; 0 where no term matches or the row is deleted.

        Args:
            terms: Distinct terms of the question.
            engine: "rank-bm25", or any other name for the index's own.

        Returns:
            ``(n_rows,) float64``.
        """
        if engine != "rank-bm25":
            return self._bm25.scores(terms)
        scores = np.zeros(len(self.live))
        if self._rank_bm25 is not None:
            scores[self.live] = self._rank_bm25.scores(terms)
        return scores

    def lexical_scores_at(self, terms: Sequence[str], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """BM25 scores of some rows, ``(n,) float64`` as the rows: those that ``lexical_scores`` has there."""
        return self._bm25.scores_at(terms, rows)

    def lexical_best(
        self, terms: Sequence[str], k: int, allowed: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The allowed rows with the highest BM25 scores; does not look at every row where it can be avoided.

        Args:
            terms: Distinct terms of the question.
            k: How many rows at most.
            allowed: ``(n_rows,) bool``; see ``allowed``.

        Returns:
            Rows that a term matches and their scores, best first, equal ones in order of rows.
        """
        return self._bm25.best(terms, k, allowed)

    def term_weights(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """The idf of each term, ``(n_terms,) float64``; see ``LexicalIndex.idf``. 1 where no passage has any term."""
        return self._bm25.idf(terms) if self._bm25.total_length else np.ones(len(terms))

    @cached_property
    def _rank_bm25(self) -> RankBm25Index | None:
        if not self._bm25.total_length:
            return None
        return RankBm25Index(self._bm25.lists(), Bm25Parameters())

    def passages(self, rows: Sequence[int]) -> list[tuple[Document, Passage]]:
        """The documents and passages of rows, in the order given."""
        documents: dict[tuple[int, int], Document] = {}
        result = []
        for row in rows:
            place = int(np.searchsorted(self.offsets, row, side="right")) - 1
            segment, number = self.segments[place], int(row - self.offsets[place])
            key = place, int(segment.passage_documents[number])
            if key not in documents:
                documents[key] = segment.document(key[1])
            result.append((documents[key], segment.passage(number, documents[key])))
        return result

    def find(self, doc_id: str) -> tuple[int, int, str] | None:
        """Place of the segment, number and content hash of a live document, or None."""
        for place, segment in enumerate(self.segments):
            found = segment.find(doc_id)
            if found and self.live_documents[place][found[0]]:
                return place, *found
        return None

    @cached_property
    def copy_groups(self) -> CopyGroups:
        """Which live documents are copies of one another."""
        return copy_groups(self.segments, self.manifest.segments)

    def document(self, doc_id: str) -> Document:
        """A live document by its id.

        Raises:
            ValueError: There is no document with this doc_id.
        """
        found = self.find(doc_id)
        if found is None:
            raise self._missing(doc_id)
        place, number, _ = found
        return self.segments[place].document(number)

    def copies_of(self, doc_id: str) -> tuple[str, ...]:
        """The other live documents that are copies of one text with this one, the original first.

        Raises:
            ValueError: There is no document with this doc_id.
        """
        self._must_have(doc_id)
        return self.copy_groups.copies_of(doc_id)

    def original_of(self, doc_id: str) -> str:
        """The document that was published first among the copies of one text: itself where it has none.

        Raises:
            ValueError: There is no document with this doc_id.
        """
        self._must_have(doc_id)
        return self.copy_groups.original_of(doc_id)

    def _must_have(self, doc_id: str) -> None:
        if self.find(doc_id) is None:
            raise self._missing(doc_id)

    def _missing(self, doc_id: str) -> ValueError:
        return ValueError(f"no report {doc_id!r} is in {self.root}; mustanad search shows the ids of reports")

    def documents(self) -> Iterator[Document]:
        """All live documents."""
        for segment, live in zip(self.segments, self.live_documents, strict=True):
            yield from (document for number, document in segment.documents() if live[number])

    def content_hashes(self) -> list[tuple[str, str]]:
        """doc_id and content hash of all live documents."""
        pairs = zip(self.segments, self.live_documents, strict=True)
        return [
            (doc_id, known)
            for segment, live in pairs
            for number, doc_id, known in segment.content_hashes()
            if live[number]
        ]

    @cached_property
    def contents(self) -> Contents:
        """What the index holds."""
        langs: Counter[str] = Counter()
        sources: Counter[str] = Counter()
        days: list[int] = []
        for segment, live in zip(self.segments, self.live_documents, strict=True):
            langs.update(_counts(segment.languages, segment.document_languages[live]))
            sources.update(_counts(segment.sources, segment.document_sources[live]))
            known = segment.document_days[live & (segment.document_days > 0)]
            days.extend([int(known.min()), int(known.max())] if len(known) else [])
        return Contents(
            documents=langs.total(),
            passages=len(self),
            langs=dict(langs.most_common()),
            sources=dict(sources.most_common()),
            first_published=date.fromordinal(min(days)).isoformat() if days else None,
            last_published=date.fromordinal(max(days)).isoformat() if days else None,
        )


def live_documents(record: SegmentRecord) -> NDArray[np.bool_]:
    """Which documents of a segment count, ``(n_documents,) bool``."""
    live = np.ones(record.documents, dtype=np.bool_)
    live[list(record.deleted)] = False
    return live


def _counts(values: Sequence[str], places: NDArray[np.int32]) -> dict[str, int]:
    """How often each value occurs that does, given the place of each occurrence."""
    counts = np.bincount(places, minlength=len(values)).tolist()
    return {value: count for value, count in zip(values, counts, strict=True) if count}
