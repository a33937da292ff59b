import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.datasets.identity import clean_name, fingerprint, name_of
from eval.datasets.types import DatasetError, DocumentCorpus, FileCorpus, GoldSpan, Question
from index.types import Document
from tests.eval.datasets.made import write

QUESTION = Question("q1", "من؟", "ar", {"a": 1, "b": 0}, ("x",), "ar", True, (GoldSpan("a", 0, "x"),), ("claimed",))


@given(st.text())
def test_a_name_is_fit_for_a_file(name: str) -> None:
    cleaned = clean_name(name)
    assert cleaned.split() == [cleaned]
    assert not re.search(r"[/\\:*?\"<>|\0]", cleaned)
    assert not cleaned.startswith((".", "-"))
    assert clean_name(cleaned) == cleaned


def test_the_name_of_the_folder_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my.set" / "ar").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "my.set" / "ar")
    assert name_of(Path()) == "my.set-ar"
    assert name_of(Path("..")) == "my.set"


@pytest.mark.parametrize(
    "changed",
    [
        {"query_id": "q2"}, {"text": "متى؟"}, {"lang": "fa"}, {"relevant": {"a": 1}}, {"answers": ()},
        {"answer_lang": "fa"}, {"answerable": None}, {"spans": ()}, {"attribution": ()},
    ],
)  # fmt: skip
def test_every_field_of_a_question_counts(changed: dict[str, object]) -> None:
    assert fingerprint([QUESTION], None) != fingerprint([replace(QUESTION, **changed)], None)  # type: ignore[arg-type]  # by name


def test_the_order_of_judgements_does_not_count() -> None:
    other = replace(QUESTION, relevant={"b": 0, "a": 1})
    assert fingerprint([QUESTION], None) == fingerprint([other], None)


def test_files_count_by_name_and_content_not_by_place(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        write(folder / "a" / "report.txt", "A report.")
        write(folder / "b.txt", "Another.")
    before = fingerprint([QUESTION], FileCorpus((one,)))
    assert len(before) == 64
    assert before == fingerprint([QUESTION], FileCorpus((other,)))
    write(other / "queries.jsonl", "{}")
    assert before == fingerprint([QUESTION], FileCorpus((other,)))
    write(other / "b.txt", "Another!")
    assert before != fingerprint([QUESTION], FileCorpus((other,)))
    assert before != fingerprint([QUESTION], None)


def test_documents_count_by_content() -> None:
    first, second = Document("a", "A report."), Document("b", "Another.")
    before = fingerprint([QUESTION], DocumentCorpus((first, second)))
    assert before == fingerprint([QUESTION], DocumentCorpus((second, first)))
    assert before != fingerprint([QUESTION], DocumentCorpus((first, replace(second, lang="en"))))


def test_a_report_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "report.txt", "A report.")

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DatasetError, match=r"report\.txt cannot be read \(Permission denied\); check its permissions"):
        fingerprint([QUESTION], FileCorpus((path,)))
