"""One score a passage from the BM25 scores of each term of an expanded question."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.bridges.expansion import Alternative, Expansion

Scores = NDArray[np.float64]


def combine(term_scores: Mapping[str, Scores], expansion: Expansion) -> Scores:
    """The score of every passage for an expanded question.

    The plain terms add up as in BM25. A name counts once, as the best of what is written for it:
    ``max(sum(own), max over alternatives of weight * mean(its terms))``, where an alternative of several terms counts
    only in passages that hold all of them. The mean makes a name of several words weigh as one word.

    Args:
        term_scores: For each of ``expansion.terms`` that the collection has, its BM25 part in every passage,
            ``(n_passages,)``, 0 where the passage has it not. The highest score that the question could reach comes
            from the same function on each term's highest part, ``(1,)``.
        expansion: The question's terms and names.

    Returns:
        ``(n_passages,)``; for an expansion without names, plain BM25. Empty where no term is in ``term_scores``.

    Examples:
        >>> from index.bridges.expansion import Name
        >>> expansion = Expansion(("attack",), (Name(("isis",), (Alternative(("islam", "state"), 0.9),)),))
        >>> parts = {"attack": [1, 1, 0], "isis": [0, 0, 3], "islam": [2, 0, 2], "state": [4, 4, 0]}
        >>> combine({term: np.array(part, float) for term, part in parts.items()}, expansion).round(2).tolist()
        [3.7, 1.0, 3.0]
    """
    passages = len(next(iter(term_scores.values()), ()))
    total = _sum(term_scores, expansion.plain, passages)
    for name in expansion.names:
        best = _sum(term_scores, name.own, passages)
        for alternative in name.alternatives:
            np.maximum(best, _whole(term_scores, alternative, passages), out=best)
        total += best
    return total


def _sum(term_scores: Mapping[str, Scores], terms: tuple[str, ...], passages: int) -> Scores:
    total = np.zeros(passages, dtype=np.float64)
    for term in terms:
        if term in term_scores:
            total += term_scores[term]
    return total


def _whole(term_scores: Mapping[str, Scores], alternative: Alternative, passages: int) -> Scores:
    """The score of an alternative, 0 where one of its terms is missing."""
    if not all(term in term_scores for term in alternative.terms):
        return np.zeros(passages, dtype=np.float64)
    parts = np.stack([term_scores[term] for term in alternative.terms])
    whole: Scores = np.where((parts > 0).all(axis=0), alternative.weight * parts.mean(axis=0), 0.0)
    return whole
