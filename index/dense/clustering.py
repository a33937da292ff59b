"""Training: the centroids of the inverted lists, and the ranges of the 8-bit codes."""

from collections.abc import Iterator
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

from index.dense.settings import DenseSettings
from index.progress import Progress

_SEED = 20_240_501
_MOST_RESIDUALS = 65_536


@dataclass(frozen=True, slots=True)
class Trained:
    """What encodes vectors.

    Attributes:
        index: Empty inverted lists with centroids and code ranges.
        list_groups: The group of each list's rows, ``(n_lists,) int32``, ascending.
    """

    index: faiss.IndexIVFScalarQuantizer
    list_groups: NDArray[np.int32]


def lists_by_group(groups: NDArray[np.int32], lists: int) -> dict[int, int]:
    """Share out lists among groups in proportion to their rows; each group has one at least.

    Args:
        groups: The group of each row, ``(n,) int32``.
        lists: How many lists there shall be, about.

    Examples:
        >>> lists_by_group(np.array([0] * 90 + [1] * 9 + [3], dtype=np.int32), 10)
        {0: 9, 1: 1, 3: 1}
    """
    present, counts = np.unique(groups, return_counts=True)
    shares = np.clip(np.round(lists * counts / len(groups)), 1, counts).astype(int)
    return dict(zip(present.tolist(), shares.tolist(), strict=True))


def train(
    vectors: NDArray[np.float32], groups: NDArray[np.int32], settings: DenseSettings, progress: Progress
) -> Trained:
    """Cluster a sample of each group's vectors, and learn the ranges of what is left of them.

    Lists of one group each let a search take a group's offset off all rows of a list at once.

    Args:
        vectors: ``(n, dim) float32``; only the sample is read.
        groups: The group of each row, ``(n,) int32``.
        settings: How many lists, how large a sample, how many steps.
        progress: Is told of each vector of the sample in each step.
    """
    shares = lists_by_group(groups, settings.lists(len(vectors)))
    samples = dict(_samples(groups, shares, settings.sample_per_list))
    progress.start("clustering vectors", settings.iterations * sum(map(len, samples.values())), "vector")
    centroids, residuals = [], []
    total = sum(map(len, samples.values()))
    for group, rows in samples.items():
        sample = np.ascontiguousarray(vectors[rows])
        found = cluster(sample, shares[group], settings.iterations, progress)
        centroids.append(found)
        few = sample[: max(1, _MOST_RESIDUALS * len(sample) // max(total, _MOST_RESIDUALS))]
        residuals.append(few - found[assign(few, found)])
    index = _empty(np.concatenate(centroids))
    index.sq.train(np.concatenate(residuals))
    index.is_trained = True
    return Trained(index, np.repeat(list(shares), list(shares.values())).astype(np.int32))


def cluster(sample: NDArray[np.float32], count: int, iterations: int, progress: Progress) -> NDArray[np.float32]:
    """The centroids of a k-means clustering, ``(count, dim) float32``; the same for the same sample.

    Args:
        sample: ``(n, dim) float32``, n at least count; in random order.
        count: How many clusters.
        iterations: Steps.
        progress: Is told of each vector in each step.
    """
    centroids: NDArray[np.float32] = sample[:count].copy()
    for _ in range(iterations):
        step = faiss.Kmeans(
            sample.shape[1], count, niter=1, seed=_SEED, min_points_per_centroid=1, max_points_per_centroid=len(sample)
        )
        step.train(sample, init_centroids=centroids)
        centroids = step.centroids.reshape(count, -1).copy()
        progress.advance(len(sample))
    return centroids


def assign(vectors: NDArray[np.float32], centroids: NDArray[np.float32]) -> NDArray[np.int64]:
    """The nearest centroid of each vector by Euclidean distance, ``(n,) int64``."""
    index = faiss.IndexFlatL2(centroids.shape[1])
    index.add(centroids)
    nearest: NDArray[np.int64] = index.search(vectors, 1)[1][:, 0]
    return nearest


def centroids_of(index: faiss.IndexIVF) -> NDArray[np.float32]:
    """The centroids of inverted lists, ``(n_lists, dim) float32``."""
    centroids: NDArray[np.float32] = index.quantizer.reconstruct_n(0, index.nlist)
    return centroids


def _samples(
    groups: NDArray[np.int32], shares: dict[int, int], per_list: int
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    rng = np.random.default_rng(_SEED)
    for group, lists in shares.items():
        rows = np.flatnonzero(groups == group)
        yield group, rng.choice(rows, min(len(rows), lists * per_list), replace=False)


def _empty(centroids: NDArray[np.float32]) -> faiss.IndexIVFScalarQuantizer:
    count, dim = centroids.shape
    coarse = faiss.IndexFlatIP(dim)
    coarse.add(centroids)
    by_residual = True  # so that a score is what is given for the list, and the residual's inner product
    index = faiss.IndexIVFScalarQuantizer(
        coarse, dim, count, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT, by_residual
    )
    return index
