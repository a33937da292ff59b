"""Inner products with vectors on disk, one row after the other, and the best of them."""

import faiss
import numpy as np
from numpy.typing import NDArray

_GATHERED = 256  # rows that are copied together; they stay in the processor's cache


def inner_products(
    vectors: NDArray[np.float32], query: NDArray[np.float32], rows: NDArray[np.int64] | None = None
) -> NDArray[np.float32]:
    """The inner products of a query with some rows, or with all, read in place from a mapped file.

    Args:
        vectors: ``(n, dim) float32``, contiguous.
        query: ``(dim,) float32``.
        rows: ``(m,) int64`` from 0 to n - 1, or None for all.

    Returns:
        ``(m,) float32``, or ``(n,)``.
    """
    count, dim = vectors.shape
    query = np.ascontiguousarray(query, dtype=np.float32)
    if query.shape != (dim,):
        raise ValueError(f"the query has shape {query.shape}, the vectors have {dim} dimensions")
    products = np.empty(count if rows is None else len(rows), dtype=np.float32)
    if rows is None:
        _multiply(vectors, query, products)
        return products
    # FAISS also takes the rows' numbers, but waits for a team of threads each time: slow on a busy machine.
    for start in range(0, len(rows), _GATHERED):
        end = start + _GATHERED
        _multiply(np.asarray(vectors[rows[start:end]]), query, products[start:end])
    return products


def _multiply(vectors: NDArray[np.float32], query: NDArray[np.float32], out: NDArray[np.float32]) -> None:
    faiss.fvec_inner_products_ny(
        *(faiss.swig_ptr(array) for array in (out, query, vectors)), vectors.shape[1], len(vectors)
    )


def best(rows: NDArray[np.int64], scores: NDArray[np.float64], k: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The k rows with the highest scores, best first, equal ones in order of rows.

    Examples:
        >>> rows, scores = best(np.array([4, 2, 9, 7]), np.array([0.5, 0.9, 0.5, 0.1]), 2)
        >>> rows.tolist(), scores.tolist()
        ([2, 4], [0.9, 0.5])
    """
    if 0 < k < len(rows):
        border = np.partition(scores, len(scores) - k)[len(scores) - k]
        within = scores >= border
        rows, scores = rows[within], scores[within]
    order = np.lexsort((rows, -scores))[:k]
    return rows[order], scores[order]
