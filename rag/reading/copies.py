"""What was read in a report, found again in the copies of it."""

import dataclasses
import unicodedata
from collections.abc import Sequence

import regex

from index.types import ScoredPassage
from rag.reading.protocol import Reading

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def with_copies(readings: Sequence[Reading], copies: Sequence[ScoredPassage]) -> list[Reading]:
    """Each reading followed by the same words in copies of its report, with the same confidence.

    Args:
        readings: The best first.
        copies: Passages of reports that are copies of others; those of other texts are left alone.

    Returns:
        The readings in their order; a copy that does not have the words, or words them differently, adds none.
    """
    return [each for reading in readings for each in (reading, *_again(reading, copies))]


def _again(reading: Reading, copies: Sequence[ScoredPassage]) -> list[Reading]:
    text = reading.found.original_id
    again: dict[str, Reading] = {}
    for copy in copies:
        doc_id = copy.document.doc_id
        if doc_id in again or doc_id == reading.found.document.doc_id or copy.original_id != text:
            continue
        span = find_words(reading.text, copy.passage.text)
        if span:
            start, end = (copy.passage.start + place for place in span)
            again[doc_id] = dataclasses.replace(reading, found=copy, start=start, end=end)
    return list(again.values())


def find_words(words: str, text: str) -> tuple[int, int] | None:
    """Where a text has the same words, whatever their case and the punctuation between and after them.

    Args:
        words: What to find.
        text: Where.

    Returns:
        Start of the first word in the text and the end of the last, with the punctuation that closes a sentence there
        where the words end with some; None where it does not have them, or there are none.

    Examples:
        >>> find_words("The bridge fell.", "On Monday, THE BRIDGE «FELL»."), find_words("fell", "It fell?")
        ((11, 29), (3, 7))
    """
    wanted = [_folded(match[0]) for match in _WORD.finditer(words)]
    spans = [match.span() for match in _WORD.finditer(text)]
    there = [_folded(text[start:end]) for start, end in spans]
    for place in range(len(there) - len(wanted) + 1) if wanted else ():
        if there[place : place + len(wanted)] == wanted:
            start, end = spans[place][0], spans[place + len(wanted) - 1][1]
            return start, _closed(text, end) if not _WORD.fullmatch(words[-1:]) else end
    return None


def _closed(text: str, end: int) -> int:
    """The end moved past the punctuation that follows without a space."""
    while end < len(text) and not text[end].isspace() and not _WORD.match(text, end):
        end += 1
    return end


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()
