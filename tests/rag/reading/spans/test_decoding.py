"""The best spans of a window."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.spans.decoding import best_spans

score = st.floats(-9, 9, width=32)


def array(*values: float) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    return np.array(values, dtype=np.float32)


def test_spans_do_not_overlap_and_the_best_comes_first() -> None:
    found = best_spans(array(5, 0, 0, 3), array(0, 4, 0, 3), 3)
    assert [(span.first, span.last, span.score) for span in found[:2]] == [(0, 1, 9.0), (3, 3, 6.0)]


def test_an_end_before_its_start_is_no_span() -> None:
    assert best_spans(array(0, 9), array(9, 0), 1)[0].score == 9.0


def test_a_span_is_no_longer_than_allowed() -> None:
    (span,) = best_spans(array(9, 0, 0), array(0, 1, 9), 1, max_tokens=2)
    assert (span.first, span.last) == (0, 1)


@given(st.lists(st.tuples(score, score), min_size=1, max_size=12))
def test_the_first_is_the_best_of_all(pairs: list[tuple[float, float]]) -> None:
    starts, ends = array(*(start for start, _ in pairs)), array(*(end for _, end in pairs))
    best = max(starts[i] + ends[j] for i in range(len(starts)) for j in range(i, len(ends)))
    assert np.isclose(best_spans(starts, ends, 1)[0].score, best)
