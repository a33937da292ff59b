"""What an embedding model offers the rest of the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is put before a text before it is embedded; "" where the model wants nothing.

    Attributes:
        query: Put before a question, e.g. ``"query: "`` for E5.
        passage: Put before a passage, e.g. ``"passage: "`` for E5.
    """

    query: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """What a model makes of each token of a text, special tokens and prompt left out.

    Attributes:
        vectors: ``(n_tokens, token_dim) float32``, not normalised.
        offsets: Where each token lies in the text, ``(n_tokens, 2) int32`` of [start, end) in code points.
    """

    vectors: NDArray[np.float32]
    offsets: NDArray[np.int32]


class Embedder(Protocol):
    """Turns texts into vectors whose inner product is their similarity."""

    @property
    def name(self) -> str:
        """The model as the user wrote it: a packaged model, a hub name or a folder."""
        ...

    @property
    def fingerprint(self) -> str:
        """SHA-256 (64 hex digits) over weights, tokenizer, pooling, configuration and prompts."""
        ...

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """The longest input the model reads, in tokens, special tokens and prompt included; the rest is cut off."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed passages.

        Args:
            texts: The passages, without any prompt.

        Returns:
            L2-normalised vectors, ``(len(texts), dim) float32``.
        """
        ...

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed questions.

        Args:
            texts: The questions, without any prompt.

        Returns:
            L2-normalised vectors, ``(len(texts), dim) float32``.
        """
        ...

    def token_offsets(self, text: str) -> NDArray[np.int32]:
        """Where the tokens of a text lie, without special tokens and without the prompt.

        Args:
            text: Any text.

        Returns:
            ``(n_tokens, 2) int32`` of [start, end) in code points of ``text``; neither column ever decreases.
        """
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, without special tokens and without the prompt."""
        ...


@runtime_checkable
class TokenEmbedder(Embedder, Protocol):
    """An embedder that also gives the vectors of the tokens, for late interaction, in the same pass."""

    def embed_passages_with_tokens(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], tuple[TokenVectors, ...]]:
        """What ``embed_passages`` gives, and the token vectors of each text."""
        ...

    def embed_query_with_tokens(self, text: str) -> tuple[NDArray[np.float32], TokenVectors]:
        """What ``embed_queries`` gives for one question, ``(dim,) float32``, and its token vectors."""
        ...
