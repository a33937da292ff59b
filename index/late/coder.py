"""Token vectors as one bit a dimension: small enough to keep those of every passage."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding.protocol import TokenEmbedder

MEAN = "token_mean.npy"
_SEED = 20_220_416


@dataclass(frozen=True, slots=True)
class TokenCoder:
    """Turns token vectors into codes, and those of a question into what codes are compared with.

    A vector x of length 1 becomes the signs of R (x - m), where m is the mean token vector and R a random rotation:
    without m all tokens of a model that puts everything into one narrow cone would have the same signs, and after R
    each sign tells equally much. A question's tokens keep their numbers: the inner product of R (q - m) with the signs
    estimates that of q - m with x - m (Gao and Long, "RaBitQ: Quantizing High-Dimensional Vectors with a Theoretical
    Error Bound", SIGMOD 2024, without its per-vector correction).

    Attributes:
        mean: m, ``(dim,) float32``.
    """

    mean: NDArray[np.float32]

    @property
    def dim(self) -> int:
        """Numbers of a token vector."""
        return len(self.mean)

    @property
    def width(self) -> int:
        """Bytes of a code."""
        return (self.dim + 7) // 8

    def encode(self, tokens: NDArray[np.float32]) -> NDArray[np.uint8]:
        """The codes of a passage's tokens.

        Args:
            tokens: ``(n_tokens, dim) float32`` of any length but 0.

        Returns:
            ``(n_tokens, ceil(dim / 8)) uint8``, the first dimension in the highest bit.
        """
        return np.packbits(self._rotated(tokens) > 0, axis=1)

    def queries(self, tokens: NDArray[np.float32]) -> NDArray[np.float32]:
        """The tokens of a question as ``max_similarities`` takes them, ``(n_tokens, dim) float32`` of length 1."""
        return _unit(self._rotated(tokens))

    def save(self, folder: Path) -> None:
        """Write the mean into a folder that exists; the rotation is drawn anew, the same every time."""
        np.save(folder / MEAN, self.mean)

    @classmethod
    def load(cls, folder: Path) -> "TokenCoder":
        """Read a coder.

        Raises:
            OSError: There is none.
            ValueError: The file holds no vector.
        """
        mean = np.asarray(np.load(folder / MEAN), dtype=np.float32)
        if mean.ndim != 1:
            raise ValueError(f"{folder / MEAN}: an array of shape {mean.shape} is no vector")
        return cls(mean)

    def _rotated(self, tokens: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray((_unit(tokens) - self.mean) @ random_rotation(self.dim), dtype=np.float32)


def fit_coder(embedder: TokenEmbedder) -> TokenCoder:
    """The coder of a model: its mean token vector over the calibration texts, each language counting alike.

    It depends on the model alone, so that all segments of an index, and all indexes of a model, have the same codes.
    """
    tokens = [_unit(embedded.vectors) for embedded in embedder.embed_passages_with_tokens(calibration_texts())[1]]
    return TokenCoder(np.mean([vectors.mean(axis=0) for vectors in tokens], axis=0).astype(np.float32))


@cache
def random_rotation(dim: int) -> NDArray[np.float32]:
    """A rotation drawn uniformly, the same every time, ``(dim, dim) float32``.

    By QR decomposition of a Gaussian matrix with the signs of R's diagonal taken out (Mezzadri, "How to generate random
    matrices from the classical compact groups", 2007).
    """
    q, r = np.linalg.qr(np.random.default_rng(_SEED).standard_normal((dim, dim)))
    return np.asarray(q * np.sign(np.diagonal(r)), dtype=np.float32)


@cache
def calibration_texts() -> tuple[str, ...]:
    """Short texts in many languages, one each, written for this purpose."""
    content = files("index.late").joinpath("calibration.json").read_text(encoding="utf-8")
    return tuple(json.loads(content).values())


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (vectors / np.maximum(lengths, np.float32(1e-12))).astype(np.float32)
    return unit
