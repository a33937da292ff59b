"""Many vectors that lie as those of an embedding model do: made from few real ones, or from none."""

from collections.abc import Iterator
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

_NEIGHBOURS, _MIXED = 16, 3
_NOISE, _QUERY_NOISE = 0.15, 0.1
_QUERIES = 200
_BLOCK = 50_000
_SEEDS, _TOPICS, _LANGUAGES = 5_000, 60, (0.7, 0.25, 0.05)


@dataclass(frozen=True, slots=True)
class Seeds:
    """Vectors to make others from, and queries that none is made from.

    Attributes:
        vectors: ``(n, dim) float32``, unit length.
        languages: The language of each, ``(n,) int32``.
        queries: ``(200, dim) float32``, unit length.
    """

    vectors: NDArray[np.float32]
    languages: NDArray[np.int32]
    queries: NDArray[np.float32]


def seeds_of(vectors: NDArray[np.float32], languages: NDArray[np.int32]) -> Seeds:
    """Set some vectors apart as queries, slightly moved.

    Args:
        vectors: ``(n, dim) float32``, unit length, n well above 200.
        languages: ``(n,) int32``.
    """
    rng = np.random.default_rng(5)
    order = rng.permutation(len(vectors))
    kept = np.sort(order[_QUERIES:])
    queries = _unit(vectors[order[:_QUERIES]] + _noise(rng, (_QUERIES, vectors.shape[1]), _QUERY_NOISE))
    return Seeds(vectors[kept], languages[kept], queries)


def made_up_seeds(dim: int = 384) -> Seeds:
    """Vectors in a narrow cone, in clumps of uneven size, each language moved a little aside.

    As with multilingual-e5-small, two of them at random have a product of about 0.8.
    """
    rng = np.random.default_rng(3)
    languages = rng.choice(len(_LANGUAGES), _SEEDS, p=_LANGUAGES).astype(np.int32)
    topics = np.minimum(rng.zipf(1.3, _SEEDS), _TOPICS) - 1
    falling = np.arange(1, dim + 1, dtype=np.float32) ** -0.5
    spread = falling / np.linalg.norm(falling)
    cone = 2.0 * _unit(rng.standard_normal((1, dim)).astype(np.float32))
    aside = 0.3 * _unit(rng.standard_normal((len(_LANGUAGES), dim)).astype(np.float32))
    clumps = 0.6 * spread * rng.standard_normal((_TOPICS, dim)).astype(np.float32)
    own = 0.8 * spread * rng.standard_normal((_SEEDS, dim)).astype(np.float32)
    return seeds_of(_unit(cone + aside[languages] + clumps[topics] + own), languages)


def many(seeds: Seeds, count: int) -> Iterator[tuple[NDArray[np.float32], NDArray[np.int32]]]:
    """Make vectors: each a mixture of a seed and near ones in its language, with a little noise.

    Args:
        seeds: What they are made from.
        count: How many.

    Yields:
        Vectors ``(m, dim) float32`` and their languages ``(m,) int32``, 50,000 at a time.
    """
    near = _near(seeds)
    rng = np.random.default_rng(11)
    for start in range(0, count, _BLOCK):
        size = min(_BLOCK, count - start)
        chosen = rng.integers(0, len(near), size)
        mixed = np.concatenate(
            [chosen[:, None], near[chosen[:, None], rng.integers(0, near.shape[1], (size, _MIXED))]], axis=1
        )
        weights = rng.dirichlet([0.7] * (_MIXED + 1), size).astype(np.float32)
        vectors = sum(weights[:, place, None] * seeds.vectors[mixed[:, place]] for place in range(_MIXED + 1))
        yield _unit(vectors + _noise(rng, (size, seeds.vectors.shape[1]), _NOISE)), seeds.languages[chosen]


def _near(seeds: Seeds) -> NDArray[np.int64]:
    """The nearest seeds of each in its own language, itself first, ``(n, at most 17) int64``."""
    counts = np.bincount(seeds.languages)
    width = int(min(_NEIGHBOURS + 1, counts[counts > 0].min()))
    near = np.empty((len(seeds.vectors), width), dtype=np.int64)
    for language in np.flatnonzero(counts):
        rows = np.flatnonzero(seeds.languages == language)
        own = np.ascontiguousarray(seeds.vectors[rows])
        near[rows] = rows[faiss.knn(own, own, width, metric=faiss.METRIC_INNER_PRODUCT)[1]]
    return near


def _noise(rng: np.random.Generator, shape: tuple[int, int], length: float) -> NDArray[np.float32]:
    noise: NDArray[np.float32] = rng.standard_normal(shape, dtype=np.float32) * np.float32(length / shape[1] ** 0.5)
    return noise


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit
