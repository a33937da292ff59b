import math
from pathlib import Path

import ir_measures
import pytest

from eval.measures.retrieval import (
    DOCUMENT_MEASURES,
    PASSAGE_MEASURES,
    document_figures,
    document_qrels,
    document_run,
    passage_figures,
    passage_qrels,
    passage_run,
)
from eval.measures.types import Figure, Part
from eval.running.rows import Row
from tests.eval.measures.build import by_name, documents, passages, question

QUESTIONS = [
    question("q1", relevant={"d1": 1, "d2": 2, "d3": 0}),
    question("q2", relevant={"d9": 1}),
    question("judged", relevant={"d1": 0}),  # no relevant document: left out
    question("q3", relevant={"d1": 1}),
]
# The scores are all the same: only the order of the row says what is best. d9 comes after d0 … d4 by any order of ids.
ROWS = [
    Row("q1", documents("d3", "d1", "d7", "d2")),
    Row("q2", documents("d9", "d0", "d1", "d2", "d3", "d4")),
    Row("judged", documents("d1")),
    Row("q3"),  # found nothing
]
FOUND = [
    # Of three documents that hold an answer, d1 is reached at 2 (its second passage, at 3, adds nothing) and d2 at 12.
    Row(
        "q1",
        passages=passages(
            ("d7#0", "d7", False),
            ("d1#4", "d1", True),
            ("d1#5", "d1", True),
            *((f"d8#{number}", "d8", False) for number in range(8)),
            ("d2#0", "d2", True),
        ),
        units=3,
    ),
    Row("q2", passages=passages(("d9#0", "d9", True)), units=1),
    Row("judged", passages=passages(("d1#0", "d1", False))),  # no document holds an answer: left out
    Row("q3", units=2),  # found nothing
]


def test_documents_by_hand() -> None:
    figures = by_name(document_figures(QUESTIONS, ROWS))
    # q1: grade 1 at place 2 and 2 at place 4, ideally 2 at 1 and 1 at 2
    ndcg = (1 / math.log2(3) + 2 / math.log2(5)) / (2 + 1 / math.log2(3))
    expected = {
        "nDCG@10": (ndcg, 1, 0),
        "R@1": (0, 1, 0),
        "R@5": (1, 1, 0),
        "R@10": (1, 1, 0),
        "R@100": (1, 1, 0),
        "RR@10": (1 / 2, 1, 0),
        "Success@1": (0, 1, 0),
        "Success@5": (1, 1, 0),
        "Judged@10": (3 / 4, 1 / 6, 0),  # d3, d1, d2 of four; d9 of six
    }
    assert list(figures) == list(expected)
    for name, values in expected.items():
        assert figures[name].per_query == pytest.approx(dict(zip(("q1", "q2", "q3"), values, strict=True)))
        assert figures[name].value == pytest.approx(sum(values) / 3)
        assert (figures[name].n, figures[name].part) == (3, Part.DOCUMENTS)
        assert figures[name].low <= figures[name].value <= figures[name].high


def test_the_order_of_equal_scores_is_kept() -> None:
    for order in (("d1", "d2", "d3"), ("d3", "d2", "d1"), ("d2", "d1", "d3")):
        asking = question("q", relevant={order[0]: 1})
        assert by_name(document_figures([asking], [Row("q", documents(*order))]))["Success@1"].value == 1
        covered = passages(*((f"{doc_id}#0", doc_id, doc_id == order[0]) for doc_id in order))
        assert by_name(passage_figures([asking], [Row("q", passages=covered, units=1)]))["RR@10"].value == 1


def test_passages_by_hand() -> None:
    figures = by_name(passage_figures(QUESTIONS, FOUND))
    # q1: at 2 of ideally 1, 2 and 3
    ndcg = (1 / math.log2(3)) / (1 + 1 / math.log2(3) + 1 / math.log2(4))
    expected = {
        "nDCG@10": (ndcg, 1, 0),
        "R@1": (0, 1, 0),
        "R@5": (1 / 3, 1, 0),
        "R@10": (1 / 3, 1, 0),
        "R@100": (2 / 3, 1, 0),
        "RR@10": (1 / 2, 1, 0),
        "Success@1": (0, 1, 0),
        "Success@5": (1, 1, 0),
    }
    assert list(figures) == list(expected)
    for name, values in expected.items():
        assert figures[name].per_query == pytest.approx(dict(zip(("q1", "q2", "q3"), values, strict=True)))
        assert figures[name].value == pytest.approx(sum(values) / 3)
        assert figures[name].part == Part.PASSAGES


def test_passage_judgements_are_as_many_as_documents_with_an_answer() -> None:
    qrels = passage_qrels(QUESTIONS, FOUND)
    assert {query_id: len(units) for query_id, units in qrels.items()} == {"q1": 3, "q2": 1, "q3": 2}
    assert qrels["q1"].keys() & passage_run(QUESTIONS, FOUND)["q1"].keys() == {"d1#4", "d2#0"}


@pytest.mark.parametrize("kind", ["documents", "passages"])
def test_ir_measures_gives_the_same_of_tuples_and_of_files(tmp_path: Path, kind: str) -> None:
    if kind == "documents":
        measures: tuple[ir_measures.Measure, ...] = DOCUMENT_MEASURES
        qrels, run = document_qrels(QUESTIONS), document_run(QUESTIONS, ROWS)
        figures: tuple[Figure, ...] = document_figures(QUESTIONS, ROWS)
    else:
        measures = PASSAGE_MEASURES
        qrels, run = passage_qrels(QUESTIONS, FOUND), passage_run(QUESTIONS, FOUND)
        figures = passage_figures(QUESTIONS, FOUND)
    ours = {figure.name: figure.value for figure in figures}
    judged = [(query, name, grade) for query, grades in qrels.items() for name, grade in grades.items()]
    scored = [(query, name, score) for query, scores in run.items() for name, score in scores.items()]
    # Turned round: the order of the lines must not matter, only the scores.
    scored.reverse()

    of_tuples = ir_measures.calc_aggregate(
        measures, [ir_measures.Qrel(*line) for line in judged], [ir_measures.ScoredDoc(*line) for line in scored]
    )
    assert {str(measure): value for measure, value in of_tuples.items()} == pytest.approx(ours)

    (tmp_path / "qrels").write_text("".join(f"{query} 0 {name} {grade}\n" for query, name, grade in judged))
    (tmp_path / "run").write_text("".join(f"{query} Q0 {name} 0 {score} ours\n" for query, name, score in scored))
    of_files = ir_measures.calc_aggregate(
        measures,
        ir_measures.read_trec_qrels(str(tmp_path / "qrels")),
        ir_measures.read_trec_run(str(tmp_path / "run")),
    )
    assert {str(measure): value for measure, value in of_files.items()} == pytest.approx(ours)


def test_questions_without_a_row_do_not_count() -> None:
    assert by_name(document_figures(QUESTIONS, ROWS[:2]))["RR@10"].n == 2


def test_nothing_searched_gives_nothing() -> None:
    assert document_figures(QUESTIONS, FOUND) == ()
    assert passage_figures(QUESTIONS, ROWS) == ()
