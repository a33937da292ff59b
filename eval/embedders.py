"""Embedders in front of another one, which they spare work that was done before."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.embedding.protocol import TokenEmbedder, TokenVectors

Vectors = NDArray[np.float32]


class _InFront:
    """An ``Embedder`` that is another one in all but its subclass's methods."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

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

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.embed_passages``."""
        return self._embedder.embed_passages(texts)

    def token_offsets(self, text: str) -> NDArray[np.int32]:
        """See ``Embedder.token_offsets``."""
        return self._embedder.token_offsets(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See ``Embedder.count_tokens``."""
        return self._embedder.count_tokens(texts)


class RememberingEmbedder(_InFront):
    """Embeds a question once: variants of one engine ask the same ones.

    Latency measured with it leaves out the embedding of questions that were asked before.

    Args:
        embedder: The model.
    """

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embedder)
        self._queries: dict[str, Vectors] = {}

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """``(len(texts), dim) float32``; only texts not seen before are embedded."""
        new = [text for text in dict.fromkeys(texts) if text not in self._queries]
        if new:
            self._queries.update(zip(new, self._embedder.embed_queries(new), strict=True))
        return np.stack([self._queries[text] for text in texts]) if texts else self._embedder.embed_queries(texts)


class RememberingTokenEmbedder(RememberingEmbedder):
    """The same for a model that gives token vectors.

    Args:
        embedder: The model.
    """

    def __init__(self, embedder: TokenEmbedder) -> None:
        super().__init__(embedder)
        self._with_tokens = embedder
        self._tokens: dict[str, tuple[Vectors, TokenVectors]] = {}

    def embed_passages_with_tokens(self, texts: Sequence[str]) -> tuple[Vectors, tuple[TokenVectors, ...]]:
        """See ``TokenEmbedder``."""
        return self._with_tokens.embed_passages_with_tokens(texts)

    def embed_query_with_tokens(self, text: str) -> tuple[Vectors, TokenVectors]:
        """Vector and token vectors of a question; embedded once."""
        if text not in self._tokens:
            self._tokens[text] = self._with_tokens.embed_query_with_tokens(text)
        return self._tokens[text]


def remembering(embedder: Embedder) -> RememberingEmbedder:
    """A model that embeds a question once, with token vectors if it gives them."""
    return RememberingTokenEmbedder(embedder) if isinstance(embedder, TokenEmbedder) else RememberingEmbedder(embedder)


class KnownVectors(_InFront):
    """Looks up the vectors it was told, so that what an engine does beside embedding can be timed.

    Args:
        embedder: The model; asked for what is not known.
        passages: Vector by the text that is embedded for a passage.
    """

    def __init__(self, embedder: Embedder, passages: Mapping[str, Vectors]) -> None:
        super().__init__(embedder)
        self._passages = passages
        self._queries: dict[str, Vectors] = {}

    def learn_queries(self, questions: Sequence[str]) -> None:
        """Embed questions, one at a time as a search does, and know their vectors from now on."""
        for question in questions:
            self._queries[question] = self._embedder.embed_queries([question])[0]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.embed_passages``."""
        known = bool(texts) and all(text in self._passages for text in texts)
        return np.stack([self._passages[text] for text in texts]) if known else super().embed_passages(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder.embed_queries``."""
        known = bool(texts) and all(text in self._queries for text in texts)
        return np.stack([self._queries[text] for text in texts]) if known else self._embedder.embed_queries(texts)


class KnownTokenVectors(KnownVectors):
    """The same for a model that gives token vectors; those of passages are computed, for nobody keeps them.

    Args:
        embedder: The model.
        passages: Vector by the text that is embedded for a passage.
    """

    def __init__(self, embedder: TokenEmbedder, passages: Mapping[str, Vectors]) -> None:
        super().__init__(embedder, passages)
        self._with_tokens = embedder
        self._tokens: dict[str, TokenVectors] = {}

    def learn_queries(self, questions: Sequence[str]) -> None:
        """See ``KnownVectors.learn_queries``."""
        for question in questions:
            self._queries[question], self._tokens[question] = self._with_tokens.embed_query_with_tokens(question)

    def embed_passages_with_tokens(self, texts: Sequence[str]) -> tuple[Vectors, tuple[TokenVectors, ...]]:
        """See ``TokenEmbedder``."""
        return self._with_tokens.embed_passages_with_tokens(texts)

    def embed_query_with_tokens(self, text: str) -> tuple[Vectors, TokenVectors]:
        """See ``TokenEmbedder``."""
        if text in self._tokens:
            return self._queries[text], self._tokens[text]
        return self._with_tokens.embed_query_with_tokens(text)


def known_vectors(embedder: Embedder, passages: Mapping[str, Vectors]) -> KnownVectors:
    """A model that looks vectors up, with token vectors if it gives them."""
    return (
        KnownTokenVectors(embedder, passages)
        if isinstance(embedder, TokenEmbedder)
        else KnownVectors(embedder, passages)
    )
