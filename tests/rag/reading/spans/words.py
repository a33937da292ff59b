"""A tokenizer of whole words, and a scorer that finds the words it is told to."""

from collections.abc import Mapping, Sequence

import numpy as np
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

from rag.reading.spans.inputs import JointTokenizer, Window
from rag.reading.spans.scorer import TokenScores


def word_tokenizer() -> JointTokenizer:
    """Every word is a token; unknown ones share a number."""
    vocabulary = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))  # noqa: S106 - no password
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"\s*[\p{L}\p{M}\p{N}]+|\s*[^\s\p{L}\p{M}\p{N}]"), "isolated")
    return JointTokenizer(tokenizer)


class WordScorer:
    """Finds given words: each span of them scores what it is told, everything else -10.

    Args:
        scores: Words of a passage to the score of the span they make.
        nothing: The score of "no answer".
    """

    fingerprint = "words"

    def __init__(self, scores: Mapping[str, float], nothing: float = 0.0) -> None:
        self._scores = scores
        self._nothing = nothing
        self._tokenizer = word_tokenizer()
        self._passages: dict[int, str] = {}

    def windows(self, question: str, passage: str) -> list[Window]:
        """As the real one's; the passage of each window is remembered."""
        windows = self._tokenizer.windows(question, passage)
        self._passages.update((id(window), passage) for window in windows)
        return windows

    def score(self, windows: Sequence[Window]) -> list[TokenScores]:
        """The given scores, half on the first word and half on the last."""
        return [self._of(window) for window in windows]

    def _of(self, window: Window) -> TokenScores:
        starts, ends = (np.full(len(window.offsets), -10.0, dtype=np.float32) for _ in range(2))
        passage = self._passages[id(window)]
        for words, score in self._scores.items():
            place = passage.find(words)
            if place < 0:
                continue
            inside = np.flatnonzero((window.offsets[:, 0] < place + len(words)) & (window.offsets[:, 1] > place))
            if len(inside):
                starts[inside[0]] = ends[inside[-1]] = score / 2
        return TokenScores(starts, ends, self._nothing)
