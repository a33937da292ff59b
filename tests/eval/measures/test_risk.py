import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from eval.measures.risk import (
    adaptive_calibration_error,
    area_under_risk,
    calibration_error,
    ranking_auroc,
    risk_coverage,
)

JUDGED = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), st.booleans()), min_size=1, max_size=30)


def test_risk_and_coverage_by_hand() -> None:
    # Not in order of confidence: right, wrong, right, right, wrong from the most confident on.
    confidences, right = [0.7, 0.9, 0.8, 0.5, 0.6], [True, True, False, False, True]
    coverage, risk = risk_coverage(confidences, right)
    assert coverage == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert risk == pytest.approx([0, 1 / 2, 1 / 3, 1 / 4, 2 / 5])
    assert area_under_risk(confidences, right) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 4 + 2 / 5) / 5)


def test_equal_confidences_enter_together() -> None:
    for right in ([True, True, False, False], [True, False, True, False]):
        coverage, risk = risk_coverage([0.9, 0.5, 0.5, 0.1], right)
        assert coverage == pytest.approx([0.25, 0.75, 1.0])
        assert risk == pytest.approx([0, 1 / 3, 1 / 2])
        # 1/4 · 0 + 1/2 · 1/3 + 1/4 · 1/2
        assert area_under_risk([0.9, 0.5, 0.5, 0.1], right) == pytest.approx(7 / 24)


@given(JUDGED)
def test_risk_ends_at_the_share_that_is_wrong(judged: list[tuple[float, bool]]) -> None:
    confidences, right = zip(*judged, strict=True)
    coverage, risk = risk_coverage(confidences, right)
    assert coverage[-1] == 1
    assert risk[-1] == pytest.approx(1 - sum(right) / len(right))
    assert (np.diff(coverage) > 0).all() and len(coverage) == len(set(confidences))
    assert ((0 <= risk) & (risk <= 1)).all()


def test_auroc_by_hand() -> None:
    # 0.9 > 0.7, 0.9 > 0.6, 0.6 < 0.7, 0.6 = 0.6: 2½ of 4
    assert ranking_auroc([0.9, 0.6, 0.7, 0.6], [True, True, False, False]) == pytest.approx(2.5 / 4)
    assert np.isnan(ranking_auroc([0.9, 0.6], [True, True]))


@given(JUDGED)
def test_auroc_is_that_of_sklearn(judged: list[tuple[float, bool]]) -> None:
    confidences, positive = zip(*judged, strict=True)
    if len(set(positive)) == 2:
        assert ranking_auroc(confidences, positive) == pytest.approx(roc_auc_score(positive, confidences))


def test_calibration_error_by_hand() -> None:
    # Bin 0.9–1: 0.95, 1.0, one right: |1/2 − 0.975| · 2/5. Bin 0.2–0.3: 0.2, 0.28, 0.21, one right: |1/3 − 0.23| · 3/5.
    confidences, right = [0.95, 0.2, 1.0, 0.28, 0.21], [True, False, False, True, False]
    assert calibration_error(confidences, right) == pytest.approx(0.475 * 2 / 5 + (1 / 3 - 0.23) * 3 / 5)
    assert calibration_error([0.0, 1.0], [False, True]) == 0


@given(JUDGED)
def test_adaptive_bins_hold_equal_confidences_together(judged: list[tuple[float, bool]]) -> None:
    confidences, right = [pair[0] for pair in judged], [pair[1] for pair in judged]
    error = adaptive_calibration_error(confidences, right)
    assert 0 <= error <= 1
    assert error == pytest.approx(adaptive_calibration_error(confidences[::-1], right[::-1]))
    # With one bin, only the means are compared.
    assert adaptive_calibration_error(confidences, right, bins=1) == pytest.approx(
        abs(float(np.mean(right)) - float(np.mean(confidences)))
    )


def test_adaptive_bins_by_hand() -> None:
    # Four in each half: |1/4 − 0.2| and |3/4 − 0.9|.
    confidences = [0.1, 0.2, 0.2, 0.3, 0.8, 0.9, 0.9, 1.0]
    right = [False, False, True, False, True, True, False, True]
    assert adaptive_calibration_error(confidences, right, bins=2) == pytest.approx((0.05 + 0.15) / 2)
