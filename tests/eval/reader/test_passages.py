"""What a reader is given."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from eval.reader.passages import OTHER, Given, give
from eval.running.gold import locate
from index.progress import Silent
from tests.eval.reader.made import DATASET
from tests.rag.samples import BRIDGE, COPY, make_reports


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rag.Reports]:
    with make_reports(tmp_path_factory.mktemp("passages") / "index") as opened:
        yield opened


def given(reports: rag.Reports) -> tuple[dict[str, Given], tuple[str, ...]]:
    golds, _ = locate(DATASET.questions, reports.documents())
    givens, notes = give(reports, golds, Silent(), "made")
    assert len({one.question.query_id for one in givens}) == len(givens)
    return {one.question.query_id: one for one in givens}, notes


def docs(one: Given) -> set[str]:
    return {found.document.doc_id for found in one.passages}


def test_right_passages_are_of_all_relevant_reports_and_of_no_other(reports: rag.Reports) -> None:
    found, _ = given(reports)
    assert docs(found["q1"]) == {"bridge.txt", "copy.txt"}
    assert docs(found["q2"]) == {"market.txt"}
    assert [hit.rank for hit in found["q1"].passages] == [1, 2]


def test_a_wrong_report_does_not_hold_the_answer(reports: rag.Reports) -> None:
    found, _ = given(reports)
    wrong = found[f"q1{OTHER}"]
    # The most similar other report, denial.txt, names the Northern Brigade, which is the gold answer.
    assert docs(wrong).isdisjoint({"bridge.txt", "copy.txt", "denial.txt"})
    assert all("Northern Brigade" not in hit.document.text for hit in wrong.passages)
    assert wrong.question.answerable is False
    assert (wrong.question.answers, wrong.question.relevant) == ((), {})
    assert wrong.question.text == found["q1"].question.text


def test_as_many_wrong_passages_as_right_ones_at_most(reports: rag.Reports) -> None:
    found, _ = given(reports)
    for name in ("q1", "q2"):
        assert 1 <= len(found[f"{name}{OTHER}"].passages) <= len(found[name].passages)


def test_unanswerable_questions_are_read_in_their_own_report_only(reports: rag.Reports) -> None:
    found, _ = given(reports)
    assert docs(found["q3"]) == {"harvest.txt"}
    assert f"q3{OTHER}" not in found


def test_what_cannot_be_read_is_said(reports: rag.Reports) -> None:
    found, notes = given(reports)
    assert set(found) == {"q1", f"q1{OTHER}", "q2", f"q2{OTHER}", "q3"}
    assert notes == ("2 questions name no relevant report, or no answer: not read",)


def test_without_another_report_there_is_no_wrong_one(tmp_path: Path) -> None:
    with make_reports(tmp_path / "index", (BRIDGE, COPY)) as alone:
        golds, _ = locate(DATASET.questions[:1], alone.documents())
        givens, notes = give(alone, golds, Silent(), "made")
    assert [one.question.query_id for one in givens] == ["q1"]
    assert notes == ("1 questions have no other report without the answer among the first 20",)
