"""Fusing the dense and the lexical list into one."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def convex(dense: Scores, bm25: Scores, bm25_weight: float) -> Scores:
    """Weighted sum of z-scores: ``(1 - w) * z(dense) + w * z(bm25)``.

    A convex combination of normalised scores, as studied by Bruch, Gai and Ingber, "An analysis of fusion functions
    for hybrid retrieval", ACM TOIS 42 (2023).

    Args:
        dense: Inner products of all candidates, ``(n,)``.
        bm25: BM25 scores of the same candidates; 0 where nothing matches.
        bm25_weight: w, from 0 to 1.

    Returns:
        ``(n,)``; a list whose scores are all equal contributes 0.

    Examples:
        >>> convex(np.array([0.9, 0.8]), np.array([0.0, 5.0]), 0.4).round(3).tolist()
        [0.2, -0.2]
    """
    return (1 - bm25_weight) * z_scores(dense) + bm25_weight * z_scores(bm25)


def rrf(dense: Scores, bm25: Scores, rrf_k: int = 60) -> Scores:
    """Reciprocal rank fusion: the sum over the lists of ``1 / (rrf_k + rank)``.

    Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods",
    SIGIR 2009. A candidate that BM25 does not match is not in BM25's list.

    Args:
        dense: Inner products of all candidates, ``(n,)``.
        bm25: BM25 scores of the same candidates; 0 where nothing matches.
        rrf_k: The constant.

    Returns:
        ``(n,)``.

    Examples:
        >>> rrf(np.array([0.9, 0.8]), np.array([0.0, 5.0])).tolist() == [1 / 61, 1 / 62 + 1 / 61]
        True
    """
    return 1 / (rrf_k + ranks(dense)) + np.where(bm25 > 0, 1 / (rrf_k + ranks(bm25)), 0.0)


def share_of_bm25(strength: float, no_match: float, full_match: float) -> float:
    """How much of its weight BM25 earns by its best match.

    Args:
        strength: The highest score found, as a share of the highest that the question could have.
        no_match: Strength up to which BM25 says nothing.
        full_match: Strength from which it counts in full; between the two its share grows in proportion. 0: always.

    Returns:
        From 0 to 1.

    Examples:
        >>> share_of_bm25(0.5, 0.25, 0.75), share_of_bm25(0.1, 0.15, 0.35), share_of_bm25(0.1, 0, 0)
        (0.5, 0.0, 1.0)
    """
    return min(1.0, max(0.0, strength - no_match) / (full_match - no_match)) if full_match else 1.0


def with_late(late: Scores, dense: Scores, bm25: Scores | None, late_share: float, bm25_weight: float) -> Scores:
    """``(1 - w) * (s * z(late) + (1 - s) * z(dense)) + w * z(bm25)``: a convex combination of three lists.

    Args:
        late: Scores by late interaction, ``(n,)``.
        dense: Inner products of the same candidates.
        bm25: BM25 scores of the same candidates, or None to do without.
        late_share: s, from 0 to 1.
        bm25_weight: w, from 0 to 1.

    Returns:
        ``(n,)``.

    Examples:
        >>> one = np.array([1.0, 0.0])
        >>> with_late(one, one, np.array([0.0, 2.0]), 0.8, 0.3).round(2).tolist()
        [0.4, -0.4]
    """
    meaning = late_share * z_scores(late) + (1 - late_share) * z_scores(dense)
    return meaning if bm25 is None else (1 - bm25_weight) * meaning + bm25_weight * z_scores(bm25)


def z_scores(scores: Scores) -> Scores:
    """Scores less their mean, over their standard deviation; all 0 where they do not differ."""
    deviation = float(scores.std()) if len(scores) else 0.0
    return (scores - scores.mean()) / deviation if deviation > 1e-12 else np.zeros(len(scores))


def ranks(scores: Scores) -> NDArray[np.int64]:
    """1-based ranks, the highest score first; equal scores (to 9 decimals) in order of place.

    Examples:
        >>> ranks(np.array([0.2, 0.9, 0.2])).tolist()
        [2, 1, 3]
    """
    order = np.argsort(-np.round(scores, 9), kind="stable")
    result = np.empty(len(scores), dtype=np.int64)
    result[order] = np.arange(1, len(scores) + 1)
    return result


FUSIONS: dict[str, Callable[[Scores, Scores, float], Scores]] = {
    "convex": convex,
    "rrf": lambda dense, bm25, _: rrf(dense, bm25),
}
