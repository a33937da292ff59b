"""BM25 by rank-bm25: plain and slow, in memory; the yardstick that the fast index is compared with."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from index.lexical.protocol import Bm25Parameters, TermLists


class RankBm25Index:
    """BM25+ over all passages by rank-bm25.

    Args:
        lists: The term lists of one or more passages.
        parameters: Of BM25+.
    """

    def __init__(self, lists: TermLists, parameters: Bm25Parameters) -> None:
        corpus = [[lists.vocabulary[number] for number in lists.of(passage)] for passage in range(len(lists))]
        self._engine = BM25Plus(corpus, k1=parameters.k1, b=parameters.b, delta=parameters.delta)

    def scores(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """BM25+ scores of all passages, 0 where no term matches; see ``LexicalIndex.scores``."""
        known = [term for term in terms if term in self._engine.idf]
        base = 0.0
        for term in known:  # in the engine's own order, so that the difference is exactly 0
            base += self._engine.idf[term] * self._engine.delta
        scores: NDArray[np.float64] = self._engine.get_scores(known) - base
        return scores

    def idf(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """The idf of each term; see ``LexicalIndex.idf``."""
        unknown = np.log(self._engine.corpus_size + 1)
        return np.array([self._engine.idf.get(term, unknown) for term in terms], dtype=np.float64)
