import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.dense.inverted import lists_to_probe


@given(st.lists(st.tuples(st.floats(-1, 1), st.integers(0, 9)), min_size=1, max_size=30), st.integers(1, 100))
def test_lists_hold_enough_rows_and_none_is_spare(lists: list[tuple[float, int]], enough: int) -> None:
    promise, sizes = (np.asarray(column) for column in zip(*lists, strict=True))
    chosen = lists_to_probe(promise, sizes, enough)
    assert (sizes[chosen] > 0).all()
    assert (np.diff(promise[chosen]) <= 0).all()
    assert sizes[chosen].sum() >= min(enough, sizes.sum())
    assert sizes[chosen[:-1]].sum() < enough
