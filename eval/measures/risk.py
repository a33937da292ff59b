"""How well a confidence tells right from wrong: risk and coverage, AUROC and calibration, as pure functions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def risk_coverage(
    confidences: Sequence[float] | Floats, right: Sequence[bool] | NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """The risk at each coverage: share of wrong ones among the most confident share of the answers.

    El-Yaniv & Wiener, "On the foundations of noise-free selective classification", JMLR 2010. Equal confidences enter
    together, as no threshold parts them.

    Args:
        confidences: ``(n,)``, n at least 1.
        right: ``(n,)``, whether each answer is right.

    Returns:
        Coverage, rising to 1, and risk, ending at the share that is wrong of all; one entry for each confidence.

    Examples:
        >>> coverage, risk = risk_coverage([0.9, 0.5, 0.5, 0.1], [True, True, False, False])
        >>> coverage.tolist(), risk.round(3).tolist()
        ([0.25, 0.75, 1.0], [0.0, 0.333, 0.5])
    """
    levels, level = np.unique(-np.asarray(confidences, dtype=np.float64), return_inverse=True)
    wrong = ~np.asarray(right, dtype=np.bool_)
    covered = np.cumsum(np.bincount(level, minlength=len(levels)))
    mistaken = np.cumsum(np.bincount(level[wrong], minlength=len(levels)))
    return covered / len(wrong), mistaken / covered


def area_under_risk(confidences: Sequence[float] | Floats, right: Sequence[bool] | NDArray[np.bool_]) -> float:
    """AURC: the area under the risk-coverage curve, ``Σ (coverage[i] − coverage[i−1]) · risk[i]``.

    Without ties that is the mean of the risks at coverages 1/n, 2/n, … 1. Geifman & El-Yaniv, "Selective classification
    for deep neural networks", NIPS 2017.

    Examples:
        >>> area_under_risk([0.9, 0.8], [True, False])
        0.25
    """
    coverage, risk = risk_coverage(confidences, right)
    return float(np.diff(coverage, prepend=0.0) @ risk)


def ranking_auroc(confidences: Sequence[float] | Floats, positive: Sequence[bool] | NDArray[np.bool_]) -> float:
    """Probability that a positive one has a higher confidence than a negative one, a tie counting half.

    Equal to the area under the ROC curve (Hanley & McNeil, Radiology 1982). sklearn gives the figures; this is for the
    resamples of their intervals, which need it a thousand times.

    Returns:
        The probability, or NaN where all are positive or none is.

    Examples:
        >>> ranking_auroc([0.9, 0.5, 0.5], [True, True, False])
        0.75
    """
    chosen = np.asarray(positive, dtype=np.bool_)
    levels, level = np.unique(np.asarray(confidences, dtype=np.float64), return_inverse=True)
    above = np.bincount(level[chosen], minlength=len(levels))
    below = np.bincount(level[~chosen], minlength=len(levels))
    both = above.sum() * below.sum()
    return float(above @ (np.cumsum(below) - below / 2) / both) if both else float("nan")


def calibration_error(
    confidences: Sequence[float] | Floats, right: Sequence[bool] | NDArray[np.bool_], bins: int = 10
) -> float:
    """ECE: mean distance of mean confidence from share right in bins of equal width, weighted by their share.

    ``Σ |bin|/n · |accuracy(bin) − confidence(bin)|``. Guo et al., "On calibration of modern neural
    networks", ICML 2017.

    Args:
        confidences: ``(n,)``, from 0 to 1.
        right: ``(n,)``.
        bins: How many; the last takes 1.0 in.

    Examples:
        >>> calibration_error([0.9, 0.9], [True, False])
        0.4
    """
    confidence = np.asarray(confidences, dtype=np.float64)
    place = np.minimum((confidence * bins).astype(np.intp), bins - 1)
    gap = np.bincount(place, weights=np.asarray(right, dtype=np.float64) - confidence, minlength=bins)
    return float(np.abs(gap).sum() / len(confidence))


def adaptive_calibration_error(
    confidences: Sequence[float] | Floats, right: Sequence[bool] | NDArray[np.bool_], bins: int = 10
) -> float:
    """ECE in bins of equal numbers, so that no bin rests on a few: their edges are quantiles of the confidences.

    Nixon et al., "Measuring calibration in deep learning", CVPR workshops 2019, for a single class. Equal confidences
    are in one bin, so that bins may differ in size.

    Args:
        confidences: ``(n,)``, from 0 to 1.
        right: ``(n,)``.
        bins: How many at most.

    Examples:
        >>> round(adaptive_calibration_error([0.1, 0.2, 0.8, 0.9], [False, False, True, True], bins=2), 2)
        0.15
    """
    confidence = np.asarray(confidences, dtype=np.float64)
    edges = np.quantile(confidence, np.arange(1, bins) / bins)
    place = np.searchsorted(edges, confidence, side="right")
    gap = np.bincount(place, weights=np.asarray(right, dtype=np.float64) - confidence, minlength=bins)
    return float(np.abs(gap).sum() / len(confidence))
