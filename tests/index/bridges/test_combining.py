import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.bridges.combining import combine
from index.bridges.expansion import Alternative, Expansion, Name

scores = st.lists(st.floats(0, 9, allow_subnormal=False), min_size=3, max_size=3)


def parts(**columns: list[float]) -> dict[str, NDArray[np.float64]]:
    return {term: np.array(column, dtype=np.float64) for term, column in columns.items()}


def test_plain_terms_add_up() -> None:
    assert combine(parts(a=[1, 0, 2], b=[3, 0, 1]), Expansion(("a", "b", "unknown"))).tolist() == [4, 0, 3]


def test_a_name_counts_once_as_the_best_of_its_spellings() -> None:
    name = Name(("own",), (Alternative(("x",), 0.5), Alternative(("y",), 1.0)))
    combined = combine(
        parts(own=[3, 0, 0, 1], x=[4, 4, 0, 0], y=[0, 3, 0, 2], a=[1, 1, 1, 1]), Expansion(("a",), (name,))
    )
    assert combined.tolist() == [4, 4, 1, 3]


def test_an_alternative_of_several_terms_needs_them_all_and_weighs_as_one() -> None:
    name = Name((), (Alternative(("x", "y"), 0.5),))
    assert combine(parts(x=[4, 4, 0], y=[2, 0, 2]), Expansion((), (name,))).tolist() == [1.5, 0, 0]
    assert combine(parts(x=[4, 4, 0]), Expansion((), (name,))).tolist() == [0, 0, 0]


def test_the_questions_own_words_of_a_name_count_each() -> None:
    name = Name(("x", "y"), (Alternative(("z",), 1.0),))
    assert combine(parts(x=[4, 4, 0], y=[2, 0, 0], z=[0, 0, 3]), Expansion((), (name,))).tolist() == [6, 4, 3]


def test_nothing_known_gives_nothing() -> None:
    assert combine({}, Expansion(("a",), (Name(("b",), ()),))).shape == (0,)


@given(scores, scores, scores, st.floats(0, 1))
def test_no_passage_loses_and_none_gains_more_than_its_alternative(
    own: list[float], other: list[float], plain: list[float], weight: float
) -> None:
    columns = parts(own=own, other=other, plain=plain)
    without = combine(columns, Expansion(("plain", "own")))
    within = combine(columns, Expansion(("plain",), (Name(("own",), (Alternative(("other",), weight),)),)))
    assert (within >= without - 1e-9).all()
    assert (within <= without + weight * columns["other"] + 1e-9).all()


@pytest.mark.parametrize("passages", [1, 5])
def test_the_scores_it_is_given_stay_as_they_are(passages: int) -> None:
    columns = {"own": np.ones(passages), "other": np.full(passages, 2.0)}
    combine(columns, Expansion((), (Name(("own",), (Alternative(("other",), 1.0),)),)))
    assert columns["own"].tolist() == [1.0] * passages
