"""How sure the reader is: a logistic curve over what is known of a span, fitted on questions kept from training."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

FEATURES = ("margin", "share", "nearness", "agreement", "answer_kind", "told", "coverage", "novelty")


@dataclass(frozen=True, slots=True)
class SpanCalibration:
    """What ``rag.training.reader.calibrate`` found.

    Attributes:
        weights: One a feature, none negative.
        intercept: Of the logistic curve.
        threshold: Confidence below which an answer should not be given.
        rerank: Weight of the best span's margin when passages are ordered again; retrieval's scores weigh 1.
    """

    weights: tuple[float, ...]
    intercept: float
    threshold: float
    rerank: float

    def confidence(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """``(n,)`` probabilities in [0, 1] that each span is right, from ``(n, len(FEATURES))``."""
        logits = features @ np.asarray(self.weights) + self.intercept
        probabilities: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        return probabilities


def calibration_from(weights: Sequence[float], intercept: float, threshold: float, rerank: float) -> SpanCalibration:
    """A calibration.

    Raises:
        ValueError: Not one weight a feature.
    """
    if len(weights) != len(FEATURES):
        raise ValueError(f"the calibration has {len(weights)} weights, not one for each of {', '.join(FEATURES)}")
    return SpanCalibration(tuple(weights), intercept, threshold, rerank)


@cache
def default_calibration() -> SpanCalibration:
    """The calibration that ships with the weights."""
    fields = json.loads(files("rag.reading.spans").joinpath("calibration.json").read_text(encoding="utf-8"))
    if tuple(fields["weights"]) != FEATURES:
        raise ValueError(f"the calibration is not for the features {', '.join(FEATURES)}")
    return calibration_from(
        tuple(fields["weights"].values()), fields["intercept"], fields["threshold"], fields["rerank"]
    )
