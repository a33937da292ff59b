import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from eval.measures.bootstrap import list_interval, mean_interval, paired_test


def halves(n: int) -> list[float]:
    return [float(number % 2) for number in range(n)]


def test_interval_of_a_share_is_about_that_of_theory() -> None:
    for n in (100, 1600):
        low, high = mean_interval(halves(n))
        # Of a share p the standard error is √(p (1 − p) / n).
        assert low == pytest.approx(0.5 - 1.96 * 0.5 / math.sqrt(n), abs=0.15 / math.sqrt(n))
        assert high == pytest.approx(0.5 + 1.96 * 0.5 / math.sqrt(n), abs=0.15 / math.sqrt(n))


def test_intervals_are_the_same_each_time() -> None:
    def mean(places: NDArray[np.intp]) -> float:
        return float(values[places].mean())

    values = np.linspace(0, 1, 30) ** 2
    assert mean_interval(values.tolist()) == mean_interval(values.tolist())
    assert list_interval(mean, 30) == list_interval(mean, 30)
    # The same bootstrap by two roads, with other numbers of resamples.
    assert list_interval(mean, 30) == pytest.approx(mean_interval(values.tolist()), abs=0.02)


def test_no_spread() -> None:
    assert mean_interval([0.1]) == (0.1, 0.1)
    assert mean_interval([0.1] * 7) == (0.1, 0.1)
    assert list_interval(lambda places: 0.3, 1) == (0.3, 0.3)
    assert list_interval(lambda places: 0.3, 9) == pytest.approx((0.3, 0.3))


@given(st.lists(st.floats(0, 1), min_size=5, max_size=30))
@settings(max_examples=50, deadline=None)
def test_interval_holds_the_mean(values: list[float]) -> None:
    low, high = mean_interval(values)
    assert min(values) - 1e-9 <= low <= np.mean(values) + 1e-9
    assert np.mean(values) - 1e-9 <= high <= max(values) + 1e-9


def test_resamples_where_it_is_undefined_do_not_count() -> None:
    labels = np.array([True, False, False])

    def where_both(places: NDArray[np.intp]) -> float:
        drawn = labels[places]
        return float(drawn.mean()) if 0 < drawn.sum() < 3 else float("nan")

    # Of three, one or two are drawn: a third or two thirds, never none or all.
    assert list_interval(where_both, 3) == pytest.approx((1 / 3, 2 / 3))


def test_where_it_is_never_defined_but_for_the_whole() -> None:
    def of_the_whole(places: NDArray[np.intp]) -> float:
        return 0.7 if places.tolist() == list(range(40)) else float("nan")

    assert list_interval(of_the_whole, 40) == (0.7, 0.7)


@pytest.mark.parametrize(
    ("differences", "p"),
    [
        ([1, 1, 1], 2 / 8),  # of eight assignments of signs one has a sum of 3, one of −3
        ([-1, -2, -3], 2 / 8),
        ([-1, 2, 4], 4 / 8),  # a sum of 5 or more: + + + and − + +; as many at the other end
        ([1, 2, -3], 1),  # a sum of 0
        ([1, 1, 1, 0, 0], 2 / 8),  # what is equal tells nothing
        ([1, 1, 1, 1, 1], 2 / 32),
        ([0, 0], 1),
        ([1], 1),
    ],
)
def test_p_is_exact_for_few_questions(differences: list[float], p: float) -> None:
    before = {f"q{number}": 10.0 for number in range(len(differences))}
    after = {f"q{number}": 10.0 + change for number, change in enumerate(differences)}
    assert paired_test(before, after).p == pytest.approx(p)


def test_paired_test_names_the_questions() -> None:
    before = {"q1": 0.5, "q2": 0.5, "q3": 0.5, "q4": 0.5, "q5": 0.0, "only before": 1.0}
    after = {"q4": 0.75, "q3": 0.25, "q2": 1.0, "q1": 0.5, "q5": 0.5, "only after": 1.0}
    test = paired_test(before, after)
    assert test.better == ("q2", "q5", "q4")
    assert test.worse == ("q3",)
    assert (test.equal, test.n) == (1, 5)
    assert test.difference == pytest.approx((0 + 0.5 - 0.25 + 0.25 + 0.5) / 5)
    assert -0.25 <= test.low < test.difference < test.high <= 0.5


def test_the_other_way_round_is_the_mirror_image() -> None:
    before, after = {"q1": 0.0, "q2": 0.1, "q3": 0.9}, {"q1": 1.0, "q2": 0.3, "q3": 0.8}
    there, back = paired_test(before, after), paired_test(after, before)
    assert (there.difference, there.p) == (-back.difference, back.p)
    assert (there.better, there.worse) == (back.worse, back.better)


def test_many_questions_are_sampled() -> None:
    before = {f"q{number}": 0.0 for number in range(40)}
    rising = {f"q{number}": 0.1 for number in range(40)}
    assert paired_test(before, rising).p == pytest.approx(2 / 10_001)  # no assignment drawn reaches it
    mixed = {f"q{number}": 0.1 if number % 2 else -0.1 for number in range(40)}
    assert paired_test(before, mixed).p > 0.9


def test_nothing_in_common() -> None:
    with pytest.raises(ValueError, match="no question in common"):
        paired_test({"q1": 1.0}, {"q2": 1.0})
