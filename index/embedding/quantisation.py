"""Weights in 8 bits for integer arithmetic, and the smoothing that keeps activations easy to quantise. Pure numpy."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bytes = NDArray[np.int8]

# 7 bits of 8: without VNNI, AVX2 adds two products of unsigned and signed bytes in 16 bits, 2 * 255 * 63 < 2^15.
SEVEN_BITS = 63
EIGHT_BITS = 127
_SMALLEST = np.float32(1e-5)


def quantise(values: Floats, axis: int, limit: int) -> tuple[Bytes, Floats]:
    """Symmetric quantisation along an axis: value ≈ integer * scale, scale = max |value| / limit.

    Args:
        values: A matrix.
        axis: Along which one scale holds.
        limit: The largest integer.

    Returns:
        Integers from -limit to limit, of the same shape, and the scales, ``axis`` removed; never 0.

    Example:
        >>> quantise(np.array([[-1.0, 0.6], [0.0, 0.0]], dtype=np.float32), 1, 63)
        (array([[-63,  38],
               [  0,   0]], dtype=int8), array([0.01587302, 1.        ], dtype=float32))
    """
    scales = np.abs(values).max(axis=axis) / np.float32(limit)
    scales = np.where(scales > 0, scales, np.float32(1)).astype(np.float32)
    integers = np.rint(values / np.expand_dims(scales, axis)).clip(-limit, limit).astype(np.int8)
    return integers, scales


def smoothing(activations: Floats, weight: Floats, alpha: float) -> Floats:
    """SmoothQuant: what to divide each input channel by, and multiply the weights of that channel by.

    s_j = max |x_j|^alpha / max |w_j|^(1 - alpha): a few channels of a transformer are ten times the others, and would
    leave the others a tenth of the integers. Xiao et al., 2023, https://arxiv.org/abs/2211.10438

    Args:
        activations: Largest magnitude seen in each input channel, ``(in,)``.
        weight: ``(in, out)``.
        alpha: From 0 to 1, how much of the difference goes from the activations to the weights.

    Returns:
        ``(in,) float32``, above 0.

    Example:
        >>> smoothing(np.float32([16, 1]), np.float32([[1, -1], [4, 1]]), 0.5)
        array([4. , 0.5], dtype=float32)
    """
    magnitudes = np.maximum(activations, _SMALLEST)
    weights = np.maximum(np.abs(weight).max(axis=1), _SMALLEST)
    factors: Floats = (magnitudes**alpha / weights ** (1 - alpha)).astype(np.float32)
    return factors
