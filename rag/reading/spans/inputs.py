"""What the span reader reads: question and passage joined as XLM-R joins them, ``<s> q </s></s> p </s>``."""

from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.embedding.tokens import without_surrogates

MAX_TOKENS = 384
STRIDE = 128
MAX_QUESTION_TOKENS = 96
_LETTER = regex.compile(r"\p{L}")
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a passage, joined with the question.

    Attributes:
        ids: Token numbers, ``(n_tokens,) int32``.
        first: Where in ``ids`` the passage's tokens begin.
        offsets: Where each of the passage's tokens lies in it, ``(n_passage_tokens, 2) int32`` of [start, end) in code
            points, white space left out.
    """

    ids: NDArray[np.int32]
    first: int
    offsets: NDArray[np.int32]


class JointTokenizer:
    """Joins questions with passages.

    Args:
        tokenizer: An XLM-R tokenizer; it is changed.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        begin, end = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
        if begin is None or end is None:
            raise ValueError("the span reader needs a tokenizer with <s> and </s>")
        self._begin, self._end = begin, end

    def windows(self, question: str, passage: str, max_tokens: int = MAX_TOKENS, stride: int = STRIDE) -> list[Window]:
        """The windows of a passage: one where it fits, else several that overlap.

        Args:
            question: Its first 96 tokens are read.
            passage: Any text.
            max_tokens: Of a window, question and special tokens included.
            stride: How many tokens of the passage two neighbours share.

        Returns:
            At least one; none for a passage of white space.
        """
        asked = self._encode(question)[0][:MAX_QUESTION_TOKENS]
        ids, offsets = self._encode(readable_case(passage))
        if not passage.strip():
            return []
        head = [self._begin, *asked, self._end, self._end]
        room = max_tokens - len(head) - 1
        windows = []
        for start in range(0, max(len(ids) - min(stride, room // 2), 1), room - min(stride, room // 2)):
            part = slice(start, start + room)
            joined = np.array([*head, *ids[part], self._end], dtype=np.int32)
            windows.append(Window(joined, len(head), offsets[part]))
        return windows

    def _encode(self, text: str) -> tuple[list[int], NDArray[np.int32]]:
        cleaned = without_surrogates(text)
        encoding = self._tokenizer.encode(cleaned, add_special_tokens=False)
        offsets = []
        for start, end in encoding.offsets:
            while start < end and cleaned[start].isspace():
                start += 1
            offsets.append((start, end))
        return encoding.ids, np.array(offsets, dtype=np.int32).reshape(-1, 2)


def readable_case(text: str) -> str:
    """A text that is mostly IN CAPITALS, as telex was, in lower case; any other text as it is.

    Args:
        text: Any text.

    Returns:
        A text of the same length: a letter whose lower case is longer stays.

    Examples:
        >>> readable_case("THE ARMY BLAMED the FMLN."), readable_case("The army blamed the FMLN.")
        ('the army blamed the fmln.', 'The army blamed the FMLN.')
    """
    letters = _LETTER.findall(text)
    cased = [letter for letter in letters if letter.lower() != letter.upper()]
    if not cased or sum(letter.isupper() for letter in cased) < _MOSTLY * len(cased):
        return text
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
