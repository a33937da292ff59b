"""What every engine that runs a model folder has in common: facts, fingerprint, tokens, and checks of the vectors."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding.fingerprint import model_fingerprint
from index.embedding.model_folder import read_facts
from index.embedding.protocol import Prompts, TokenVectors
from index.embedding.tokens import TokenFinder, load_token_finder
from index.errors import ModelError


class FolderEmbedder(ABC):
    """An ``Embedder`` over a model folder; an engine adds how texts become vectors.

    Args:
        name: The model as the user wrote it.
        folder: Where its files are.
        prompts: In place of the model's own.

    Raises:
        ModelError: The folder holds no model that can be used.
    """

    def __init__(self, name: str, folder: Path, prompts: Prompts | None = None) -> None:
        self._name = name
        self._folder = folder
        self._facts = read_facts(folder, name)
        self._prompts = prompts if prompts is not None else self._facts.prompts

    @property
    def name(self) -> str:
        """The model as the user wrote it."""
        return self._name

    @property
    def prompts(self) -> Prompts:
        """What is put before questions and passages."""
        return self._prompts

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (64 hex digits) over weights, tokenizer, pooling, configuration and prompts."""
        return model_fingerprint(self._folder, self._facts.module_paths, self._prompts)

    @cached_property
    def dim(self) -> int:
        """Length of a vector."""
        if self._facts.dim is not None:
            return self._facts.dim
        return int(self._embed("passage", [" "])[0].shape[1])

    @property
    @abstractmethod
    def max_tokens(self) -> int:
        """The longest input the model reads, in tokens, special tokens and prompt included."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed passages; the passage prompt is put before each.

        Args:
            texts: The passages.

        Returns:
            L2-normalised vectors, ``(len(texts), dim) float32``; the same text gives the same vector to 1e-5 whatever
            its neighbours.

        Raises:
            ModelError: The model cannot be loaded, or gives something that is no vector.
        """
        return self._embed_checked("passage", texts)[0]

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed questions; the query prompt is put before each. Otherwise like ``embed_passages``."""
        return self._embed_checked("query", texts)[0]

    def embed_passages_with_tokens(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], tuple[TokenVectors, ...]]:
        """What ``embed_passages`` gives, and the token vectors of each text, from the same pass."""
        return self._embed_checked("passage", texts)

    def embed_query_with_tokens(self, text: str) -> tuple[NDArray[np.float32], TokenVectors]:
        """What ``embed_queries`` gives for one question, ``(dim,) float32``, and its token vectors."""
        vectors, tokens = self._embed_checked("query", [text])
        return vectors[0], tokens[0]

    def token_offsets(self, text: str) -> NDArray[np.int32]:
        """``(n_tokens, 2) int32`` of [start, end) in code points, without special tokens and prompt."""
        return self._tokens.offsets(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, without special tokens and prompt."""
        return self._tokens.counts(texts)

    @cached_property
    def _tokens(self) -> TokenFinder:
        return load_token_finder(self._folder, self._facts.module_paths, self._name)

    @abstractmethod
    def _embed(self, role: str, texts: Sequence[str]) -> tuple[NDArray[np.float32], tuple[TokenVectors, ...]]:
        """L2-normalised vectors of texts with the prompt of the role ("query", "passage"), and of their tokens."""

    def _embed_checked(self, role: str, texts: Sequence[str]) -> tuple[NDArray[np.float32], tuple[TokenVectors, ...]]:
        if not texts:
            return np.empty((0, self.dim), dtype=np.float32), ()
        vectors, tokens = self._embed(role, texts)
        if vectors.shape[1] != self.dim:
            raise ModelError(
                f"{self._name} gives vectors of {vectors.shape[1]} numbers, its configuration says {self.dim}: "
                "its files do not belong together"
            )
        broken = np.flatnonzero(~np.isfinite(vectors).all(axis=1))
        if len(broken):
            raise ModelError(
                f"{self._name} gives no usable vector (NaN) for {len(broken)} of {len(texts)} texts, the first "
                f"beginning {texts[int(broken[0])][:40]!r}: its weights may be damaged, or choose another model"
            )
        return vectors, tokens
