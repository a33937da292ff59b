"""The vectors of one segment, open for searching."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.dense.exact import best, inner_products
from index.dense.inverted import InvertedLists
from index.dense.record import VECTORS, DenseRecord, read_record
from index.dense.settings import DenseSettings

# A code's score differs from the vector's own in the fourth digit: rows beyond the k-th may belong before it.
_SPARE = 64
_BLOCK = 8192


class DenseIndex:
    """The vectors of one segment's passages; row i is passage i. Safe to use from several threads.

    Args:
        vectors: ``(n, dim) float32`` unit vectors.
        groups: The group of each row, ``(n,) int32``: rows of one group share an offset in a search.
        lists: For an approximate search, or None.
        record: What kind of index it is.
        settings: How to search.
    """

    def __init__(
        self,
        vectors: NDArray[np.float32],
        groups: NDArray[np.int32],
        lists: InvertedLists | None,
        record: DenseRecord,
        settings: DenseSettings,
    ) -> None:
        self._vectors = vectors
        self._groups = groups
        self._lists = lists
        self._record = record
        self._settings = settings

    @classmethod
    def load(cls, folder: Path, groups: NDArray[np.int32], settings: DenseSettings | None = None) -> "DenseIndex":
        """Open what a ``DenseWriter`` wrote, memory-mapped.

        Args:
            folder: Where it lies.
            groups: The group of each row, ``(n,) int32``, as given to the writer.
            settings: How to search.

        Raises:
            OSError, RuntimeError: A file is missing or cannot be read.
            ValueError: The files do not belong together, or are of a kind that is not known.
        """
        record = read_record(folder)
        vectors = np.load(folder / VECTORS, mmap_mode="r")
        if vectors.shape != (record.rows, record.dim) or vectors.dtype != np.float32:
            raise ValueError(
                f"{folder / VECTORS} holds {vectors.shape} {vectors.dtype}, "
                f"but {(record.rows, record.dim)} float32 was expected"
            )
        lists = InvertedLists.load(folder, record) if record.lists else None
        return cls(vectors, groups, lists, record, settings or DenseSettings())

    def __len__(self) -> int:
        return self._record.rows

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._record.dim

    @property
    def kind(self) -> str:
        """How it searches, as FAISS's index factory spells it: "Flat" (exact), or such as "IVF2000,SQ8"."""
        return self._record.kind

    def vectors(self, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """The vectors of some rows, or of all, ``(n, dim) float32``, in memory."""
        return np.array(self._vectors if rows is None else self._vectors[rows])

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """All vectors in order, some thousands at a time, ``(m, dim) float32``."""
        for start in range(0, len(self), _BLOCK):
            yield np.array(self._vectors[start : start + _BLOCK])

    def search(
        self,
        query: NDArray[np.float32],
        k: int,
        allowed: NDArray[np.bool_],
        offsets: NDArray[np.float64] | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The allowed rows with the largest inner products, each less the offset of its group.

        Exact where few rows are allowed (``DenseSettings.exact_up_to``). Otherwise the rows are the nearest with the
        recall measured in eval/bench/dense.py, and their scores are exact.

        Args:
            query: ``(dim,) float32``.
            k: How many at most.
            allowed: ``(n,) bool``, False for rows that may not be found.
            offsets: By group, ``(n_groups,) float64``, or None for none.

        Returns:
            Rows ``(m,) int64`` and scores ``(m,) float64``, best first, equal ones in order of rows,
            m = min(k, allowed rows).
        """
        count = int(allowed.sum())
        k = min(k, count)
        if k <= 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float64)
        rows: NDArray[np.int64] | None = None
        if self._lists is not None and count > self._settings.exact_up_to:
            mask = None if count == len(self) else allowed
            wanted = min(k + _SPARE, count)
            rows = self._lists.search(query, wanted, mask, offsets, self._settings.scanned(len(self)))
        elif count < len(self):
            rows = np.flatnonzero(allowed)
        scores = inner_products(self._vectors, query, rows).astype(np.float64)
        if rows is None:
            rows = np.arange(len(self), dtype=np.int64)
        if offsets is not None:
            scores -= offsets[self._groups[rows]]
        return best(rows, scores, k)
