import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.dense import DenseIndex, DenseSettings
from index.dense.record import DenseRecord
from tests.index.dense.vectors import SMALL, brute_force, build, clumped, some_groups, unit_vectors, write

ROWS, GROUPS = 900, 4
OFFSETS = np.array([0.3, -0.2, 0.0, 0.1])


def in_memory(vectors: NDArray[np.float32], groups: NDArray[np.int32] | None = None) -> DenseIndex:
    groups = np.zeros(len(vectors), dtype=np.int32) if groups is None else groups
    return DenseIndex(vectors, groups, None, DenseRecord("Flat", *vectors.shape), DenseSettings())


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    return clumped(ROWS)


@pytest.fixture(scope="module")
def groups() -> NDArray[np.int32]:
    return some_groups(ROWS, GROUPS)


@pytest.fixture(scope="module")
def approximate(
    tmp_path_factory: pytest.TempPathFactory, vectors: NDArray[np.float32], groups: NDArray[np.int32]
) -> DenseIndex:
    return build(tmp_path_factory.mktemp("approximate") / "index", vectors, groups, SMALL)


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 120), st.integers(1, 150), st.integers(0, 10_000), st.floats(0, 1), st.booleans())
def test_the_best_allowed_rows_are_those_of_brute_force(
    count: int, k: int, seed: int, share: float, offset: bool
) -> None:
    vectors, query = unit_vectors(count, seed=seed), unit_vectors(1, seed=seed + 1)[0]
    allowed = np.random.default_rng(seed).random(count) < share
    groups = some_groups(count, GROUPS, seed)
    rows, scores = in_memory(vectors, groups).search(query, k, allowed, OFFSETS if offset else None)
    expected = brute_force(vectors, query, k, allowed, OFFSETS[groups] if offset else 0.0)
    assert rows.tolist() == expected[0]
    assert len(rows) == min(k, allowed.sum())
    np.testing.assert_allclose(scores, expected[1], atol=1e-6)


def test_k_above_the_allowed_rows_gives_just_these() -> None:
    vectors = unit_vectors(10)
    allowed = np.zeros(10, dtype=np.bool_)
    allowed[[3, 7]] = True
    rows, scores = in_memory(vectors).search(vectors[7], 100, allowed)
    assert rows.tolist() == [7, 3]
    assert scores[0] == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("k", [0, -1, 5])
def test_nothing_allowed_or_asked_for_gives_nothing(k: int, approximate: DenseIndex) -> None:
    for index in (in_memory(unit_vectors(10)), approximate):
        allowed = np.full(len(index), k <= 0)
        rows, scores = index.search(unit_vectors(1)[0], k, allowed)
        assert (rows.shape, scores.shape) == ((0,), (0,))
        assert (rows.dtype.name, scores.dtype.name) == ("int64", "float64")


@pytest.mark.parametrize("count", [0, 1, 33, 150])
def test_a_small_index_is_exact_and_comes_back(tmp_path: Path, count: int) -> None:
    vectors = unit_vectors(count)
    index = build(tmp_path / "index", vectors, settings=SMALL)
    assert (len(index), index.dim, index.kind) == (count, 16, "Flat")
    assert {path.name for path in (tmp_path / "index").iterdir()} == {"vectors.npy", "vectors.json"}
    assert index.vectors().tolist() == vectors.tolist()
    query, allowed = unit_vectors(1, seed=9)[0], np.ones(count, dtype=np.bool_)
    assert index.search(query, 5, allowed)[0].tolist() == brute_force(vectors, query, 5, allowed)[0]


def test_vectors_of_some_rows_come_in_the_order_asked(approximate: DenseIndex, vectors: NDArray[np.float32]) -> None:
    assert approximate.vectors(np.array([5, 0, 5])).tolist() == vectors[[5, 0, 5]].tolist()
    assert approximate.vectors(np.zeros(0, dtype=np.int64)).shape == (0, 16)
    assert np.concatenate(list(approximate.blocks())).tolist() == vectors.tolist()


def test_equal_vectors_come_in_order_of_rows() -> None:
    vectors = np.repeat(unit_vectors(1), 50, axis=0)
    assert in_memory(vectors).search(vectors[0], 3, np.arange(50) >= 20)[0].tolist() == [20, 21, 22]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 900), st.integers(0, 10_000), st.floats(0, 1), st.booleans())
def test_an_approximate_search_gives_as_many_rows_as_there_are_and_only_allowed_ones(
    approximate: DenseIndex,
    vectors: NDArray[np.float32],
    groups: NDArray[np.int32],
    k: int,
    seed: int,
    share: float,
    offset: bool,
) -> None:
    assert approximate.kind == "IVF30,SQ8"
    allowed = np.random.default_rng(seed).random(ROWS) < share
    query = clumped(1, seed=seed + 1)[0]
    rows, scores = approximate.search(query, k, allowed, OFFSETS if offset else None)
    assert len(rows) == len(set(rows.tolist())) == min(k, allowed.sum())
    assert allowed[rows].all()
    assert (np.diff(scores) <= 0).all()
    exact = vectors[rows].astype(np.float64) @ query - (OFFSETS[groups[rows]] if offset else 0.0)
    np.testing.assert_allclose(scores, exact, atol=1e-6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 200), st.integers(0, 10_000), st.integers(1, 150), st.booleans())
def test_where_few_rows_are_allowed_an_approximate_index_is_exact(
    approximate: DenseIndex,
    vectors: NDArray[np.float32],
    groups: NDArray[np.int32],
    k: int,
    seed: int,
    count: int,
    offset: bool,
) -> None:
    allowed = np.zeros(ROWS, dtype=np.bool_)
    allowed[np.random.default_rng(seed).permutation(ROWS)[:count]] = True
    query = clumped(1, seed=seed + 1)[0]
    rows, _ = approximate.search(query, k, allowed, OFFSETS if offset else None)
    taken_off = OFFSETS[groups] if offset else 0.0
    assert rows.tolist() == brute_force(vectors, query, k, allowed, taken_off)[0]


@pytest.mark.parametrize("share", [1.0, 0.8, 0.3])
@pytest.mark.parametrize("offset", [True, False])
def test_an_approximate_search_finds_nearly_all_of_the_best(
    approximate: DenseIndex, vectors: NDArray[np.float32], groups: NDArray[np.int32], share: float, offset: bool
) -> None:
    found = 0
    for query in clumped(50, seed=5):
        allowed = np.random.default_rng(1).random(ROWS) < share
        rows, _ = approximate.search(query, 10, allowed, OFFSETS if offset else None)
        found += len(set(rows.tolist()) & set(brute_force(vectors, query, 10, allowed, OFFSETS[groups] * offset)[0]))
    assert found / 500 > 0.95


def test_a_group_that_is_far_from_the_query_is_found_when_its_offset_says_so(
    approximate: DenseIndex, vectors: NDArray[np.float32], groups: NDArray[np.int32]
) -> None:
    query = -vectors[groups == 2].mean(axis=0)
    query /= np.linalg.norm(query)
    offsets = np.array([5.0, 5.0, -5.0, 5.0])
    rows, scores = approximate.search(query, 20, np.ones(ROWS, dtype=np.bool_), offsets)
    assert set(groups[rows].tolist()) == {2}
    assert scores.min() > 3.9


def test_scanning_everything_leaves_only_the_codes_error(tmp_path: Path, vectors: NDArray[np.float32]) -> None:
    every = DenseSettings(exact_up_to=150, lists_per_root=1.0, probed=1.0)
    index = build(tmp_path / "index", vectors, settings=every)
    allowed = np.ones(ROWS, dtype=np.bool_)
    for query in clumped(20, seed=6):
        assert index.search(query, 10, allowed)[0].tolist() == brute_force(vectors, query, 10, allowed)[0]


def test_searches_at_the_same_time_do_not_disturb_one_another(approximate: DenseIndex) -> None:
    queries = clumped(40, seed=7)
    allowed = [np.random.default_rng(number).random(ROWS) < 0.6 for number in range(len(queries))]

    def search(number: int) -> list[int]:
        return approximate.search(queries[number], 10, allowed[number])[0].tolist()  # type: ignore[no-any-return]

    alone = [search(number) for number in range(len(queries))]
    together: list[list[list[int]]] = [[] for _ in range(4)]
    threads = [
        threading.Thread(target=lambda place=place: together[place].extend(map(search, range(len(queries)))))
        for place in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [alone] * 4


def test_a_mask_survives_the_array_it_was_made_from(approximate: DenseIndex, vectors: NDArray[np.float32]) -> None:
    for row in range(0, ROWS, 97):
        assert approximate.search(vectors[0], 3, np.arange(ROWS) == row)[0].tolist() == [row]


def test_an_open_index_outlives_its_files_and_moves_with_its_folder(
    tmp_path: Path, vectors: NDArray[np.float32]
) -> None:
    groups = write(tmp_path / "index", vectors, settings=SMALL)
    (tmp_path / "index").rename(tmp_path / "moved")
    index = DenseIndex.load(tmp_path / "moved", groups, SMALL)
    allowed = np.ones(ROWS, dtype=np.bool_)
    before = index.search(vectors[0], 10, allowed)[0].tolist()
    for path in (tmp_path / "moved").iterdir():
        path.unlink()
    assert index.search(vectors[0], 10, allowed)[0].tolist() == before


def test_loading_prints_nothing(
    tmp_path: Path, vectors: NDArray[np.float32], capfd: pytest.CaptureFixture[str]
) -> None:
    build(tmp_path / "index", vectors, some_groups(ROWS, 3), SMALL)
    assert capfd.readouterr() == ("", "")


def test_a_query_of_another_length_is_refused(approximate: DenseIndex) -> None:
    for allowed in (np.ones(ROWS, dtype=np.bool_), np.arange(ROWS) < 3):
        with pytest.raises(ValueError, match=r"the query has shape \(8,\), the vectors have 16 dimensions"):
            approximate.search(np.ones(8, dtype=np.float32), 3, allowed)
