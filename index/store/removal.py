"""Keeping what removed documents take off the sums of a segment's vectors, so that no search has to read them."""

import numpy as np
from numpy.typing import NDArray

from index.store.files import FileRecord, record, sync_file, sync_folder
from index.store.layout import Layout
from index.store.segment import Segment
from index.store.segment_writer import add_by_language

_BLOCK = 4096


def removed_sums(
    segment: Segment, documents: NDArray[np.bool_], before: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """The sum of the vectors of removed documents, by language.

    Args:
        segment: The segment they are in.
        documents: Which of its documents to add up, ``(n_documents,) bool``.
        before: The sums of those removed earlier, ``(n_languages, dim) float64``, or None.

    Returns:
        ``(n_languages, dim) float64``, those removed earlier included.
    """
    sums = np.zeros_like(segment.language_sums) if before is None else before.copy()
    rows = np.flatnonzero(documents[segment.passage_documents])
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        add_by_language(sums, segment.dense.vectors(block), segment.passage_languages[block])
    return sums


def save_removed(layout: Layout, name: str, sums: NDArray[np.float64]) -> FileRecord:
    """Write sums into a file of their own, durably, and say what it is."""
    layout.removed.mkdir(exist_ok=True)
    path = layout.removed / f"{name}.npy"
    np.save(path, sums)
    sync_file(path)
    sync_folder(path.parent)
    sync_folder(layout.root)
    return record(path, path.name)
