"""The two BM25 engines on the same made-up passages: how fast, and whether they agree."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from index.lexical import Bm25Parameters, Bm25sIndex, LexicalIndex, RankBm25Index, TermLists

_WORDS, _VOCABULARY = 60, 50_000
_QUERIES, _QUERY_WORDS = 20, 6


@dataclass(frozen=True, slots=True)
class LexicalFigures:
    """What the engines took for a query, and on how many queries they agree.

    Attributes:
        passages: How many passages were scored.
        milliseconds: Mean time of a query by engine.
        same_top_ten: Queries on which both give the same ten passages in the same order.
        queries: How many there were.
    """

    passages: int
    milliseconds: dict[str, float]
    same_top_ten: int
    queries: int

    @property
    def ratio(self) -> float:
        """How many times faster bm25s is than rank-bm25."""
        return self.milliseconds["rank-bm25"] / self.milliseconds["bm25s"]


def measure_lexical(passages: int = 20_000) -> LexicalFigures:
    """Time both engines on the same passages and queries, one after the other."""
    lists, queries = made_up(np.random.default_rng(7), passages)
    engines: dict[str, LexicalIndex] = {
        "bm25s": Bm25sIndex.build(lists, Bm25Parameters()),
        "rank-bm25": RankBm25Index(lists, Bm25Parameters()),
    }
    seconds = {name: _time(partial(_score_all, engine, queries)) for name, engine in engines.items()}
    same = sum(
        np.array_equal(_top_ten(engines["bm25s"], query), _top_ten(engines["rank-bm25"], query)) for query in queries
    )
    return LexicalFigures(
        passages, {name: 1000 * taken / len(queries) for name, taken in seconds.items()}, same, len(queries)
    )


def made_up(rng: np.random.Generator, passages: int) -> tuple[TermLists, list[list[str]]]:
    """Passages of terms whose frequencies follow Zipf's law, and queries of their words."""
    terms = np.minimum(rng.zipf(1.2, passages * _WORDS), _VOCABULARY - 1).astype(np.int32)
    offsets = np.arange(passages + 1, dtype=np.int64) * _WORDS
    vocabulary = tuple(f"t{number}" for number in range(_VOCABULARY))
    picks = rng.choice(terms, (_QUERIES, _QUERY_WORDS))
    return TermLists(vocabulary, terms, offsets), [
        list(dict.fromkeys(vocabulary[term] for term in row)) for row in picks
    ]


def _score_all(engine: LexicalIndex, queries: Sequence[Sequence[str]]) -> None:
    for query in queries:
        engine.scores(query)


def _top_ten(engine: LexicalIndex, query: Sequence[str]) -> list[int]:
    ranked: list[int] = np.argsort(-np.round(engine.scores(query), 9), kind="stable")[:10].tolist()
    return ranked


def _time(call: Callable[[], None]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started
