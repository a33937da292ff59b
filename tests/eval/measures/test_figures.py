import numpy as np
import pytest

from eval.measures.figures import is_answerable, list_figure, mean_figures, pairs
from eval.measures.types import Part
from eval.running.rows import Row
from tests.eval.measures.build import question


def test_pairs_are_by_id_in_the_order_of_the_rows() -> None:
    questions = [question("q1"), question("q2"), question("q3")]
    assert [(asking.query_id, row.query_id) for asking, row in pairs(questions, [Row("q3"), Row("q1")])] == [
        ("q3", "q3"),
        ("q1", "q1"),
    ]


def test_what_does_not_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="'q2'"):
        pairs([question("q1")], [Row("q1"), Row("q2")])
    with pytest.raises(ValueError, match="two rows"):
        pairs([question("q1")], [Row("q1"), Row("q1")])
    with pytest.raises(ValueError, match="two questions"):
        pairs([question("q1"), question("q1")], [])


def test_whether_a_question_is_answerable() -> None:
    assert is_answerable(question("q", "rebels")) is True
    assert is_answerable(question("q")) is None
    assert is_answerable(question("q", answerable=False)) is False
    assert is_answerable(question("q", "rebels", answerable=False)) is False
    assert is_answerable(question("q", answerable=True)) is True


def test_mean_figures_leave_out_the_empty() -> None:
    (figure,) = mean_figures(Part.ANSWERS, {"F1": {"q1": 0.0, "q2": 0.5}, "EM": {}}, ("F1",))
    assert (figure.name, figure.value, figure.n, figure.higher_is_better) == ("F1", 0.25, 2, False)
    assert figure.per_query == {"q1": 0.0, "q2": 0.5} and (figure.low, figure.high) == (0.0, 0.5)


def test_list_figure_takes_its_value_from_elsewhere_where_given() -> None:
    values = np.array([1.0, 2.0, 6.0])
    median = list_figure(Part.LATENCY, "median", lambda places: float(np.median(values[places])), 3)
    assert (median.value, median.low, median.high, median.n) == (2.0, 1.0, 6.0, 3)
    assert list_figure(Part.LATENCY, "median", lambda places: 1.0, 3, 5.0).value == 5.0
