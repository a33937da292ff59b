"""Inner products with vectors on disk, one row after the other, and the best of them."""

import faiss
import numpy as np
from numpy.typing import NDArray


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
    if len(products) == 0:
        return products
    out, x, y = (faiss.swig_ptr(array) for array in (products, query, vectors))
    if rows is None:
        faiss.fvec_inner_products_ny(out, x, y, dim, count)
    else:
        ids = np.ascontiguousarray(rows, dtype=np.int64)
        if ids.min() < 0 or ids.max() >= count:  # FAISS would read past the array
            raise IndexError(f"rows from {ids.min()} to {ids.max()} of {count} vectors")
        faiss.fvec_inner_products_by_idx(out, x, y, faiss.swig_ptr(ids), dim, 1, len(ids))
    return products


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
