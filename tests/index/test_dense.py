from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.dense import DenseIndex


def unit_vectors(count: int, dim: int = 16, seed: int = 0) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(count, dim))
    unit: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 120), st.integers(1, 150), st.integers(0, 10_000), st.floats(0, 1))
def test_the_best_allowed_rows_are_those_of_brute_force(count: int, k: int, seed: int, share: float) -> None:
    vectors, query = unit_vectors(count, seed=seed), unit_vectors(1, seed=seed + 1)[0]
    allowed = np.random.default_rng(seed).random(count) < share
    rows, scores = DenseIndex.build(vectors).search(query, k, allowed)
    products = vectors.astype(np.float64) @ query.astype(np.float64)
    expected = sorted(np.flatnonzero(allowed), key=lambda row: -products[row])[:k]
    assert rows.tolist() == expected
    assert len(rows) == min(k, allowed.sum())
    np.testing.assert_allclose(scores, products[expected], atol=1e-6)


def test_k_above_the_allowed_rows_gives_just_these() -> None:
    vectors = unit_vectors(10)
    allowed = np.zeros(10, dtype=np.bool_)
    allowed[[3, 7]] = True
    rows, scores = DenseIndex.build(vectors).search(vectors[7], 100, allowed)
    assert rows.tolist() == [7, 3]
    assert scores[0] == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("k", [0, -1, 5])
def test_nothing_allowed_or_asked_for_gives_nothing(k: int) -> None:
    allowed = np.zeros(10, dtype=np.bool_) if k > 0 else np.ones(10, dtype=np.bool_)
    rows, scores = DenseIndex.build(unit_vectors(10)).search(unit_vectors(1)[0], k, allowed)
    assert (rows.shape, scores.shape) == ((0,), (0,))
    assert (rows.dtype.name, scores.dtype.name) == ("int64", "float32")


@pytest.mark.parametrize("count", [0, 1, 33])
def test_a_saved_index_gives_the_same_vectors_and_rows(tmp_path: Path, count: int) -> None:
    vectors = unit_vectors(count)
    built = DenseIndex.build(vectors)
    built.save(tmp_path / "vectors.faiss")
    loaded = DenseIndex.load(tmp_path / "vectors.faiss")
    assert (len(loaded), loaded.dim) == (count, 16)
    assert loaded.vectors().tolist() == vectors.tolist()
    query, allowed = unit_vectors(1, seed=9)[0], np.ones(count, dtype=np.bool_)
    assert loaded.search(query, 5, allowed)[0].tolist() == built.search(query, 5, allowed)[0].tolist()


def test_vectors_of_some_rows_come_in_the_order_asked() -> None:
    vectors = unit_vectors(8)
    index = DenseIndex.build(vectors)
    assert index.vectors(np.array([5, 0, 5])).tolist() == vectors[[5, 0, 5]].tolist()
    assert index.vectors(np.zeros(0, dtype=np.int64)).shape == (0, 16)


def test_a_mask_survives_the_array_it_was_made_from() -> None:
    vectors = unit_vectors(2000)
    index = DenseIndex.build(vectors)
    for row in range(0, 2000, 97):
        allowed = np.arange(2000) == row
        assert index.search(vectors[0], 3, allowed)[0].tolist() == [row]
