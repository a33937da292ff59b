import dataclasses
from itertools import groupby

import pytest

from eval.measures import measure
from eval.measures.types import Part
from eval.running.rows import Row
from rag.types import Stance
from tests.eval.measures.build import answer, citation, claim, documents, passages, question

QUESTIONS = [
    question("q1", "rebels", answerable=True, relevant={"d1": 1}, attribution=["claimed or admitted"]),
    question("q2", answerable=False),
]
ROWS = [
    Row(
        "q1",
        documents("d1", "d2"),
        passages(("d1#0", "d1", True)),
        units=1,
        search_ms=5.0,
        answer=answer("rebels", claims=[claim("rebels", Stance.CLAIMED)], citations=[citation(1, "d1", relevant=True)]),
    ),
    Row("q2", documents("d2"), passages(("d2#0", "d2", False)), search_ms=4.0, answer=answer(None)),
]


def test_all_families_in_order() -> None:
    figures = measure(QUESTIONS, ROWS)
    assert [part for part, _ in groupby(figure.part for figure in figures)] == [
        part for part in Part if part is not Part.READER
    ]
    assert len({(figure.part, figure.name) for figure in figures}) == len(figures)
    assert len({figure.key for figure in figures}) == len(figures)
    # Everything was found, answered and cited as it should be.
    for figure in figures:
        if figure.per_query and figure.part not in (Part.LATENCY, Part.ABSTENTION):
            assert figure.value == (0.5 if figure.name == "Judged@10" else 1), figure.name


def test_search_alone_gives_no_figures_of_answers() -> None:
    rows = [dataclasses.replace(row, answer=None) for row in ROWS]
    parts = {figure.part for figure in measure(QUESTIONS, rows)}
    assert parts == {Part.DOCUMENTS, Part.PASSAGES, Part.LATENCY}


def test_nothing_to_measure() -> None:
    assert measure(QUESTIONS, [Row("q1"), Row("q2")]) == ()
    assert measure(QUESTIONS, []) == ()


def test_a_row_without_a_question_is_refused() -> None:
    with pytest.raises(ValueError, match="'q9'"):
        measure(QUESTIONS, [Row("q9")])
