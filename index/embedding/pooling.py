"""From the vectors of a text's tokens to one vector: pooling, dense layers, length one. Pure numpy."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


def _weighted_mean(tokens: Vectors) -> Vectors:
    weights = np.arange(1, len(tokens) + 1, dtype=np.float32)
    mean: Vectors = weights @ tokens / weights.sum()
    return mean


POOLINGS: Mapping[str, Callable[[Vectors], Vectors]] = {
    "cls": lambda tokens: tokens[0],
    "max": lambda tokens: tokens.max(axis=0),
    "mean": lambda tokens: tokens.mean(axis=0),
    "mean_sqrt_len_tokens": lambda tokens: tokens.sum(axis=0) / np.float32(np.sqrt(len(tokens))),
    "weightedmean": _weighted_mean,
    "lasttoken": lambda tokens: tokens[-1],
}
"""The pooling modes of sentence-transformers, by its names, in the order in which its older folders join them."""

ACTIVATIONS: Mapping[str, Callable[[Vectors], Vectors]] = {
    "torch.nn.modules.activation.Tanh": np.tanh,
    "torch.nn.modules.linear.Identity": lambda vectors: vectors,
}
"""Activations of dense layers, by the class that their folders name."""


@dataclass(frozen=True, slots=True)
class DenseLayer:
    """A linear layer after pooling.

    Attributes:
        weight: ``(out, in) float32``.
        bias: ``(out,) float32``, or None.
        activation: A key of ``ACTIVATIONS``.
    """

    weight: Vectors
    bias: Vectors | None
    activation: str


def pool(tokens: Vectors, modes: Sequence[str]) -> Vectors:
    """One vector for a text; several modes are joined end to end.

    Args:
        tokens: ``(n_tokens, dim) float32``, special tokens included, no padding.
        modes: Keys of ``POOLINGS``.

    Returns:
        ``(len(modes) * dim,) float32``.

    Example:
        >>> pool(np.array([[1, 0], [3, 2]], dtype=np.float32), ["mean", "max"])
        array([2., 1., 3., 2.], dtype=float32)
    """
    return np.concatenate([POOLINGS[mode](tokens) for mode in modes])


def project(vectors: Vectors, layers: Sequence[DenseLayer]) -> Vectors:
    """Pass vectors through dense layers: activation(x Wᵀ + b).

    Args:
        vectors: ``(n, in) float32``.
        layers: In order; none leaves the vectors as they are.

    Returns:
        ``(n, out) float32``.
    """
    for layer in layers:
        vectors = vectors @ layer.weight.T
        if layer.bias is not None:
            vectors = vectors + layer.bias
        vectors = ACTIVATIONS[layer.activation](vectors)
    return vectors


def normalised(vectors: Vectors) -> Vectors:
    """Divide each row by its length; a row of zeros stays one.

    Args:
        vectors: ``(n, dim) float32``.

    Returns:
        ``(n, dim) float32``.

    Example:
        >>> normalised(np.array([[3, 4], [0, 0]], dtype=np.float32))
        array([[0.6, 0.8],
               [0. , 0. ]], dtype=float32)
    """
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
    return scaled
