"""Fitting the span reader's confidence, on readings made by hand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from rag.reading.spans.calibration import FEATURES, SpanCalibration
from rag.training.reader.calibrate import Reading, best_rerank, fit, reciprocal_ranks, risk_coverage

MARGIN = FEATURES.index("margin")
BY_MARGIN = SpanCalibration(tuple(float(name == "margin") for name in FEATURES), 0.0, 0.5, 0.0)


def logit(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))


def reading(confidences: Sequence[float], right: Sequence[bool], answerable: bool = True, case: str = "a") -> Reading:
    """A question with a candidate for each confidence that ``BY_MARGIN`` gives; the gold answer is in passage 2."""
    features = np.zeros((len(confidences), len(FEATURES)))
    features[:, MARGIN] = [logit(each) for each in confidences]
    return Reading(
        case, False, answerable, features, np.ones(len(confidences)), np.array(right), scores=np.array([1.0, 0.9]),
        margins=np.array([0.0, 2.0]), relevant=np.array([False, answerable]),
    )  # fmt: skip


def test_risk_and_coverage_at_each_threshold() -> None:
    readings = [
        reading([0.9, 0.2], [True, False]),
        reading([0.45, 0.1], [False, True]),
        reading([0.35], [False], answerable=False),
        reading([0.01], [False], answerable=False),
    ]
    rows = [row.strip("| ").split(" | ") for row in risk_coverage(readings, BY_MARGIN).splitlines()[2:]]
    by_threshold = {float(row[0]): [float(cell) for cell in row[1:]] for row in rows}
    assert by_threshold[0.3] == [0.75, pytest.approx(0.667), 1.0, 0.5]
    assert by_threshold[0.5] == [0.25, 0.0, 0.5, 0.0]


def test_passages_are_ordered_again_by_their_margin() -> None:
    readings = [reading([0.9], [True])]
    assert reciprocal_ranks(readings, 0.0) == {"a": 0.5}
    assert reciprocal_ranks(readings, 0.12) == {"a": 1.0}
    assert best_rerank(readings) == 0.08


def test_what_makes_answers_right_gets_a_weight_and_what_does_not_gets_none() -> None:
    draw = np.random.default_rng(3)
    readings = []
    for _ in range(200):
        features = np.zeros((4, len(FEATURES)))
        features[:, MARGIN] = draw.normal(size=4)
        features[:, FEATURES.index("coverage")] = draw.random(4)
        right = draw.random(4) < 1 / (1 + np.exp(-3 * features[:, MARGIN]))
        none = np.zeros(1)
        readings.append(Reading("a", False, True, features, np.ones(4), right, none, none, none.astype(bool)))
    weights = dict(zip(FEATURES, fit(readings).weights, strict=True))
    assert weights["margin"] > 1.5
    assert weights["coverage"] < 0.5
    assert weights["told"] == 0.0


def test_a_question_with_nothing_that_may_answer_counts_as_not_answered() -> None:
    empty, none = np.zeros((0, len(FEATURES))), np.zeros(0)
    nothing = Reading("a", False, True, empty, none, none.astype(bool), none, none, none.astype(bool))
    table = risk_coverage([nothing, reading([0.9], [True]), reading([0.1], [False], answerable=False)], BY_MARGIN)
    assert "| 0.50 | 0.333 | 0.000 | 0.500 | 0.000 |" in table


def test_what_is_set_elsewhere_is_not_a_questions_best_answer() -> None:
    there = replace(reading([0.9, 0.6], [False, True]), factors=np.array([0.1, 1.0]))
    table = risk_coverage([there, reading([0.1], [False], answerable=False)], BY_MARGIN)
    assert "| 0.50 | 0.500 | 0.000 | 1.000 | 0.000 |" in table
