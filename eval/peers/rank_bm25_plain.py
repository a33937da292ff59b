"""BM25 by rank-bm25 as its tutorials have it: lower-cased words, no stemming, no stop words, no vectors."""

import re

import numpy as np
from rank_bm25 import BM25Okapi

from eval.peers.collection import Collection
from eval.peers.passage_engine import PassageEngine, ScoredRow

_WORD = re.compile(r"\w+")


def build(collection: Collection) -> PassageEngine:
    """Index a collection's passages.

    Args:
        collection: Its vectors are not used.

    Returns:
        An engine whose result is that of ``BM25Okapi.get_top_n``, passages that no word matches included.
    """
    engine = BM25Okapi([tokens(text) for text in collection.texts])

    def rank(question: str, k: int) -> list[ScoredRow]:
        scores = engine.get_scores(tokens(question))
        best = np.argsort(scores)[::-1][:k]  # as get_top_n does, equal scores included
        return [ScoredRow(int(row), float(scores[row])) for row in best]

    return PassageEngine(collection, rank)


def tokens(text: str) -> list[str]:
    r"""Lower-cased runs of word characters.

    Examples:
        >>> tokens("Who blew up the bridge?")
        ['who', 'blew', 'up', 'the', 'bridge']
    """
    return _WORD.findall(text.lower())
