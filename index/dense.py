"""Exact inner-product search over unit vectors, by FAISS."""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray


class DenseIndex:
    """The vectors of one segment's passages; row i is passage i.

    Args:
        index: A flat inner-product index.
    """

    def __init__(self, index: faiss.IndexFlatIP) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> "DenseIndex":
        """Index ``(n, dim) float32`` unit vectors."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "DenseIndex":
        """Open a saved index, memory-mapped."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC | faiss.IO_FLAG_READ_ONLY))

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def vectors(self, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """The vectors of some rows, or of all, ``(n, dim) float32``."""
        if rows is None:
            rows = np.arange(len(self), dtype=np.int64)
        if len(rows) == 0:
            return np.zeros((0, self.dim), dtype=np.float32)
        vectors: NDArray[np.float32] = self._index.reconstruct_batch(np.ascontiguousarray(rows, dtype=np.int64))
        return vectors

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The rows with the largest inner products among the allowed ones.

        Args:
            query: ``(dim,) float32``.
            k: How many at most.
            allowed: ``(n,) bool``, False for rows that may not be found.

        Returns:
            Rows ``(m,) int64`` and scores ``(m,) float32``, best first, m = min(k, allowed rows).
        """
        k = min(k, int(allowed.sum()))
        if k <= 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        parameters = None
        if not allowed.all():
            bits = np.packbits(allowed, bitorder="little")
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
        scores, rows = self._index.search(query.reshape(1, -1), k, params=parameters)
        return rows[0], scores[0]
