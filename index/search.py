"""Hybrid search: the nearest vectors and the best BM25 scores, fused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding.protocol import Embedder
from index.fusion import FUSIONS
from index.lexical import Bm25Parameters
from index.store.protocol import Store
from index.text.analysis import Analyzer
from index.types import Filters, ListScore, ScoredPassage

LEXICAL_ENGINES = ("bm25s", "rank-bm25", "off")
_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How a search works.

    Attributes:
        lexical: "bm25s", "rank-bm25" (slow; the same ranking) or "off".
        dense: Whether vectors are searched.
        fusion: "convex" or "rrf".
        bm25_weight: Weight of BM25 in the convex combination, from 0 to 1, for a question whose words the reports have.
        no_match: Share of the highest score possible up to which BM25's best passage says nothing: its weight is 0.
        full_match: Share from which BM25 has its full weight. Between the two the weight grows in proportion, so that a
            question in another language is left to the vectors. 0: always in full.
        centred: Whether inner products are compared within each language; see ``Snapshot.language_offsets``.
        depth: How many candidates each list gives to the fusion.
    """

    lexical: str = "bm25s"
    dense: bool = True
    fusion: str = "convex"
    bm25_weight: float = 0.5
    no_match: float = 0.1
    full_match: float = 0.25
    centred: bool = True
    depth: int = 200

    def __post_init__(self) -> None:
        if self.lexical not in LEXICAL_ENGINES:
            raise ValueError(f"unknown lexical engine {self.lexical!r}; choose from {', '.join(LEXICAL_ENGINES)}")
        if self.fusion not in FUSIONS:
            raise ValueError(f"unknown fusion {self.fusion!r}; choose from {', '.join(FUSIONS)}")
        if not self.dense and self.lexical == "off":
            raise ValueError("dense and lexical search are both off; leave one on")
        if not 0 <= self.bm25_weight <= 1:
            raise ValueError(f"bm25_weight is {self.bm25_weight}; it must be from 0 to 1")
        if not 0 <= self.full_match <= 1:
            raise ValueError(f"full_match is {self.full_match}; it must be from 0 to 1")
        if self.full_match and not 0 <= self.no_match < self.full_match:
            raise ValueError(f"no_match is {self.no_match}; it must be from 0 to below full_match")
        if self.depth < 1:
            raise ValueError(f"depth is {self.depth}; it must be at least 1")


class Retriever(Protocol):
    """Finds passages for a question."""

    def search(self, question: str, k: int, filters: Filters = _NO_FILTERS) -> list[ScoredPassage]:
        """The best passages for a question, best first."""
        ...


@dataclass(frozen=True, slots=True)
class HybridRetriever:
    """Searches a store with vectors and BM25.

    Attributes:
        snapshot: The index.
        embedder: The model it was built with.
        analyzer: The analyzer it was built with.
        settings: How to search.
    """

    snapshot: Store
    embedder: Embedder
    analyzer: Analyzer
    settings: SearchSettings = field(default_factory=SearchSettings)

    def search(self, question: str, k: int, filters: Filters = _NO_FILTERS) -> list[ScoredPassage]:
        """The best passages for a question among those the filters allow.

        Args:
            question: In any language.
            k: How many; fewer come back only where fewer passages pass the filters, or where dense search is off and
                fewer match.
            filters: What may be found; applied before ranking.

        Returns:
            Best first; equal scores in order of rows.

        Raises:
            ValueError: The question is empty, or k is below 1.
        """
        if not question.strip():
            raise ValueError("the question is empty; ask something")
        if k < 1:
            raise ValueError(f"k is {k}; ask for at least 1 passage")
        allowed = self.snapshot.allowed(filters)
        depth = max(self.settings.depth, k)
        lexical, strength = self._lexical_scores(question, allowed)
        best_lexical = _top(lexical, depth) if lexical is not None else np.zeros(0, dtype=np.int64)
        query, best_dense = self._dense_list(question, depth, allowed)
        candidates = np.union1d(best_lexical, best_dense)
        if len(candidates) == 0:
            return []
        dense_scores, comparable = self._dense_scores(query, candidates)
        fused = self._fuse(comparable, lexical[candidates] if lexical is not None else None, strength)
        order = np.argsort(-np.round(fused, 9), kind="stable")[:k]
        chosen = candidates[order]
        found = self.snapshot.passages(chosen.tolist())
        return [
            ScoredPassage(
                passage=passage,
                document=document,
                rank=rank,
                score=float(fused[place]),
                dense=_view(row, best_dense, dense_scores, place),
                bm25=_view(row, best_lexical, None if lexical is None else lexical[candidates], place),
            )
            for rank, (place, row, (document, passage)) in enumerate(zip(order, chosen, found, strict=True), start=1)
        ]

    def _lexical_scores(self, question: str, allowed: NDArray[np.bool_]) -> tuple[NDArray[np.float64] | None, float]:
        """BM25 scores of all rows, and the best of them as a share of the highest that the question could give."""
        if self.settings.lexical == "off":
            return None, 0.0
        terms = self.analyzer.query_terms(question, tuple(self.snapshot.contents.langs))
        scores = np.where(allowed, self.snapshot.lexical_scores(terms, self.settings.lexical), 0.0)
        highest = (Bm25Parameters().k1 + 1) * float(self.snapshot.term_weights(terms).sum())
        return scores, float(scores.max(initial=0.0)) / highest if highest else 0.0

    def _dense_list(
        self, question: str, depth: int, allowed: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float32] | None, NDArray[np.int64]]:
        if not self.settings.dense:
            return None, np.zeros(0, dtype=np.int64)
        query: NDArray[np.float32] = self.embedder.embed_queries([question])[0]
        rows, _ = self.snapshot.nearest(query, depth, allowed, self.settings.centred)
        return query, rows

    def _dense_scores(
        self, query: NDArray[np.float32] | None, rows: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64] | None, NDArray[np.float64] | None]:
        """Inner products of rows with a query, and the same made comparable across languages."""
        if query is None:
            return None, None
        # In float64: the last digits of a float32 product change with the place of a row, and would tell ties apart.
        products = self.snapshot.vectors(rows).astype(np.float64) @ query.astype(np.float64)
        if not self.settings.centred:
            return products, products
        levels = self.snapshot.language_offsets(query)
        return products, products - levels[self.snapshot.row_languages[rows]]

    def _fuse(
        self, dense: NDArray[np.float64] | None, bm25: NDArray[np.float64] | None, strength: float
    ) -> NDArray[np.float64]:
        if dense is None or bm25 is None:
            only = dense if dense is not None else bm25
            if only is None:
                raise ValueError("nothing to fuse")
            return only
        weight = self.settings.bm25_weight * self._share(strength)
        return FUSIONS[self.settings.fusion](dense, bm25, weight)

    def _share(self, strength: float) -> float:
        """How much of BM25's weight a best match of this strength earns."""
        nothing, full = self.settings.no_match, self.settings.full_match
        return min(1.0, max(0.0, strength - nothing) / (full - nothing)) if full else 1.0


def _top(scores: NDArray[np.float64], depth: int) -> NDArray[np.int64]:
    """The rows with the highest scores above 0, best first, equal ones in order of rows."""
    matching = np.flatnonzero(scores > 0)
    if len(matching) > depth:
        border = np.partition(scores[matching], len(matching) - depth)[len(matching) - depth]
        matching = matching[scores[matching] >= border]
    order = np.lexsort((matching, -np.round(scores[matching], 9)))
    return matching[order][:depth]


def _view(
    row: int, best: NDArray[np.int64], scores: Sequence[float] | NDArray[np.floating] | None, place: int
) -> ListScore | None:
    if scores is None:
        return None
    ranks = np.flatnonzero(best == row)
    return ListScore(int(ranks[0]) + 1 if len(ranks) else None, float(scores[place]))
