import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.embedding.quantisation import EIGHT_BITS, SEVEN_BITS, quantise, smoothing

MATRICES = arrays.arrays(np.float32, (4, 3), elements=st.floats(-8, 8, width=32))


def test_columns_have_their_own_scales() -> None:
    values = np.array([[6.3, 0.0], [-3.2, 0.0]], dtype=np.float32)
    integers, scales = quantise(values, axis=0, limit=SEVEN_BITS)
    assert integers.dtype == np.int8
    assert integers.tolist() == [[63, 0], [-32, 0]]
    assert scales == pytest.approx([0.1, 1.0])


@given(MATRICES, st.sampled_from([0, 1]), st.sampled_from([SEVEN_BITS, EIGHT_BITS]))
def test_no_value_is_off_by_more_than_half_a_step(values: np.ndarray, axis: int, limit: int) -> None:
    integers, scales = quantise(values, axis, limit)
    steps = np.expand_dims(scales, axis)
    assert np.abs(integers.astype(int)).max() <= limit
    assert (np.abs(integers * steps - values) <= 0.5001 * steps).all()


def test_seven_bits_do_not_overflow_sixteen() -> None:
    assert 2 * 255 * SEVEN_BITS < 2**15 <= 2 * 255 * EIGHT_BITS


def test_smoothing_takes_from_the_outlier() -> None:
    weight = np.array([[1, -1], [4, 0.5], [0, 0]], dtype=np.float32)
    factors = smoothing(np.array([100, 1, 0], dtype=np.float32), weight, 0.5)
    assert factors == pytest.approx([10, 0.5, 1])


@given(MATRICES, arrays.arrays(np.float32, (2, 4), elements=st.floats(-8, 8, width=32)))
def test_smoothing_changes_no_product(weight: np.ndarray, x: np.ndarray) -> None:
    factors = smoothing(np.abs(x).max(axis=0), weight, 0.5)
    assert (factors > 0).all()
    assert (x / factors) @ (weight * factors[:, None]) == pytest.approx(x @ weight, rel=1e-3, abs=1e-3)
