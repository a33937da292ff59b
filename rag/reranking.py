"""Orders what the search found by what a reader finds in it."""

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.types import ScoredPassage

if TYPE_CHECKING:
    from rag.reading.protocol import Reranker

RERANK_DEPTH = 20
"""How many passages are ordered anew."""


def reranked(question: str, found: Sequence[ScoredPassage], reranker: "Reranker") -> list[ScoredPassage]:
    """The passages with the first ``RERANK_DEPTH`` ordered anew; those after them stay where they are.

    Args:
        question: As asked.
        found: Best first.
        reranker: Orders.

    Returns:
        The same passages, with ranks from 1 and scores that fall with them.
    """
    head, tail = reranker.rerank(question, found[:RERANK_DEPTH]), found[RERANK_DEPTH:]
    shift = min(0.0, head[-1].score - tail[0].score) if tail else 0.0
    lowered = [dataclasses.replace(hit, score=hit.score + shift) for hit in tail]
    return [dataclasses.replace(hit, rank=rank) for rank, hit in enumerate([*head, *lowered], start=1)]
