import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import selecting
from index.lexical.selecting import kth_best, kth_best_or_less, leading, ranked

numbers = st.lists(st.integers(0, 20).map(float), max_size=400)


@given(numbers, st.integers(1, 30))
def test_leading_and_ranked_give_what_sorting_gives(values: list[float], k: int) -> None:
    scores = np.array(values, dtype=np.float64)
    expected = [row for row in sorted(range(len(values)), key=lambda row: (-values[row], row)) if values[row] > 0][:k]
    for stride in (1, 3, selecting._STRIDE):
        before, selecting._STRIDE = selecting._STRIDE, stride
        try:
            rows, found = leading(None, scores, k)
            assert kth_best_or_less(scores, k) <= kth_best(scores, k)
            others, _ = leading(np.arange(len(values), dtype=np.int64) + 5, scores, k)
        finally:
            selecting._STRIDE = before
        assert others.tolist() == (rows + 5).tolist()
        assert found.tolist() == scores[rows].tolist()
        best, best_scores = ranked(rows, found, k)
        assert best.tolist() == expected
        assert best_scores.tolist() == [values[row] for row in expected]


def test_the_kth_best_of_too_few_is_0() -> None:
    assert kth_best(np.array([2.0]), 2) == 0
