"""From the scores of a window's tokens to spans."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_SPAN_TOKENS = 40
_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a window's passage.

    Attributes:
        first: Its first token, counted from the passage's first.
        last: Its last token.
        score: Sum of the scores of its start and its end.
    """

    first: int
    last: int
    score: float


def best_spans(
    starts: NDArray[np.float32], ends: NDArray[np.float32], at_most: int, max_tokens: int = MAX_SPAN_TOKENS
) -> list[Span]:
    """The spans with the highest sums of start and end score, none overlapping a better one.

    The sum is BERT's span score (Devlin et al. 2019, section 4.2).

    Args:
        starts: Scores that a token begins the answer, ``(n_tokens,) float32``.
        ends: Scores that it ends there, likewise.
        at_most: How many spans.
        max_tokens: The longest span.

    Returns:
        The best first; the earlier first where scores are equal.

    Examples:
        >>> best_spans(np.array([0, 3, 1], np.float32), np.array([0, 1, 2], np.float32), 1)
        [Span(first=1, last=2, score=5.0)]
    """
    firsts = np.argsort(-starts, kind="stable")[:_CANDIDATES]
    lasts = np.argsort(-ends, kind="stable")[:_CANDIDATES]
    pairs = [
        Span(int(first), int(last), float(starts[first] + ends[last]))
        for first in firsts
        for last in lasts
        if first <= last < first + max_tokens
    ]
    pairs.sort(key=lambda span: (-span.score, span.first, span.last))
    chosen: list[Span] = []
    for span in pairs:
        if len(chosen) == at_most:
            break
        if all(span.last < other.first or span.first > other.last for other in chosen):
            chosen.append(span)
    return chosen
