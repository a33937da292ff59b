"""The passages that BM25 finds for a question, its names bridged to other scripts and languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.bridges import Expansion, combine, expand, load_aliases, own_aliases
from index.lexical import Bm25Parameters
from index.store.protocol import Store
from index.text.analysis import Analyzer
from index.types import Bridged

Rows = NDArray[np.int64]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NameBridges:
    """Where the other names of what a question names come from.

    Attributes:
        store: Knows the collection's terms and how they sound.
        aliases: Whether the lists of aliases are used: the one that ships with the project, and the user's own.
        transliteration: Whether names are compared by their sound.
    """

    store: Store
    aliases: bool
    transliteration: bool

    def expansion(self, question: str, analyzer: Analyzer) -> Expansion:
        """The terms of a question with what its names also stand for.

        Raises:
            AliasFileError: The user's own list cannot be read.
        """
        return expand(
            question,
            analyzer,
            tuple(self.store.contents.langs),
            self.store.vocabulary,
            load_aliases(own_aliases(self.store.root)) if self.aliases else None,
            self.store.skeletons if self.transliteration else None,
        )


@dataclass(frozen=True, slots=True)
class LexicalList:
    """What BM25 says of a question.

    Attributes:
        rows: The best rows that match it, best first, equal ones in order of rows, ``(n,) int64``.
        scores_at: The scores of any rows; 0 where nothing matches.
        strength: The highest score, as a share of the highest that the question could have.
        used: What its names also stood for.
        searched: False where BM25 is off.
    """

    rows: Rows
    scores_at: Callable[[Rows], Scores]
    strength: float
    used: tuple[Bridged, ...] = ()
    searched: bool = True

    @classmethod
    def off(cls) -> "LexicalList":
        """The list of a search without BM25."""
        return cls(np.zeros(0, dtype=np.int64), lambda rows: np.zeros(len(rows)), 0.0, searched=False)


def lexical_list(
    store: Store,
    analyzer: Analyzer,
    question: str,
    engine: str,
    bridges: NameBridges,
    depth: int,
    allowed: NDArray[np.bool_],
) -> LexicalList:
    """The passages with the highest BM25 scores.

    Args:
        store: The collection.
        analyzer: Of its terms.
        question: In any language.
        engine: A key of ``LEXICAL_ENGINES`` but "off".
        bridges: Gives the other names.
        depth: How many rows at most.
        allowed: Rows that may be found, ``(n_rows,) bool``.

    Returns:
        The list.
    """
    expansion = bridges.expansion(question, analyzer)
    highest = _highest(store, expansion)
    if not expansion.names and engine != "rank-bm25":
        # Without names the scores are plain BM25, which finds the best rows without looking at all of them.
        rows, scores = store.lexical_best(expansion.plain, depth, allowed)
        best = float(scores[0]) if len(scores) else 0.0
        return LexicalList(
            rows, lambda wanted: store.lexical_scores_at(expansion.plain, wanted), best / highest if highest else 0.0
        )
    every = np.where(allowed, _scores(store, expansion, engine), 0.0)
    return LexicalList(
        best_rows(every, depth),
        lambda wanted: every[wanted],
        float(every.max(initial=0.0)) / (highest or 1.0),
        expansion.used,
    )


def best_rows(scores: Scores, depth: int) -> Rows:
    """The rows with the highest scores above 0, best first, equal ones (to 9 decimals) in order of rows."""
    matching = np.flatnonzero(scores > 0)
    rounded = np.round(scores[matching], 9)
    if len(matching) > depth:
        enough = rounded >= np.partition(rounded, len(matching) - depth)[len(matching) - depth]
        matching, rounded = matching[enough], rounded[enough]
    return matching[np.lexsort((matching, -rounded))][:depth]


def _scores(store: Store, expansion: Expansion, engine: str) -> Scores:
    """BM25 scores of all rows for an expanded question."""
    if not expansion.names:
        return store.lexical_scores(expansion.plain, engine)
    known = [term for term in expansion.terms if term in store.vocabulary]
    parts = {term: store.lexical_scores([term], engine) for term in known}
    return combine(parts, expansion) if parts else store.lexical_scores([], engine)


def _highest(store: Store, expansion: Expansion) -> float:
    """The highest score that a question could have: of each plain term, and of each name in its best form."""
    factor = Bm25Parameters().k1 + 1
    plain = _weights(store, expansion.plain).sum()
    named = [
        term for name in expansion.names for one in (name.own, *(a.terms for a in name.alternatives)) for term in one
    ]
    known = [term for term in dict.fromkeys(named) if term in store.vocabulary]
    parts = {term: np.array([weight]) for term, weight in zip(known, _weights(store, known).tolist(), strict=True)}
    names = combine(parts, Expansion((), expansion.names))
    return factor * float(plain + names.sum())


def _weights(store: Store, terms: Sequence[str]) -> Scores:
    return store.term_weights(terms)
