"""Scores of passages for a question by late interaction, comparable across languages."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.late.coder import TokenCoder
from index.late.similarity import max_similarities

_SHRINKAGE = 3  # passages of the average of all that are mixed into a language's


class TokenStore(Protocol):
    """What late interaction needs of a store; rows are those of ``index.store.protocol.Store``."""

    @property
    def token_coder(self) -> TokenCoder | None:
        """The coder of its token codes, or None where it keeps none."""
        ...

    @property
    def row_languages(self) -> NDArray[np.int32]:
        """The number of each row's language, ``(n_rows,) int32``."""
        ...

    @property
    def live(self) -> NDArray[np.bool_]:
        """Which rows are of reports that were not removed, ``(n_rows,) bool``."""
        ...

    @property
    def language_samples(self) -> Mapping[int, NDArray[np.int64]]:
        """Some live rows of each language by its number, the same ones every time."""
        ...

    def token_codes(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The token codes of rows one after another, ``(n_tokens, width) uint8``, and how many each has."""
        ...


def late_scores(
    store: TokenStore, tokens: NDArray[np.float32], weights: NDArray[np.float64], rows: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The weighted mean over a question's tokens of their largest similarity to a token of each passage.

    A multilingual model puts tokens of one language nearer together than tokens of one meaning: where the rows are in
    several languages, what the question scores on average on a sample of a language's passages is taken off.
    The average of a language with few passages is drawn towards that of all: one passage would else be compared with
    itself.

    Args:
        store: Keeps token codes.
        tokens: The question's, as the model gives them, ``(m, dim) float32``.
        weights: Of the tokens, ``(m,) float64``, with sum 1.
        rows: The passages, ``(n,) int64``.

    Returns:
        ``(n,) float64``.

    Raises:
        ValueError: The store keeps no token codes.
    """
    coder = store.token_coder
    if coder is None:
        raise ValueError("the index keeps no token codes")
    query = coder.queries(tokens)
    languages = store.row_languages[rows]
    present = np.unique(languages)
    samples = [store.language_samples[int(language)] for language in present] if len(present) > 1 else []
    scores = weights @ max_similarities(query, *store.token_codes(np.concatenate([rows, *samples])))
    result: NDArray[np.float64] = scores[: len(rows)].copy()
    if not samples:
        return result
    ends = len(rows) + np.cumsum([len(sample) for sample in samples])
    means = np.array([part.mean() for part in np.split(scores[len(rows) :], ends[:-1] - len(rows))])
    counts = np.bincount(store.row_languages[store.live])[present]
    overall = means @ counts / counts.sum()
    levels = (counts * means + _SHRINKAGE * overall) / (counts + _SHRINKAGE)
    result -= levels[np.searchsorted(present, languages)]
    return result
