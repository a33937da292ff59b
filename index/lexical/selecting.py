"""The best of many scores without sorting them."""

import numpy as np
from numpy.typing import NDArray

ROUNDING = 1e-9  # scores nearer than this are equal: the order of a sum changes its last digits
_STRIDE = 64

Rows = NDArray[np.int64]
Scores = NDArray[np.float64]


def kth_best(scores: Scores, k: int) -> float:
    """The k-th highest of some scores, ``(n,)``, or 0 where there are fewer.

    Examples:
        >>> kth_best(np.array([3.0, 1.0, 2.0]), 2)
        2.0
    """
    return float(np.partition(scores, len(scores) - k)[len(scores) - k]) if len(scores) >= k else 0.0


def kth_best_or_less(scores: Scores, k: int) -> float:
    """A number no greater than the k-th best of some scores, ``(n,)``, found without looking at them one by one.

    Of many scores, one in every stride is compared with those of the same place in the other strides: k of the maxima
    are k scores, so that the k-th best score is no less than the k-th best maximum.

    Examples:
        >>> kth_best_or_less(np.array([3.0, 1.0, 2.0]), 2)
        2.0
    """
    if len(scores) <= 4 * _STRIDE * k:
        return kth_best(scores, k)
    parts = scores[: len(scores) // _STRIDE * _STRIDE].reshape(_STRIDE, -1)
    return kth_best(parts.max(axis=0), k)


def leading(rows: Rows | None, scores: Scores, k: int) -> tuple[Rows, Scores]:
    """The k rows with the highest scores above 0, and those that equal the last of them, in any order.

    Args:
        rows: The rows, ``(n,)``; None for those from 0 on.
        scores: Of each.
        k: How many.

    Returns:
        Rows and scores.

    Examples:
        >>> leading(None, np.array([0.0, 3.0, 1.0, 3.0, 2.0]), 2)
        (array([1, 3]), array([3., 3.]))
    """
    border = kth_best_or_less(scores, k)
    kept = np.flatnonzero(scores >= border - ROUNDING) if border > 0 else np.flatnonzero(scores > 0)
    values = scores[kept]
    chosen = values >= max(kth_best(values, k) - ROUNDING, np.nextafter(0, 1))
    kept = kept[chosen]
    return kept if rows is None else rows[kept], values[chosen]


def ranked(rows: Rows, scores: Scores, k: int) -> tuple[Rows, Scores]:
    """The k best of rows, best first, equal ones in order of rows.

    Examples:
        >>> ranked(np.array([7, 2, 5]), np.array([1.0, 1.0, 2.0]), 2)
        (array([5, 2]), array([2., 1.]))
    """
    order = np.lexsort((rows, -np.round(scores, 9)))[:k]
    return rows[order], scores[order]
