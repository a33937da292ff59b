import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.dense.clustering import assign, cluster, lists_by_group
from index.progress import Silent
from tests.index.dense.vectors import clumped


@given(st.lists(st.integers(0, 6), min_size=1, max_size=200), st.integers(1, 50))
def test_each_group_has_a_list_and_none_more_lists_than_rows(groups: list[int], lists: int) -> None:
    shares = lists_by_group(np.asarray(groups, dtype=np.int32), lists)
    assert sorted(shares) == sorted(set(groups))
    assert all(1 <= share <= groups.count(group) for group, share in shares.items())


def test_clusters_are_the_clumps() -> None:
    centres = np.eye(3, 8, dtype=np.float32)
    sample = np.concatenate([centres, centres + 0.01, centres - 0.01, centres + 0.02]).astype(np.float32)
    found = cluster(sample, 3, 5, Silent())
    assert found.shape == (3, 8)
    np.testing.assert_allclose(found, centres + 0.005, atol=1e-6)


def test_the_nearest_centroid_is_that_of_brute_force() -> None:
    vectors, centroids = clumped(50), clumped(7, seed=3)
    distances = np.linalg.norm(vectors[:, None] - centroids[None], axis=2)
    assert assign(vectors, centroids).tolist() == distances.argmin(axis=1).tolist()
