"""Our BM25, bm25s and rank-bm25 on the same made-up passages: how fast, and whether they agree."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from eval.bench.bm25s_engine import Bm25sIndex
from index.lexical import Bm25Parameters, LexicalIndex, RankBm25Index, SegmentedBm25, TermLists, invert

OWN, PLAIN, PEER = "mustanad", "rank-bm25", "bm25s"
_WORDS, _VOCABULARY = 60, 50_000
_ROUND, _ROUNDS, _QUERY_WORDS = 20, 4, 6
_K = 10

Best = Callable[[Sequence[str]], NDArray[np.int64]]
"""Finds the rows of the best passages for a question's terms."""


@dataclass(frozen=True, slots=True)
class LexicalFigures:
    """What the engines took for a query, and on how many queries they agree.

    Attributes:
        passages: How many passages were searched.
        milliseconds: Mean time to the ten best passages of a query, by engine.
        same_top_ten: Queries on which all give the same ten passages in the same order.
        queries: How many there were.
    """

    passages: int
    milliseconds: dict[str, float]
    same_top_ten: int
    queries: int

    @property
    def ratio(self) -> float:
        """How many times more queries a second we answer than rank-bm25."""
        return self.milliseconds[PLAIN] / self.milliseconds[OWN]


def measure_lexical(passages: int = 50_000) -> LexicalFigures:
    """Time the engines on the same passages and queries.

    The engines take turns at rounds of queries, so that all meet the same load of the machine. No query comes twice;
    the first round warms up and is not timed.
    """
    lists, queries = made_up(np.random.default_rng(7), passages)
    every = np.ones(passages, dtype=np.bool_)
    engines: dict[str, Best] = {
        OWN: partial(_best_of_own, SegmentedBm25([invert(lists)], [every]), every),
        PEER: partial(_best_of_all, Bm25sIndex(lists, Bm25Parameters())),
        PLAIN: partial(_best_of_all, RankBm25Index(lists, Bm25Parameters())),
    }
    seconds = dict.fromkeys(engines, 0.0)
    found: dict[str, list[list[int]]] = {name: [] for name in engines}
    for number in range(_ROUNDS + 1):
        for name, best in engines.items():
            started = time.perf_counter()
            rows = [best(query) for query in queries[number * _ROUND : (number + 1) * _ROUND]]
            if number:
                seconds[name] += time.perf_counter() - started
                found[name].extend(row.tolist() for row in rows)
    timed = _ROUNDS * _ROUND
    same = sum(len({tuple(rows) for rows in answers}) == 1 for answers in zip(*found.values(), strict=True))
    return LexicalFigures(passages, {name: 1000 * taken / timed for name, taken in seconds.items()}, same, timed)


def made_up(rng: np.random.Generator, passages: int) -> tuple[TermLists, list[list[str]]]:
    """Passages of terms whose frequencies follow Zipf's law, and queries of their words."""
    terms = np.minimum(rng.zipf(1.2, passages * _WORDS), _VOCABULARY - 1).astype(np.int32)
    offsets = np.arange(passages + 1, dtype=np.int64) * _WORDS
    vocabulary = tuple(f"t{number}" for number in range(_VOCABULARY))
    picks = rng.choice(terms, ((_ROUNDS + 1) * _ROUND, _QUERY_WORDS))
    return TermLists(vocabulary, terms, offsets), [
        list(dict.fromkeys(vocabulary[term] for term in row)) for row in picks
    ]


def _best_of_own(engine: SegmentedBm25, allowed: NDArray[np.bool_], query: Sequence[str]) -> NDArray[np.int64]:
    rows, _ = engine.best(query, _K, allowed)
    return rows


def _best_of_all(engine: LexicalIndex, query: Sequence[str]) -> NDArray[np.int64]:
    """The best by an engine that scores all passages; a selection, as sorting all would cost more than the scores."""
    scores = engine.scores(query)
    k = min(_K, len(scores))
    border = np.partition(scores, len(scores) - k)[len(scores) - k]
    rows = np.flatnonzero((scores > 0) & (scores >= border - 1e-9))
    return rows[np.lexsort((rows, -np.round(scores[rows], 9)))][:k]
