"""An embedder that knows some vectors already, so that what an engine does beside embedding can be timed."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder

Vector = NDArray[np.float32]


class KnownVectors:
    """An ``Embedder`` that looks a text's vector up where it is known and asks the model where it is not.

    Args:
        embedder: The model.
        passages: Vector by the text that is embedded for a passage.
    """

    def __init__(self, embedder: Embedder, passages: Mapping[str, Vector]) -> None:
        self._embedder = embedder
        self._passages = passages
        self._queries: dict[str, Vector] = {}

    def learn_queries(self, questions: Sequence[str]) -> None:
        """Embed questions, one at a time as a search does, and know their vectors from now on."""
        for question in questions:
            self._queries[question] = self._embedder.embed_queries([question])[0]

    @property
    def name(self) -> str:
        """The model's name."""
        return self._embedder.name

    @property
    def fingerprint(self) -> str:
        """The model's fingerprint."""
        return self._embedder.fingerprint

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._embedder.dim

    @property
    def max_tokens(self) -> int:
        """The longest input the model reads."""
        return self._embedder.max_tokens

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See ``Embedder.embed_passages``."""
        if not texts or not all(text in self._passages for text in texts):
            return self._embedder.embed_passages(texts)
        return np.stack([self._passages[text] for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See ``Embedder.embed_queries``."""
        if not texts or not all(text in self._queries for text in texts):
            return self._embedder.embed_queries(texts)
        return np.stack([self._queries[text] for text in texts])

    def token_offsets(self, text: str) -> NDArray[np.int32]:
        """See ``Embedder.token_offsets``."""
        return self._embedder.token_offsets(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See ``Embedder.count_tokens``."""
        return self._embedder.count_tokens(texts)
