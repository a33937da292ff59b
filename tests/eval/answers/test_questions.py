"""The project's own questions: every gold answer stands in the reports, word for word."""

import json
from collections import Counter
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from eval.answers import AnnotatedQuestion, read_annotated
from eval.datasets.types import DatasetError
from eval.measures.answers import holds
from index.loading import load
from index.types import Document

ROOT = Path(__file__).resolve().parents[3]
DATA = (ROOT / ".." / "shared" / "data", ROOT / ".." / ".." / "shared" / "data")
KINDS = {"who", "whom", "when", "where", "how many", "what", "why", "yes/no", "overview"}


@pytest.fixture(scope="module")
def questions() -> tuple[AnnotatedQuestion, ...]:
    return read_annotated(ROOT / "eval" / "questions" / "questions.jsonl")


def texts(*paths: Path) -> Mapping[str, str]:
    return {document.doc_id: document.text for document in load(list(paths)) if isinstance(document, Document)}


def must_stand(asked: AnnotatedQuestion, reports: Mapping[str, str]) -> None:
    for answer in asked.question.answers:
        assert any(answer in text for text in reports.values()), f"{asked.question.query_id}: {answer}"


def test_fifty_of_all_kinds_half_of_them_arabic(questions: tuple[AnnotatedQuestion, ...]) -> None:
    assert len(questions) == 50
    assert Counter(one.question.lang for one in questions) == {"ar": 25, "en": 25}
    assert Counter(one.question.answerable for one in questions) == {True: 40, False: 10}
    assert {one.kind for one in questions} == KINDS
    assert {one.collection for one in questions} == {"re3d", "samples"}
    assert len({one.question.text for one in questions}) == 50


def test_no_gold_answer_stands_in_its_question(questions: tuple[AnnotatedQuestion, ...]) -> None:
    for one in questions:
        assert not holds(one.question, one.question.text), one.question.query_id


def test_they_are_none_of_the_sample_queries(questions: tuple[AnnotatedQuestion, ...]) -> None:
    lines = (files("rag") / "samples" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    shipped = {json.loads(line)["text"] for line in lines}
    assert shipped.isdisjoint(one.question.text for one in questions)


def test_answers_stand_in_the_sample_reports(questions: tuple[AnnotatedQuestion, ...]) -> None:
    with as_file(files("rag") / "samples" / "reports") as folder:
        reports = texts(folder)
    for one in questions:
        if one.collection == "samples":
            must_stand(one, reports)


def test_answers_stand_in_re3d(questions: tuple[AnnotatedQuestion, ...]) -> None:
    corpus = next((folder / "re3d" / "corpus.jsonl" for folder in DATA if (folder / "re3d").exists()), None)
    if corpus is None:
        pytest.skip("../shared/data/re3d is not there: its answers cannot be looked up")
    reports = texts(corpus)
    for one in questions:
        if one.collection == "re3d":
            must_stand(one, reports)


def test_a_file_says_what_its_questions_are_about(tmp_path: Path) -> None:
    path = tmp_path / "mine" / "queries.jsonl"
    path.parent.mkdir()
    rows: list[dict[str, object]] = [
        {"_id": "a", "text": "Who?", "metadata": {"answerable": False}},
        {"_id": "b", "text": "Who?", "metadata": {"answers": ["x"], "answerable": True, "kind": "who", "note": "n"}},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    first, second = read_annotated(path)
    assert (first.collection, first.kind, first.note) == ("mine", "", "")
    assert (second.kind, second.note, second.question.answers) == ("who", "n", ("x",))
    path.write_text(json.dumps({"_id": "a", "text": "Who?"}) + "\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="a has no answers; give some, or answerable: false"):
        read_annotated(path)
