"""Loading BEIR datasets, and what is said of a bad one."""

from pathlib import Path

import pytest

from eval.beir import DatasetError, load_beir
from index.errors import MustanadError
from tests.eval.datasets import QRELS, QUERIES, write_dataset, write_qrels, write_queries


def test_a_dataset(tmp_path: Path) -> None:
    dataset = load_beir(write_dataset(tmp_path / "made"))
    assert dataset.name == "made"
    assert dataset.queries == QUERIES
    assert dataset.qrels == {
        "q1": {"bridge.txt": 1, "copy.txt": 2}, "q2": {"market.txt": 1}, "q3": {"harvest.txt": 1},
    }  # fmt: skip


def test_questions_of_one_folder_and_judgements_of_another(tmp_path: Path) -> None:
    queries = write_queries(tmp_path / "en", {"q1": "Who?", "q2": "When?", "q3": "Where?"})
    dataset = load_beir(queries, write_qrels(tmp_path / "ar", QRELS))
    assert dataset.name == "en"
    assert dataset.queries["q2"] == "When?"
    assert dataset.qrels["q2"] == {"market.txt": 1}


def test_only_questions_with_a_relevant_document_are_kept(tmp_path: Path) -> None:
    folder = write_queries(tmp_path, {**QUERIES, "q4": "unjudged", "q5": "irrelevant", "q6": "junk"})
    dataset = load_beir(write_qrels(folder, QRELS + "q5\tcopy.txt\t0\nq6\tcopy.txt\t-1\n"))
    assert set(dataset.queries) == set(dataset.qrels) == {"q1", "q2", "q3"}


def test_judgements_may_lack_a_header_and_have_windows_line_ends(tmp_path: Path) -> None:
    folder = write_queries(tmp_path, {"q1": "Who?"})
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_bytes(b"\xef\xbb\xbfq1\tbridge.txt\t1\r\nq1\tcopy.txt\t0\r\n")
    assert load_beir(folder).qrels == {"q1": {"bridge.txt": 1, "copy.txt": 0}}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("no json", "not a question; each line must be"),
        ('{"_id": "q2"}', "not a question"),
        ('["q2"]', "not a question"),
        ('{"_id": "q1", "text": "x"}', "the id q1 occurs twice"),
        ('{"_id": "q2", "text": "  "}', "the question q2 has no text"),
        ('{"_id": "q2", "text": null}', "not a question"),
    ],
)
def test_a_bad_question_is_named_by_its_line(tmp_path: Path, line: str, message: str) -> None:
    folder = write_dataset(tmp_path)
    path = folder / "queries.jsonl"
    path.write_text('{"_id": "q1", "text": "Who?"}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(DatasetError) as raised:
        load_beir(folder)
    assert str(raised.value).startswith(f"{path}:3: ")
    assert message in str(raised.value)


@pytest.mark.parametrize("line", ["q1 bridge.txt 1", "q1\tbridge.txt", "q1\tbridge.txt\tyes", "q1\t0\tbridge.txt\t1"])
def test_a_bad_judgement_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    folder = write_dataset(tmp_path)
    write_qrels(folder, QRELS + line + "\n")
    with pytest.raises(DatasetError) as raised:
        load_beir(folder)
    path = folder / "qrels" / "test.tsv"
    assert str(raised.value) == f"{path}:6: not a judgement; each line must be query-id, corpus-id, score, by tabs"


def test_files_that_are_missing_empty_or_not_utf8(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path)
    (folder / "queries.jsonl").write_bytes(b"\n \n")
    with pytest.raises(DatasetError, match=r"queries\.jsonl is empty"):
        load_beir(folder)
    (folder / "queries.jsonl").write_bytes(b'{"_id": "1", "text": "\xe3"}')
    with pytest.raises(DatasetError, match="is not UTF-8 text; save it as UTF-8"):
        load_beir(folder)
    (folder / "queries.jsonl").unlink()
    with pytest.raises(DatasetError, match=r"cannot be read \(No such file or directory\); a BEIR folder"):
        load_beir(folder)


def test_ids_that_do_not_agree(tmp_path: Path) -> None:
    write_qrels(write_queries(tmp_path, {"q1": "Who?"}), QRELS)
    with pytest.raises(DatasetError, match=r"queries\.jsonl lacks the question q2, which has judgements"):
        load_beir(tmp_path)
    write_qrels(tmp_path, "q1\tbridge.txt\t0\n")
    with pytest.raises(DatasetError, match="no question has a relevant document; check that the ids agree"):
        load_beir(tmp_path)


def test_a_caller_can_catch_it_as_any_other_error() -> None:
    assert issubclass(DatasetError, MustanadError)
