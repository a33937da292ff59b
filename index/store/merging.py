"""Merging segments, so that many small commits do not leave many small segments.

Each segment costs every search a little, and each copy of a passage costs a commit. Two bounds are kept at once:

- A commit copies at most ``limit`` passages: 20,000, or a sixteenth of all live passages where that is more. What does
  not fit is left as it is.
- Sort the segments by their live passages, smallest first. Among those that together fit the limit, each is at least 4
  times as large as all smaller ones together, so that their number grows with the logarithm of the limit. All others
  have more than 0.44 of the limit each: there are at most 2.25 * 16 = 36 of them however large the index is. The number
  of segments therefore stays below 37 + log5(limit), some 45, even if nobody ever compacts the index.

A passage is copied only into a segment at least a quarter larger than its own: with commits of m passages, at most
log1.25(limit / m) times in all. Segments of which more than 30 % is deleted are rewritten where they fit the limit
as well; a larger one keeps its deleted passages on disk, which no search finds, until enough of it is deleted for the
rest to fit, or until ``mustanad compact`` makes one segment of everything.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.progress import Progress, Silent
from index.store.segment import Segment
from index.store.segment_writer import SegmentWriter

_MAX_DELETED = 0.3
_GROWTH = 4
_ALWAYS_COPIED = 20_000
_SHARE = 16


def copy_limit(live: int) -> int:
    """How many passages a commit may copy, where so many are live."""
    return max(_ALWAYS_COPIED, live // _SHARE)


def segments_to_merge(live: Sequence[int], total: Sequence[int], limit: int) -> list[int]:
    """Which segments to merge into one; see above.

    Args:
        live: Live passages of each segment.
        total: All passages of each.
        limit: How many live passages may be copied.

    Returns:
        Places of the segments, ascending; empty where nothing needs merging.

    Examples:
        >>> segments_to_merge([1000, 100, 90], [1000, 100, 90], 20_000)
        [1, 2]
        >>> segments_to_merge([1000, 100, 10], [1000, 100, 10], 20_000)
        []
        >>> segments_to_merge([600, 10], [1000, 10], 20_000)
        [0]
        >>> segments_to_merge([15_000, 15_000], [15_000, 15_000], 20_000)
        []
    """
    order = sorted(range(len(live)), key=lambda place: (live[place], -place))
    sums = np.cumsum([live[place] for place in order]).tolist()
    chosen = 0
    for count in range(2, len(order) + 1):
        if sums[count - 1] <= limit and live[order[count - 1]] < _GROWTH * sums[count - 2]:
            chosen = count
    places = order[:chosen]
    copied = sums[chosen - 1] if chosen else 0
    for place in order[chosen:]:
        if live[place] < (1 - _MAX_DELETED) * total[place] and copied + live[place] <= limit:
            places.append(place)
            copied += live[place]
    return sorted(places)


def merge(
    segments: Sequence[Segment],
    live: Sequence[NDArray[np.bool_]],
    dim: int,
    folder: Path,
    staging: Path,
    progress: Progress | None = None,
) -> SegmentWriter:
    """Copy what is live of some segments into a new one, in order, and finish it; a block at a time is in memory.

    Args:
        segments: The segments.
        live: Which of the documents of each to copy, ``(n_documents,) bool``.
        dim: Length of a vector.
        folder: Of the new segment.
        staging: Where the work on its vectors is kept; see ``SegmentWriter.finish``.
        progress: Is told how much is copied.

    Returns:
        The writer of the finished segment, for its counts.
    """
    watcher = progress or Silent()
    coders = [segment.coder for segment in segments if len(segment)]
    writer = SegmentWriter(folder, coders[0] if coders and all(coders) else None)
    try:
        watcher.start("copying reports", sum(len(segment) for segment in segments), "passage")
        for segment, wanted in zip(segments, live, strict=True):
            writer.append(segment, wanted, watcher)
        watcher.start("copying vectors", writer.passages, "passage")
        if coders and all(coders):
            for segment, wanted in zip(segments, live, strict=True):
                writer.add_token_codes(_codes(segment, np.flatnonzero(wanted[segment.passage_documents])))
        writer.finish(_vectors(segments, live, watcher), dim, staging, watcher)
    except BaseException:
        writer.abandon()
        raise
    return writer


def _vectors(
    segments: Sequence[Segment], live: Sequence[NDArray[np.bool_]], progress: Progress
) -> Iterator[NDArray[np.float32]]:
    """The vectors of the passages of wanted documents, some thousands at a time."""
    for segment, wanted in zip(segments, live, strict=True):
        kept = wanted[segment.passage_documents]
        done = 0
        for block in segment.dense.blocks():
            live_block = block[kept[done : done + len(block)]]
            yield live_block
            progress.advance(len(live_block))
            done += len(block)


def _codes(segment: Segment, rows: NDArray[np.int64]) -> Iterator[NDArray[np.uint8]]:
    """The token codes of passages of a segment that keeps them."""
    if segment.token_codes is not None:
        for row in rows.tolist():
            yield segment.token_codes.of(row)
