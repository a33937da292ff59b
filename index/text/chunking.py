"""Cutting a document into passages of whole sentences that fit the embedding model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.text.sentences import Span, sentence_spans, trim
from index.types import Document, Passage

TokenOffsets = Callable[[str], NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class Chunking:
    """How long passages are.

    Attributes:
        max_tokens: Most tokens of the embedding model in a passage.
        overlap_tokens: Most tokens of whole sentences repeated from the end of one passage at the start of the next.
    """

    max_tokens: int = 256
    overlap_tokens: int = 48

    def __post_init__(self) -> None:
        if self.max_tokens < 16:
            raise ValueError(f"max_tokens is {self.max_tokens}; a passage needs at least 16 tokens")
        if not 0 <= self.overlap_tokens < self.max_tokens:
            raise ValueError(f"overlap_tokens is {self.overlap_tokens}; it must be from 0 to below max_tokens")


def chunk(document: Document, chunking: Chunking, token_offsets: TokenOffsets) -> list[Passage]:
    """The passages of a document.

    Sentences are packed in order until the next one would exceed the budget. A sentence that exceeds it alone is cut
    between words, or inside a word where there is no white space to cut at.

    Args:
        document: The report.
        chunking: Budget and overlap.
        token_offsets: Text to the ``(n_tokens, 2)`` offsets of its tokens, as the embedding model counts them.

    Returns:
        Passages in document order; each ``text == document.text[start:end]``. Every character that is not white space
        lies in at least one.
    """
    text = document.text
    starts = token_offsets(text)[:, 0].astype(np.int64)  # of the type that is searched for, else each search copies it
    pieces: list[Span] = []
    for span in sentence_spans(text, document.lang):
        pieces.extend(_fit(text, span, starts, chunking.max_tokens))
    counts = [_tokens_in(starts, piece) for piece in pieces]
    return [
        Passage(f"{document.doc_id}#{number}", document.doc_id, start, end, text[start:end])
        for number, (start, end) in enumerate(_pack(pieces, counts, chunking))
    ]


def _pack(pieces: Sequence[Span], counts: Sequence[int], chunking: Chunking) -> list[Span]:
    """Spans of consecutive pieces, each within the budget, overlapping by whole pieces."""
    spans: list[Span] = []
    first = 0
    while first < len(pieces):
        last, total = first, counts[first]
        while last + 1 < len(pieces) and total + counts[last + 1] <= chunking.max_tokens:
            last += 1
            total += counts[last]
        spans.append((pieces[first][0], pieces[last][1]))
        if last + 1 == len(pieces):
            break
        first = _overlap_start(counts, first, last, chunking)
    return spans


def _overlap_start(counts: Sequence[int], first: int, last: int, chunking: Chunking) -> int:
    """The piece at which the passage after ``first..last`` begins: the overlap must leave room for a new piece."""
    room = min(chunking.overlap_tokens, chunking.max_tokens - counts[last + 1])
    start, total = last + 1, 0
    while start - 1 > first and total + counts[start - 1] <= room:
        start -= 1
        total += counts[start]
    return start


def _tokens_in(starts: NDArray[np.int64], span: Span) -> int:
    left, right = np.searchsorted(starts, span)
    return int(right - left)


def _fit(text: str, span: Span, starts: NDArray[np.int64], max_tokens: int) -> list[Span]:
    """The span, or parts of it that each hold at most ``max_tokens`` tokens."""
    parts: list[Span] = []
    start, end = span
    while _tokens_in(starts, (start, end)) > max_tokens:
        first = int(np.searchsorted(starts, start))
        limit = int(starts[first + max_tokens])
        cut = _last_space(text, start, limit) or max(limit, start + 1)
        parts.append(trim(text, start, cut))
        start = trim(text, cut, end)[0]
    parts.append((start, end))
    return [part for part in parts if part[0] < part[1]]


def _last_space(text: str, start: int, limit: int) -> int | None:
    """The end of the last white space in ``text[start:limit]`` that has words before it, or None."""
    for position in range(limit, start, -1):
        if text[position - 1].isspace() and not text[start:position].isspace():
            return position
    return None
