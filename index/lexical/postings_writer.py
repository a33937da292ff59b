"""Writing the postings of a segment: from term lists, and from other postings, in bounded memory."""

import heapq
import shutil
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.lexical.array_file import ArrayFile
from index.lexical.postings import (
    PASSAGE_LENGTHS,
    POSTING_COUNTS,
    POSTING_PASSAGES,
    POSTING_STARTS,
    Postings,
    invert,
)
from index.lexical.protocol import TermLists
from index.lexical.vocabulary import Vocabulary
from index.progress import Progress, Silent

_RUN_TERMS = 1 << 22  # terms of passages that are held in memory before they go to disk as a run
_BLOCK_POSTINGS = 1 << 22  # postings that are merged at once
_BLOCK_TERMS = 1 << 16  # and terms: their places then sort as 16-bit numbers, in linear time
_RUNS = "runs"


class PostingsWriter:
    """Collects passages in order and leaves the files of their postings.

    What does not fit in memory is written as runs, each the postings of some passages; they are merged at the end.

    Args:
        folder: Where the files go; it exists.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._passages = 0
        self._sources: list[Postings] = []
        self._rows: list[NDArray[np.int32]] = []
        self._clear()

    def add(self, terms: Sequence[str]) -> None:
        """Append a passage with these terms."""
        vocabulary = self._vocabulary
        self._terms.extend([vocabulary.setdefault(term, len(vocabulary)) for term in terms])
        self._offsets.append(len(self._terms))
        self._passages += 1
        if len(self._terms) >= _RUN_TERMS:
            self._write_run()

    def append(self, postings: Postings, kept: NDArray[np.bool_]) -> None:
        """Append the passages of other postings for which ``kept``, ``(n_passages,) bool``, holds."""
        if len(self._offsets) > 1:
            self._write_run()
        count = int(np.count_nonzero(kept))
        rows = np.full(len(kept), -1, dtype=np.int32)
        rows[kept] = np.arange(self._passages, self._passages + count, dtype=np.int32)
        self._sources.append(postings)
        self._rows.append(rows)
        self._passages += count

    def finish(self, progress: Progress | None = None) -> None:
        """Write the files.

        Args:
            progress: Is told how many postings are merged, where there is more than fits in memory.
        """
        if self._sources:
            if len(self._offsets) > 1:
                self._write_run()
            merge_postings(self._sources, self._rows, self._folder, progress or Silent())
            self._sources.clear()
            shutil.rmtree(self._folder / _RUNS, ignore_errors=True)
        else:
            invert(self._lists()).save(self._folder)
        self._clear()

    def _clear(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._terms = array("i")
        self._offsets = array("q", [0])

    def _lists(self) -> TermLists:
        terms, offsets = np.array(self._terms, dtype=np.int32), np.array(self._offsets, dtype=np.int64)
        return TermLists(tuple(self._vocabulary), terms, offsets)

    def _write_run(self) -> None:
        folder = self._folder / _RUNS / str(len(self._sources))
        folder.mkdir(parents=True)
        invert(self._lists()).save(folder)
        run = Postings.load(folder)
        self._sources.append(run)
        self._rows.append(np.arange(self._passages - len(run), self._passages, dtype=np.int32))
        self._clear()


def merge_postings(
    sources: Sequence[Postings], rows: Sequence[NDArray[np.int32]], folder: Path, progress: Progress
) -> None:
    """Write the postings of several sources as those of one.

    The sources' terms are sorted alike, so that each is read from its start to its end, some thousands of terms at a
    time; no more than a block of postings is in memory.

    Args:
        sources: The postings.
        rows: The new row of every passage of each source, -1 where it is dropped; ascending, also from one source to
            the next.
        folder: Where the files go.
        progress: Is told how many postings are merged.
    """
    vocabulary, places = _union([source.vocabulary for source in sources])
    progress.start("merging words", sum(len(source.passages) for source in sources), "posting")
    frequencies = np.zeros(len(vocabulary), dtype=np.int64)
    kind = np.result_type(np.uint8, *(source.counts.dtype for source in sources))
    with (
        ArrayFile(folder / POSTING_PASSAGES, np.dtype(np.int32)) as passages_file,
        ArrayFile(folder / POSTING_COUNTS, kind) as counts_file,
    ):
        for first, last in _blocks(sources, places, len(vocabulary)):
            terms, passages, counts = _gather(sources, rows, places, first, last)
            order = np.argsort(terms, kind="stable")
            passages_file.append(passages[order])
            counts_file.append(counts[order])
            frequencies[first:last] = np.bincount(terms, minlength=last - first)
            progress.advance(_between(sources, places, first, last))
    kept = frequencies > 0  # a term may have been in dropped passages only
    vocabulary.only(kept).save(folder)
    np.save(folder / POSTING_STARTS, np.concatenate([[0], np.cumsum(frequencies[kept])]).astype(np.int64))
    lengths = [source.lengths[new >= 0] for source, new in zip(sources, rows, strict=True)]
    np.save(folder / PASSAGE_LENGTHS, np.concatenate(lengths).astype(np.int32))


def _union(vocabularies: Sequence[Vocabulary]) -> tuple[Vocabulary, list[NDArray[np.int64]]]:
    """All terms of some vocabularies, and the place among them of every term of each."""
    places = [array("q") for _ in vocabularies]
    texts, starts = bytearray(), array("q", [0])
    before: bytes | None = None
    for term, source in heapq.merge(*(_labelled(vocabulary, n) for n, vocabulary in enumerate(vocabularies))):
        if term != before:
            texts += term
            starts.append(len(texts))
            before = term
        places[source].append(len(starts) - 2)
    union = Vocabulary(np.frombuffer(texts, dtype=np.uint8), np.array(starts, dtype=np.int64))
    return union, [np.array(place, dtype=np.int64) for place in places]


def _labelled(vocabulary: Vocabulary, label: int) -> Iterator[tuple[bytes, int]]:
    for term in vocabulary:
        yield term, label


def _blocks(sources: Sequence[Postings], places: Sequence[NDArray[np.int64]], count: int) -> Iterator[tuple[int, int]]:
    """Stretches of the merged terms, ``[first, last)``, each with few enough terms and postings."""
    sizes = np.zeros(count, dtype=np.int64)
    for source, place in zip(sources, places, strict=True):
        sizes[place] += np.diff(source.starts)
    ends = np.cumsum(sizes)
    first = 0
    while first < count:
        before = int(ends[first - 1]) if first else 0
        fitting = int(np.searchsorted(ends, before + _BLOCK_POSTINGS, side="right"))
        last = min(max(fitting, first + 1), first + _BLOCK_TERMS, count)
        yield first, last
        first = last


def _gather(
    sources: Sequence[Postings],
    rows: Sequence[NDArray[np.int32]],
    places: Sequence[NDArray[np.int64]],
    first: int,
    last: int,
) -> tuple[NDArray[np.uint16], NDArray[np.int32], NDArray[np.unsignedinteger]]:
    """Term (counted from ``first``), new row and count of the kept postings of a block, source after source."""
    terms, passages, counts = [], [], []
    for source, new, place in zip(sources, rows, places, strict=True):
        low, high = np.searchsorted(place, [first, last]).tolist()
        start, end = int(source.starts[low]), int(source.starts[high])
        moved = new[source.passages[start:end]]
        kept = moved >= 0
        sizes = np.diff(source.starts[low : high + 1])
        terms.append(np.repeat((place[low:high] - first).astype(np.uint16), sizes)[kept])
        passages.append(moved[kept])
        counts.append(source.counts[start:end][kept])
    return np.concatenate(terms), np.concatenate(passages), np.concatenate(counts)


def _between(sources: Sequence[Postings], places: Sequence[NDArray[np.int64]], first: int, last: int) -> int:
    """How many postings the sources have for a stretch of the merged terms."""
    stretches = (np.searchsorted(place, [first, last]) for place in places)
    return sum(int(np.diff(source.starts[ends])[0]) for source, ends in zip(sources, stretches, strict=True))
