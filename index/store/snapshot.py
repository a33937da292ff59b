"""One committed state of an index, open for reading; later commits do not touch it."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.copies import CopyGroups
from index.errors import IndexCorruptError
from index.lexical import Bm25Parameters, Bm25sIndex, LexicalIndex, RankBm25Index, TermLists
from index.store.copying import copy_groups
from index.store.filters import condition
from index.store.layout import ROWS, Layout
from index.store.manifest import SegmentRecord, read_manifest
from index.store.segment import Segment, sums_by_language
from index.types import Document, Filters, Passage

_ATTEMPTS = 5
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
        live = [_live(segment, entry) for segment, entry in zip(self.segments, self.manifest.segments, strict=True)]
        self.live: NDArray[np.bool_] = np.concatenate(live) if live else np.zeros(0, dtype=np.bool_)
        self._lexical: Bm25sIndex | None = None
        self._lexical_rows: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        if self.manifest.lexical:
            folder = Layout(self.root).lexical(self.manifest.lexical.name)
            self._lexical = Bm25sIndex.load(folder)
            self._lexical_rows = np.load(folder / ROWS)

    def __len__(self) -> int:
        return int(self.live.sum())

    def close(self) -> None:
        """Close the files."""
        for segment in self.segments:
            segment.close()

    def allowed(self, filters: Filters) -> NDArray[np.bool_]:
        """Which rows are live and pass the filters, ``(n_rows,) bool``."""
        if filters == Filters():
            return self.live
        where, values = condition(filters)
        masks = []
        for segment, entry in zip(self.segments, self.manifest.segments, strict=True):
            documents = np.zeros(entry.documents, dtype=np.bool_)
            documents[segment.select(where, values)] = True
            masks.append(documents[segment.passage_documents])
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
            if levels is None:
                rows, scores = segment.dense.search(query, k, allowed[within])
                found.append((rows + offset, scores.astype(np.float64)))
                continue
            for place, level in enumerate(levels):
                wanted = allowed[within] & (self.row_languages[within] == place)
                rows, scores = segment.dense.search(query, k, wanted)
                found.append((rows + offset, scores.astype(np.float64) - level))
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
        for segment, offset in zip(self.segments, self.offsets[:-1], strict=True):
            own = [self.languages.index(language) for language in segment.languages]
            gone = np.flatnonzero(~self.live[offset : offset + len(segment)])
            lost = sums_by_language(segment.dense.vectors(gone), segment.passage_languages[gone], len(own))
            sums[own] += segment.language_sums - lost
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

    def lexical_scores(self, terms: Sequence[str], engine: str) -> NDArray[np.float64]:
        """BM25 scores of all rows by the named engine ("bm25s" or "rank-bm25"); 0 where no term matches or deleted."""
        scores = np.zeros(len(self.live))
        index: LexicalIndex | None = self._rank_bm25 if engine == "rank-bm25" else self._lexical
        if index is not None:
            scores[self._lexical_rows] = index.scores(terms)
        return scores

    def term_weights(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """The idf of each term, ``(n_terms,) float64``; see ``LexicalIndex.idf``."""
        return self._lexical.idf(terms) if self._lexical is not None else np.ones(len(terms))

    @cached_property
    def _rank_bm25(self) -> RankBm25Index | None:
        if self._lexical is None:
            return None
        lists, _ = live_terms(self.segments, self.manifest.segments)
        return RankBm25Index(lists, Bm25Parameters())

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
        for place, (segment, entry) in enumerate(zip(self.segments, self.manifest.segments, strict=True)):
            found = segment.find(doc_id)
            if found and found[0] not in entry.deleted:
                return place, *found
        return None

    @cached_property
    def copy_groups(self) -> CopyGroups:
        """Which live documents are copies of one another."""
        return copy_groups(self.segments, self.manifest.segments)

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
            raise ValueError(f"no report {doc_id!r} is in {self.root}; mustanad search shows the ids of reports")

    def documents(self) -> Iterator[Document]:
        """All live documents."""
        for segment, entry in zip(self.segments, self.manifest.segments, strict=True):
            deleted = frozenset(entry.deleted)
            yield from (document for number, document in segment.documents() if number not in deleted)

    @cached_property
    def contents(self) -> Contents:
        """What the index holds."""
        langs: Counter[str] = Counter()
        sources: Counter[str] = Counter()
        days: list[str] = []
        for segment, entry in zip(self.segments, self.manifest.segments, strict=True):
            deleted = frozenset(entry.deleted)
            for number, _, source, published, lang, _ in segment.metadata():
                if number not in deleted:
                    langs[lang] += 1
                    sources[source] += 1
                    days.extend([published] if published else [])
        return Contents(
            documents=langs.total(),
            passages=len(self),
            langs=dict(langs.most_common()),
            sources=dict(sources.most_common()),
            first_published=min(days, default=None),
            last_published=max(days, default=None),
        )


def live_terms(segments: Sequence[Segment], records: Sequence[SegmentRecord]) -> tuple[TermLists, NDArray[np.int64]]:
    """The terms of all live passages under one vocabulary, and the row of each."""
    vocabulary: dict[str, int] = {}
    all_terms, all_lengths, all_rows = [], [], []
    offset = 0
    for segment, entry in zip(segments, records, strict=True):
        lists = segment.terms()
        numbers = [vocabulary.setdefault(term, len(vocabulary)) for term in lists.vocabulary]
        lengths = np.diff(lists.offsets)
        live = _live(segment, entry)
        terms = np.asarray(lists.terms)[np.repeat(live, lengths)]
        all_terms.append(np.asarray(numbers, dtype=np.int32)[terms])
        all_lengths.append(lengths[live])
        all_rows.append(np.flatnonzero(live) + offset)
        offset += len(segment)
    offsets = np.concatenate([[0], np.cumsum(np.concatenate(all_lengths))]).astype(np.int64)
    return TermLists(tuple(vocabulary), np.concatenate(all_terms), offsets), np.concatenate(all_rows)


def _live(segment: Segment, entry: SegmentRecord) -> NDArray[np.bool_]:
    live = np.ones(entry.documents, dtype=np.bool_)
    live[list(entry.deleted)] = False
    mask: NDArray[np.bool_] = live[segment.passage_documents]
    return mask
