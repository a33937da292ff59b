"""Vectors that lie in clumps, as those of an embedding model do, and indexes of them."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex, DenseSettings, DenseWriter
from index.progress import Progress

SMALL = DenseSettings(exact_up_to=150, lists_per_root=1.0, probed=0.25, block=130)


def unit_vectors(count: int, dim: int = 16, seed: int = 0) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(count, dim))
    unit: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def clumped(count: int, dim: int = 16, seed: int = 0, clumps: int = 12) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    centres = unit_vectors(clumps, dim, seed=99)[rng.integers(0, clumps, count)]
    vectors = centres + 0.15 * rng.normal(size=(count, dim))
    unit: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def some_groups(count: int, groups: int, seed: int = 0) -> NDArray[np.int32]:
    return np.random.default_rng(seed).integers(0, groups, count).astype(np.int32)


def write(
    folder: Path,
    vectors: NDArray[np.float32],
    groups: NDArray[np.int32] | None = None,
    settings: DenseSettings | None = None,
    progress: Progress | None = None,
) -> NDArray[np.int32]:
    """Write an index in blocks of 100, its staging beside it; the groups are given back."""
    folder.mkdir(parents=True, exist_ok=True)
    writer = DenseWriter(folder, vectors.shape[1], folder.parent / "staging", settings)
    for start in range(0, len(vectors), 100):
        writer.append(vectors[start : start + 100])
    groups = np.zeros(len(vectors), dtype=np.int32) if groups is None else groups
    writer.finish(groups, progress)
    return groups


def build(
    folder: Path,
    vectors: NDArray[np.float32],
    groups: NDArray[np.int32] | None = None,
    settings: DenseSettings | None = None,
) -> DenseIndex:
    return DenseIndex.load(folder, write(folder, vectors, groups, settings), settings)


def brute_force(
    vectors: NDArray[np.float32],
    query: NDArray[np.float32],
    k: int,
    allowed: NDArray[np.bool_],
    taken_off: NDArray[np.float64] | float = 0.0,
) -> tuple[list[int], list[float]]:
    """The best allowed rows and their scores, in float64."""
    scores = vectors.astype(np.float64) @ query.astype(np.float64) - taken_off
    rows = sorted(np.flatnonzero(allowed).tolist(), key=lambda row: (-scores[row], row))[:k]
    return rows, scores[rows].tolist()
