"""Measuring a run that another program wrote."""

from pathlib import Path

import ir_measures
import pytest

from eval.datasets.types import Dataset, DatasetError, Question
from eval.running.trec_run import evaluate_run

DATASET = Dataset(
    "made",
    (
        Question("q1", "", relevant={"a": 1, "b": 0}),
        Question("q2", "", relevant={"b": 1}),
        Question("q3", "", relevant={"c": 1}),
    ),
    None,
    "f",
)
RUN = "q1 Q0 b 1 0.9 x\nq1 Q0 a 2 0.8 x\nq2 Q0 a 1 0.4 x\nq2 Q0 b 2 0.5 x\n"


def write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_the_figures_are_those_of_ir_measures(tmp_path: Path) -> None:
    path = write(tmp_path / "x.run", RUN)
    report = evaluate_run(path, DATASET)
    measured = [figure for figure in report.figures if figure.part == "documents"]
    oracle = ir_measures.calc_aggregate(
        [ir_measures.parse_measure(figure.name) for figure in measured],
        {question.query_id: dict(question.relevant) for question in DATASET.questions},
        list(ir_measures.read_trec_run(str(path))),
    )
    assert {figure.name: figure.value for figure in measured} == pytest.approx(
        {str(name): value for name, value in oracle.items()}
    )
    assert report.figure("RR@10").per_query == {"q1": 0.5, "q2": 1.0, "q3": 0.0}  # scores go before ranks
    assert report.notes == ("1 questions are not in the run: they count as having found nothing",)
    assert report.engine["file"] == "x.run"


def test_equal_scores_are_ordered_as_trec_eval_does(tmp_path: Path) -> None:
    report = evaluate_run(
        write(tmp_path / "x.run", RUN.replace("0.4", "0.5").replace("q1 Q0 b 1 0.9 x\n", "")), DATASET
    )
    assert [found.doc_id for found in report.rows[1].documents] == ["b", "a"]
    oracle = ir_measures.calc_aggregate(
        [ir_measures.nDCG @ 10],
        {question.query_id: dict(question.relevant) for question in DATASET.questions},
        {"q1": {"a": 0.8}, "q2": {"a": 0.5, "b": 0.5}},
    )
    assert report.figure("nDCG@10").value == pytest.approx(oracle[ir_measures.nDCG @ 10])


def test_questions_that_the_dataset_does_not_have(tmp_path: Path) -> None:
    report = evaluate_run(write(tmp_path / "x.run", RUN + "q9 Q0 a 1 1.0 x\n"), DATASET)
    assert report.notes[0] == "1 questions of the run are not in the dataset: left out (first: q9)"
    with pytest.raises(DatasetError, match=r"none of its 1 questions is in made \(first: q9\)"):
        evaluate_run(write(tmp_path / "y.run", "q9 Q0 a 1 1.0 x\n"), DATASET)


def test_nothing_judged_and_bad_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "x.run", RUN)
    with pytest.raises(DatasetError, match="made judges no document; a run cannot be measured on it"):
        evaluate_run(path, Dataset("made", (Question("q1", "Who?"),), None, "f"))
    with pytest.raises(DatasetError, match=r"x\.run:5"):
        evaluate_run(write(path, RUN + "q2 Q0 c\n"), DATASET)
