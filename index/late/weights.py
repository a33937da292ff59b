"""How much each token of a question counts."""

from collections.abc import Callable, Sequence

import numpy as np
import regex
from numpy.typing import NDArray

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*")


def token_weights(
    question: str, offsets: NDArray[np.int32], rarity: Callable[[Sequence[str]], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """The weight of each token: how rare the word is that it belongs to, so that "Apopa" counts for more than "who".

    Args:
        question: The question.
        offsets: Where its tokens lie in it, ``(m, 2) int32`` of [start, end).
        rarity: The idf of each of some words.

    Returns:
        ``(m,) float64`` that sum to 1; a token in no word (punctuation) has 0, unless no token is in one.
    """
    spans = [match.span() for match in _WORD.finditer(question)]
    rarities = rarity([question[start:end] for start, end in spans])
    weights = np.zeros(len(offsets))
    for number, (start, end) in enumerate(offsets.tolist()):
        inside = [
            float(value) for (first, last), value in zip(spans, rarities, strict=True) if first < end and start < last
        ]
        weights[number] = max(inside, default=0.0)
    total = weights.sum()
    return weights / total if total > 0 else np.full(len(offsets), 1 / max(1, len(offsets)))
