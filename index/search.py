"""Hybrid search: the nearest vectors and the best BM25 scores, fused, the best of them ranked again by their tokens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding.protocol import Embedder, TokenEmbedder, TokenVectors
from index.fusion import FUSIONS, share_of_bm25, with_late
from index.late import late_scores, token_weights
from index.lexical_list import LexicalList, NameBridges, lexical_list
from index.store.protocol import Store
from index.text.analysis import Analyzer
from index.types import Filters, ListScore, ScoredPassage

LEXICAL_ENGINES = ("bm25", "rank-bm25", "off")
_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How a search works.

    Attributes:
        lexical: "bm25", "rank-bm25" (slow; the same ranking) or "off".
        dense: Whether vectors are searched.
        fusion: "convex" or "rrf".
        bm25_weight: Weight of BM25 in the convex combination, from 0 to 1, for a question whose words the reports have.
        no_match: Share of the highest score possible up to which BM25's best passage says nothing: its weight is 0.
        full_match: Share from which BM25 has its full weight. Between the two the weight grows in proportion, so that a
            question in another language is left to the vectors. 0: always in full.
        centred: Whether inner products are compared within each language; see ``Snapshot.language_offsets``.
        depth: How many candidates each list gives to the fusion.
        late: Whether the best candidates are ranked again by late interaction, where the index keeps token codes.
        late_depth: How many candidates of each list are.
        late_share: Weight of late interaction against the inner product, from 0 to 1.
        late_bm25_weight: ``bm25_weight`` there.
        late_no_match: ``no_match`` there.
        late_full_match: ``full_match`` there.
        aliases: Whether a name in the question stands for its other names, too.
        transliteration: Whether a name stands for terms in other scripts that sound like it.
    """

    lexical: str = "bm25"
    dense: bool = True
    fusion: str = "convex"
    bm25_weight: float = 0.5
    no_match: float = 0.1
    full_match: float = 0.25
    centred: bool = True
    depth: int = 200
    late: bool = True
    late_depth: int = 60
    late_share: float = 0.8
    late_bm25_weight: float = 0.3
    late_no_match: float = 0.15
    late_full_match: float = 0.35
    aliases: bool = True
    transliteration: bool = True

    def __post_init__(self) -> None:
        if self.lexical not in LEXICAL_ENGINES:
            raise ValueError(f"unknown lexical engine {self.lexical!r}; choose from {', '.join(LEXICAL_ENGINES)}")
        if self.fusion not in FUSIONS:
            raise ValueError(f"unknown fusion {self.fusion!r}; choose from {', '.join(FUSIONS)}")
        if not self.dense and self.lexical == "off":
            raise ValueError("dense and lexical search are both off; leave one on")
        for name in ("bm25_weight", "full_match", "late_share", "late_bm25_weight", "late_full_match"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is {getattr(self, name)}; it must be from 0 to 1")
        for nothing, full in (("no_match", "full_match"), ("late_no_match", "late_full_match")):
            if getattr(self, full) and not 0 <= getattr(self, nothing) < getattr(self, full):
                raise ValueError(f"{nothing} is {getattr(self, nothing)}; it must be from 0 to below {full}")
        for name in ("depth", "late_depth"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}; it must be at least 1")


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
        lexical = self._lexical_list(question, depth, allowed)
        query, tokens = self._embedded(question)
        nearest = self._nearest(query, depth, allowed)
        candidates = np.union1d(lexical.rows, nearest)
        if len(candidates) == 0:
            return []
        dense, comparable = self._dense_scores(query, candidates)
        bm25 = lexical.scores_at(candidates) if lexical.searched else None
        scores = self._fuse(comparable, bm25, lexical.strength)
        late = np.full(len(candidates), np.nan)
        if tokens is not None and comparable is not None:
            best = np.union1d(lexical.rows[: self.settings.late_depth], nearest[: self.settings.late_depth])
            chosen = np.searchsorted(candidates, best)
            late[chosen] = self._late_scores(question, tokens, best)
            above = with_late(
                late[chosen],
                comparable[chosen],
                None if bm25 is None else bm25[chosen],
                self.settings.late_share,
                self.settings.late_bm25_weight * self._late_share_of_bm25(lexical.strength),
            )
            scores = _above_the_rest(scores, chosen, above)
        order = np.argsort(-np.round(scores, 9), kind="stable")[:k]
        found = self.snapshot.passages(candidates[order].tolist())
        by_tokens = candidates[np.argsort(-np.nan_to_num(late, nan=-np.inf), kind="stable")]
        return [
            ScoredPassage(
                passage=passage,
                document=document,
                rank=rank,
                score=float(scores[place]),
                dense=_view(candidates[place], nearest, dense, place),
                bm25=_view(candidates[place], lexical.rows, bm25, place),
                late=None if np.isnan(late[place]) else _view(candidates[place], by_tokens, late, place),
                bridged=lexical.used,
            )
            for rank, (place, (document, passage)) in enumerate(zip(order, found, strict=True), start=1)
        ]

    def _lexical_list(self, question: str, depth: int, allowed: NDArray[np.bool_]) -> LexicalList:
        if self.settings.lexical == "off":
            return LexicalList.off()
        bridges = NameBridges(self.snapshot, self.settings.aliases, self.settings.transliteration)
        return lexical_list(self.snapshot, self.analyzer, question, self.settings.lexical, bridges, depth, allowed)

    def _embedded(self, question: str) -> tuple[NDArray[np.float32] | None, TokenVectors | None]:
        """The question's vector, where vectors are searched, and its tokens, where the index keeps token codes."""
        if not self.settings.dense:
            return None, None
        if self.settings.late and self.snapshot.token_coder is not None and isinstance(self.embedder, TokenEmbedder):
            query, tokens = self.embedder.embed_query_with_tokens(question)
            return query, tokens if len(tokens.vectors) else None
        vector: NDArray[np.float32] = self.embedder.embed_queries([question])[0]
        return vector, None

    def _nearest(self, query: NDArray[np.float32] | None, depth: int, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
        if query is None:
            return np.zeros(0, dtype=np.int64)
        return self.snapshot.nearest(query, depth, allowed, self.settings.centred)[0]

    def _late_scores(self, question: str, tokens: TokenVectors, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        weights = token_weights(question, tokens.offsets, self._rarity)
        return late_scores(self.snapshot, tokens.vectors, weights, rows)

    def _rarity(self, words: Sequence[str]) -> NDArray[np.float64]:
        """The idf of each word: of its rarest term."""
        langs = tuple(self.snapshot.contents.langs)
        terms = [self.analyzer.query_terms(word, langs) for word in words]
        flat = [term for ones in terms for term in ones]
        weights = iter(self.snapshot.term_weights(flat).tolist())
        return np.array([max([next(weights) for _ in ones], default=0.0) for ones in terms], dtype=np.float64)

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
        share = share_of_bm25(strength, self.settings.no_match, self.settings.full_match)
        return FUSIONS[self.settings.fusion](dense, bm25, self.settings.bm25_weight * share)

    def _late_share_of_bm25(self, strength: float) -> float:
        return share_of_bm25(strength, self.settings.late_no_match, self.settings.late_full_match)


def _above_the_rest(
    scores: NDArray[np.float64], chosen: NDArray[np.int64], above: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The scores of chosen candidates replaced, and those of all others moved below them, in their own order."""
    rest = np.setdiff1d(np.arange(len(scores)), chosen)
    moved = scores.copy()
    if len(rest):
        moved[rest] += above.min() - scores[rest].max() - 1e-6
    moved[chosen] = above
    return moved


def _view(row: np.int64, best: NDArray[np.int64], scores: NDArray[np.float64] | None, place: int) -> ListScore | None:
    if scores is None:
        return None
    ranks = np.flatnonzero(best == row)
    return ListScore(int(ranks[0]) + 1 if len(ranks) else None, float(scores[place]))
