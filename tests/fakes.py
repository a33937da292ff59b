"""Stand-ins that the whole test suite shares: fast, deterministic, nothing to download."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedding.protocol import TokenVectors

_TOKEN = re.compile(r"\w+|[^\w\s]")


class HashEmbedder:
    """An ``Embedder`` without a model: words and their character trigrams, hashed into a unit vector.

    Texts that share words, or parts of words, are near each other; texts that share nothing are nearly orthogonal.
    Letters are compared without case. The same text gives the same vector in every process and on every machine.
    Queries and passages are embedded alike. A token is a run of word characters or one punctuation mark.

    Args:
        name: What ``name`` answers; it also changes the fingerprint, to stand for "another model".
        dim: Length of a vector.
        max_tokens: The limit the model claims; ``embed_*`` reads the whole text all the same.
    """

    def __init__(self, name: str = "hash", dim: int = 64, max_tokens: int = 512) -> None:
        self._name = name
        self._dim = dim
        self._max_tokens = max_tokens

    @property
    def name(self) -> str:
        """The name given."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of name and dimension."""
        return hashlib.sha256(f"{self._name}\0{self._dim}".encode()).hexdigest()

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    @property
    def max_tokens(self) -> int:
        """The limit given."""
        return self._max_tokens

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, ``(len(texts), dim) float32``; a text without words gets the first axis."""
        vectors = np.zeros((len(texts), self._dim), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for feature, weight in _features(text):
                digest = int.from_bytes(hashlib.blake2b(feature.encode(), digest_size=8).digest(), "little")
                vector[(digest >> 1) % self._dim] += weight if digest & 1 else -weight
            norm = float(np.linalg.norm(vector))
            if norm > 0:
                vector /= norm
            else:
                vector[0] = 1.0
        return vectors

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same as ``embed_passages``."""
        return self.embed_passages(texts)

    def token_offsets(self, text: str) -> NDArray[np.int32]:
        """``(n_tokens, 2) int32`` of [start, end) in code points."""
        spans = [match.span() for match in _TOKEN.finditer(text)]
        return np.array(spans, dtype=np.int32).reshape(-1, 2)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has."""
        return [len(_TOKEN.findall(text)) for text in texts]


class TokenHashEmbedder(HashEmbedder):
    """A ``HashEmbedder`` that also gives token vectors, as ``index.embedding.TokenEmbedder`` wants.

    The vector of a token is drawn from the hash of its letters, without case: equal tokens have equal vectors, wherever
    they stand and in every process, and different ones are nearly orthogonal. Its length is 1. Name, fingerprint and
    the vectors of texts are those of a ``HashEmbedder``, so that the two can write to one index.
    """

    def embed_passages_with_tokens(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], tuple[TokenVectors, ...]]:
        """What ``embed_passages`` gives, and the token vectors of each text."""
        return self.embed_passages(texts), tuple(self._tokens(text) for text in texts)

    def embed_query_with_tokens(self, text: str) -> tuple[NDArray[np.float32], TokenVectors]:
        """What ``embed_queries`` gives for the text, and its token vectors."""
        vector: NDArray[np.float32] = self.embed_queries([text])[0]
        return vector, self._tokens(text)

    def _tokens(self, text: str) -> TokenVectors:
        offsets = self.token_offsets(text)
        vectors = np.zeros((len(offsets), self._dim), dtype=np.float32)
        for vector, (start, end) in zip(vectors, offsets.tolist(), strict=True):
            digest = hashlib.blake2b(text[start:end].casefold().encode(), digest_size=8).digest()
            drawn = np.random.default_rng(int.from_bytes(digest, "little")).standard_normal(self._dim)
            vector[:] = drawn / np.linalg.norm(drawn)
        return TokenVectors(vectors, offsets)


def _features(text: str) -> list[tuple[str, float]]:
    """Words (weight 1) and the trigrams of each word with its edges marked (weight 0.3)."""
    features: list[tuple[str, float]] = []
    for word in re.findall(r"\w+", text.casefold()):
        features.append((word, 1.0))
        edged = f"<{word}>"
        features.extend((f"#{edged[i : i + 3]}", 0.3) for i in range(len(edged) - 2))
    return features
