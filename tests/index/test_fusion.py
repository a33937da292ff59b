import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.fusion import FUSIONS, convex, ranks, rrf, z_scores


def test_rrf_sums_reciprocal_ranks() -> None:
    dense = np.array([0.5, 0.9, 0.7, 0.1])  # ranks 3, 1, 2, 4
    bm25 = np.array([9.0, 2.0, 0.0, 4.0])  # ranks 1, 3, none, 2
    assert rrf(dense, bm25).tolist() == pytest.approx([1 / 63 + 1 / 61, 1 / 61 + 1 / 63, 1 / 62, 1 / 64 + 1 / 62])
    assert rrf(dense, bm25, rrf_k=1).tolist() == pytest.approx([1 / 4 + 1 / 2, 1 / 2 + 1 / 4, 1 / 3, 1 / 5 + 1 / 3])


def test_rrf_leaves_out_what_bm25_does_not_match() -> None:
    assert rrf(np.array([0.9, 0.8]), np.zeros(2)).tolist() == [1 / 61, 1 / 62]


def test_convex_is_a_weighted_sum_of_z_scores() -> None:
    dense, bm25 = np.array([1.0, 2.0, 3.0]), np.array([4.0, 0.0, 2.0])
    z = np.sqrt(3 / 2)  # of the values 1 from the mean: their standard deviation is sqrt(2 / 3)
    expected = [0.7 * -z + 0.3 * z, 0.7 * 0 + 0.3 * -z, 0.7 * z + 0.3 * 0]
    assert convex(dense, bm25, 0.3).tolist() == pytest.approx(expected)


@pytest.mark.parametrize(("weight", "order"), [(0.0, [1, 0, 2]), (1.0, [2, 0, 1])])
def test_convex_with_a_weight_at_its_ends_is_one_list_alone(weight: float, order: list[int]) -> None:
    fused = convex(np.array([0.5, 0.9, 0.1]), np.array([1.0, 0.0, 7.0]), weight)
    assert np.argsort(-fused).tolist() == order


def test_z_scores_have_mean_0_and_deviation_1() -> None:
    scores = z_scores(np.array([1.0, 5.0, 9.0, 2.0]))
    assert scores.mean() == pytest.approx(0)
    assert scores.std() == pytest.approx(1)


@pytest.mark.parametrize("values", [[], [3.0], [0.1, 0.1, 0.1], [0.0, 0.0]])
def test_z_scores_of_equal_scores_are_0(values: list[float]) -> None:
    assert z_scores(np.array(values)).tolist() == [0.0] * len(values)


def test_a_list_of_equal_scores_does_not_change_the_other() -> None:
    dense = np.array([0.3, 0.5])
    assert convex(dense, np.zeros(2), 0.4).tolist() == pytest.approx([-0.6, 0.6])


def test_equal_scores_rank_in_order_of_place() -> None:
    assert ranks(np.array([0.2, 0.9, 0.2, 0.9, 0.1])).tolist() == [3, 1, 4, 2, 5]
    assert ranks(np.zeros(0)).tolist() == []


def test_scores_that_differ_by_rounding_alone_count_as_equal() -> None:
    assert ranks(np.array([0.1 + 0.2, 0.3, 0.30000000000000004])).tolist() == [1, 2, 3]
    assert ranks(np.array([0.3, 0.1 + 0.2])).tolist() == [1, 2]


@settings(max_examples=100)
@given(st.lists(st.floats(-1, 1, allow_subnormal=False).map(lambda score: round(score, 6)), min_size=1, max_size=30))
def test_ranks_are_a_permutation_that_sorts_the_scores(values: list[float]) -> None:
    found = ranks(np.array(values))
    assert sorted(found.tolist()) == list(range(1, len(values) + 1))
    by_rank = [values[place] for place in np.argsort(found)]
    assert by_rank == sorted(values, reverse=True)


def test_the_registry_names_both_fusions() -> None:
    dense, bm25 = np.array([0.9, 0.8]), np.array([0.0, 5.0])
    assert set(FUSIONS) == {"convex", "rrf"}
    assert FUSIONS["convex"](dense, bm25, 0.4).tolist() == convex(dense, bm25, 0.4).tolist()
    assert FUSIONS["rrf"](dense, bm25, 0.4).tolist() == rrf(dense, bm25).tolist()
