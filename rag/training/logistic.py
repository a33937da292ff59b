"""Logistic regression whose weights are not negative, and how far probabilities are from what happens."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

_L2 = 1e-3


def logistic(
    features: NDArray[np.float64], labels: NDArray[np.bool_], importance: NDArray[np.float64]
) -> tuple[tuple[float, ...], float]:
    """Logistic regression whose weights are not negative.

    More similarity or coverage must never make a sentence less probable, which plain logistic regression gives for
    features that go together.

    Args:
        features: ``(n, m)``.
        labels: ``(n,)``.
        importance: ``(n,)`` weight of each row.

    Returns:
        The m weights and the intercept.
    """
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled, share = (features - mean) / scale, importance / importance.sum()

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = scaled @ values[:-1] + values[-1]
        slope = share * (1 / (1 + np.exp(-logits)) - labels)
        penalty = _L2 * float(values[:-1] @ values[:-1])
        gradient = np.append(scaled.T @ slope + 2 * _L2 * values[:-1], slope.sum())
        return float(share @ (np.logaddexp(0, logits) - labels * logits)) + penalty, gradient

    bounds = [(0.0, None)] * features.shape[1] + [(None, None)]
    found = minimize(loss, np.zeros(features.shape[1] + 1), jac=True, bounds=bounds, method="L-BFGS-B").x
    weights = found[:-1] / scale
    return tuple(float(weight) for weight in weights), float(found[-1] - weights @ mean)


def calibration_error(confidence: NDArray[np.float64], correct: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence from accuracy in bins of equal width, by their share.

    Guo et al., "On calibration of modern neural networks", ICML 2017.

    Examples:
        >>> calibration_error(np.array([0.9, 0.9]), np.array([True, False]))
        0.4
    """
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for number in range(bins):
        chosen = place == number
        if chosen.any():
            error += chosen.mean() * abs(confidence[chosen].mean() - correct[chosen].mean())
    return round(float(error), 6)
