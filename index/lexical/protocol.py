"""What a lexical index offers the search, and the term lists it is built from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class TermLists:
    """The terms of every passage, as numbers.

    Attributes:
        vocabulary: The distinct terms; a term's number is its place.
        terms: All passages' term numbers one after another, ``(n_terms,) int32``.
        offsets: Passage i holds ``terms[offsets[i]:offsets[i + 1]]``, ``(n_passages + 1,) int64``.
    """

    vocabulary: tuple[str, ...]
    terms: NDArray[np.int32]
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def of(self, passage: int) -> NDArray[np.int32]:
        """The term numbers of one passage, in order, with repetitions."""
        return self.terms[self.offsets[passage] : self.offsets[passage + 1]]


class LexicalIndex(Protocol):
    """Scores all passages for the terms of a question."""

    def scores(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """BM25+ scores of all passages.

        Args:
            terms: Distinct terms of the question; those no passage has are ignored.

        Returns:
            ``(n_passages,) float64``; 0 exactly where no term matches, above 0 where one does.
        """
        ...

    def idf(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """``log((n_passages + 1) / df)`` of each term; a term that no passage has counts as if one had it."""
        ...


@dataclass(frozen=True, slots=True)
class Bm25Parameters:
    r"""Parameters of BM25+ (Lv and Zhai, "Lower-bounding term frequency normalization", CIKM 2011).

    A passage d scores, summed over the terms t of the question it contains,
    ``log((n + 1) / df(t)) * (k1 + 1) * tf / (k1 * (1 - b + b * len(d) / avg_len) + tf)`` plus
    ``delta * log((n + 1) / df(t))``. The formula gives the second part to every passage, matching or not; since it is
    then the same for all, it is left out, so that a score of 0 means that nothing matches.

    Attributes:
        k1: Saturation of the term frequency.
        b: Weight of the passage's length, from 0 to 1.
        delta: Lower bound of a term's weight; it cancels out of the scores as they are given here.
    """

    k1: float = 1.5
    b: float = 0.75
    delta: float = 1.0
