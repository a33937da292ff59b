"""BM25 by bm25s, a peer for speed and an oracle for the scores: computed when indexing, kept as a sparse matrix."""

from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.lexical import Bm25Parameters, TermLists


class Bm25sIndex:
    """A ``LexicalIndex`` by bm25s, in float64 so that its ranking is rank-bm25's.

    Args:
        lists: The term lists of one or more passages.
        parameters: Of BM25+.
    """

    def __init__(self, lists: TermLists, parameters: Bm25Parameters) -> None:
        self._engine = bm25s.BM25(
            method="bm25+", k1=parameters.k1, b=parameters.b, delta=parameters.delta, dtype="float64", int_dtype="int32"
        )
        corpus = [lists.of(passage).tolist() for passage in range(len(lists))]
        vocabulary = {term: number for number, term in enumerate(lists.vocabulary)}
        self._engine.index((corpus, vocabulary), show_progress=False, create_empty_token=False)

    def scores(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """BM25+ scores of all passages, 0 where no term matches; see ``LexicalIndex.scores``."""
        vocabulary = self._engine.vocab_dict
        numbers = [vocabulary[term] for term in terms if term in vocabulary]
        if not numbers:
            return np.zeros(self._engine.scores["num_docs"])
        base = self._engine.nonoccurrence_array[numbers].sum()
        scores: NDArray[np.float64] = self._engine.get_scores_from_ids(numbers) - base
        return scores

    def idf(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """The idf of each term; see ``LexicalIndex.idf``."""
        vocabulary = self._engine.vocab_dict
        unknown = np.log(self._engine.scores["num_docs"] + 1)
        # What bm25s keeps for a passage without the term is delta * idf.
        constants = self._engine.nonoccurrence_array
        return np.array(
            [constants[vocabulary[term]] / self._engine.delta if term in vocabulary else unknown for term in terms],
            dtype=np.float64,
        )
