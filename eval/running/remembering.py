"""An embedder that embeds a question once: variants of one engine ask the same ones."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder


class RememberingEmbedder:
    """An ``Embedder`` in front of another one that keeps the vectors of queries.

    Latency measured with it leaves out the embedding of questions that were asked before.

    Args:
        embedder: The one that does the work.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._queries: dict[str, NDArray[np.float32]] = {}

    @property
    def name(self) -> str:
        """As the embedder's."""
        return self._embedder.name

    @property
    def fingerprint(self) -> str:
        """As the embedder's."""
        return self._embedder.fingerprint

    @property
    def dim(self) -> int:
        """As the embedder's."""
        return self._embedder.dim

    @property
    def max_tokens(self) -> int:
        """As the embedder's."""
        return self._embedder.max_tokens

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """``(len(texts), dim) float32``; only texts not seen before are embedded."""
        new = [text for text in dict.fromkeys(texts) if text not in self._queries]
        if new:
            self._queries.update(zip(new, self._embedder.embed_queries(new), strict=True))
        return np.stack([self._queries[text] for text in texts]) if texts else self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As the embedder does."""
        return self._embedder.embed_passages(texts)

    def token_offsets(self, text: str) -> NDArray[np.int32]:
        """As the embedder does."""
        return self._embedder.token_offsets(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """As the embedder does."""
        return self._embedder.count_tokens(texts)
