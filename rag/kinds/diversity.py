"""Choosing what is relevant and says something else than what is chosen already."""

import numpy as np
from numpy.typing import NDArray

_RELEVANCE = 0.7


def diverse(
    relevance: NDArray[np.float64], vectors: NDArray[np.float32], groups: list[str], count: int, per_group: int
) -> list[int]:
    """Maximal marginal relevance: one after the other, what is relevant and unlike what was taken before.

    ``λ · relevance / max(relevance) − (1 − λ) · max(0, cos to what was taken)`` with λ = 0.7 (Carbonell and Goldstein,
    SIGIR 1998), the cosines taken after subtracting the mean vector, since those of sentences on one subject are all
    high.

    Args:
        relevance: ``(n,)``, above 0.
        vectors: ``(n, dim) float32``.
        groups: What each belongs to.
        count: How many to take.
        per_group: How many of one group at most.

    Returns:
        Places in the order in which they were taken; of equals the earlier.

    Examples:
        >>> diverse(np.array([0.9, 0.8, 0.5]), np.eye(3, dtype=np.float32)[[0, 0, 1]], ["a", "b", "c"], 2, 1)
        [0, 2]
    """
    if not len(relevance):
        return []
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    unit = np.divide(centred, lengths, out=np.zeros_like(centred), where=lengths > 0)
    wanted = _RELEVANCE * relevance / relevance.max()
    taken: list[int] = []
    while len(taken) < count:
        full = {group for group in groups if sum(groups[place] == group for place in taken) >= per_group}
        left = [place for place in range(len(groups)) if place not in taken and groups[place] not in full]
        if not left:
            break
        like = np.clip(unit @ unit[taken].T, 0, None).max(axis=1) if taken else np.zeros(len(groups))
        value = wanted - (1 - _RELEVANCE) * like
        taken.append(max(left, key=lambda place: (round(float(value[place]), 9), -place)))
    return taken
