"""Merging segments, so that many small commits do not leave many small segments."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.store.segment import Segment, SegmentWriter

_MAX_DELETED = 0.3
_GROWTH = 4


def segments_to_merge(live: Sequence[int], total: Sequence[int]) -> list[int]:
    """Which segments to merge into one.

    The last segments are merged while one is not ``4`` times as large as all after it together: the number of segments
    grows with the logarithm of the passages, and a passage is copied that often. A segment of which more than 30 % is
    deleted is rewritten.

    Args:
        live: Live passages of each segment, oldest first.
        total: All passages of each.

    Returns:
        Places of the segments, ascending; empty where nothing needs merging.

    Examples:
        >>> segments_to_merge([1000, 100, 90], [1000, 100, 90])
        [1, 2]
        >>> segments_to_merge([1000, 100, 10], [1000, 100, 10])
        []
        >>> segments_to_merge([600, 10], [1000, 10])
        [0, 1]
    """
    worn = [place for place in range(len(live)) if live[place] < (1 - _MAX_DELETED) * total[place]]
    first = len(live) - 1
    while first > 0 and live[first - 1] < _GROWTH * sum(live[first:]):
        first -= 1
    if worn:
        first = min(first, *worn)
    places = list(range(max(first, 0), len(live)))
    return places if len(places) > 1 or worn else []


def merge(segments: Sequence[Segment], deleted: Sequence[Sequence[int]], folder: Path) -> SegmentWriter:
    """Copy what is live of some segments into a new one, in order, and finish it.

    Args:
        segments: The segments.
        deleted: The numbers of the deleted documents of each.
        folder: Of the new segment.

    Returns:
        The writer of the finished segment, for its counts.
    """
    writer = SegmentWriter(folder)
    vectors = []
    for segment, gone in zip(segments, deleted, strict=True):
        lists = segment.terms()
        dead = frozenset(gone)
        writer.copies.add_pairs(segment.copies.pairs.tolist())
        for number, document in segment.documents():
            if number in dead:
                continue
            rows = range(*np.searchsorted(segment.passage_documents, [number, number + 1]).tolist())
            passages = [segment.passage(row, document) for row in rows]
            terms = [[lists.vocabulary[term] for term in lists.of(row)] for row in rows]
            writer.add(document, passages, terms, signed=(segment.copies, number))
            vectors.append(segment.dense.vectors(np.asarray(rows, dtype=np.int64)))
    writer.finish(np.concatenate(vectors))
    return writer
