import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dense.exact import best, inner_products
from tests.index.dense.vectors import unit_vectors


def test_inner_products_by_hand() -> None:
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)
    query = np.array([0.5, 2.0], dtype=np.float32)
    assert inner_products(vectors, query).tolist() == pytest.approx([0.5, 2.0, 1.9])
    assert inner_products(vectors, query, np.array([2, 2, 0])).tolist() == pytest.approx([1.9, 1.9, 0.5])
    assert inner_products(vectors, query, np.zeros(0, dtype=np.int64)).shape == (0,)
    assert inner_products(vectors[:0], query).shape == (0,)


@pytest.mark.parametrize("count", [255, 256, 257, 600])
def test_inner_products_of_many_rows_are_those_of_numpy(count: int) -> None:
    vectors, query = unit_vectors(700), unit_vectors(1, seed=2)[0]
    rows = np.random.default_rng(0).integers(0, 700, count)
    np.testing.assert_allclose(inner_products(vectors, query, rows), vectors[rows] @ query, atol=1e-6)


@given(st.lists(st.integers(0, 5), max_size=40), st.integers(0, 50))
def test_the_best_are_those_of_sorting_everything(scores: list[int], k: int) -> None:
    rows = np.random.default_rng(0).permutation(len(scores))
    found, values = best(rows, np.asarray(scores, dtype=np.float64), k)
    expected = sorted(zip([-score for score in scores], rows.tolist(), strict=True))[:k]
    assert list(zip((-values).tolist(), found.tolist(), strict=True)) == expected
