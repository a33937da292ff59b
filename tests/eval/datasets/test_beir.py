import json
from pathlib import Path
from typing import Any

import pytest

from eval.datasets.beir import load_beir, read_queries
from eval.datasets.types import DatasetError, FileCorpus, GoldSpan, Question
from index.errors import MustanadError
from index.types import Document
from tests.eval.datasets.made import ANSWERED, QUESTION, REPORT, write, write_beir, write_rows


def with_metadata(**metadata: object) -> dict[str, Any]:
    return {**QUESTION, "metadata": metadata}


def read_one(folder: Path, row: dict[str, Any]) -> Question:
    (question,) = read_queries(write_rows(folder / "queries.jsonl", [row]))
    return question


def test_a_folder(tmp_path: Path) -> None:
    span = {"doc_id": "d1", "start": 4, "text": "Zarfan Brigades"}
    known = {"lang": "en", "answers": ["Zarfan Brigades", "they", "they"], "answerable": True, "spans": [span, span],
             "attribution": ["claimed"], "incident": "attack"}  # fmt: skip
    questions, corpus = load_beir(
        write_beir(
            tmp_path,
            [{**QUESTION, "metadata": known}, {"_id": 2, "text": "من؟", "metadata": {"lang": "ar-SY"}}],
            "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n",
        )
    )
    assert questions == (
        Question(
            "q1", QUESTION["text"], "en", {"d1": 2, "d2": 0}, ("Zarfan Brigades", "they"), "en", True,
            (GoldSpan("d1", 4, "Zarfan Brigades"),), ("claimed",),
        ),
        Question("2", "من؟", "ar", {}, (), "ar"),
    )  # fmt: skip
    assert questions[0].relevant_docs == {"d1"}
    assert corpus == FileCorpus((tmp_path / "corpus.jsonl",))
    assert [report.text for report in corpus.documents() if isinstance(report, Document)] == [REPORT]


def test_a_folder_of_plain_reports(tmp_path: Path) -> None:
    write(tmp_path / "report.txt", REPORT)
    questions, corpus = load_beir(write_beir(tmp_path, qrels=None, corpus=None))
    assert questions[0].relevant == {}
    assert corpus == FileCorpus((tmp_path,))
    assert [report.doc_id for report in corpus.documents() if isinstance(report, Document)] == ["report.txt"]


def test_a_folder_of_plain_reports_with_judgements(tmp_path: Path) -> None:
    write(tmp_path / "report.txt", REPORT)
    questions, _ = load_beir(write_beir(tmp_path, [QUESTION], "q1\treport.txt\t1\n", corpus=None))
    assert questions[0].relevant == {"report.txt": 1}


def test_a_folder_without_reports(tmp_path: Path) -> None:
    assert load_beir(write_beir(tmp_path, corpus=None)).corpus is None


@pytest.mark.parametrize("rows", [[ANSWERED], [QUESTION]])
def test_a_corpus_needs_judgements(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    write_beir(tmp_path, rows, qrels=None)
    with pytest.raises(DatasetError) as raised:
        load_beir(tmp_path)
    assert str(raised.value) == (
        f"{tmp_path}/qrels/test.tsv is missing; write it (query-id, corpus-id, score, by tabs), or give another file "
        f"of judgements as {tmp_path}=FILE"
    )


def test_plain_reports_need_judgements_or_answers(tmp_path: Path) -> None:
    write(tmp_path / "report.txt", REPORT)
    write_beir(tmp_path, [QUESTION], qrels=None, corpus=None)
    with pytest.raises(DatasetError, match=r"test\.tsv is missing"):
        load_beir(tmp_path)
    write_beir(tmp_path, [with_metadata(answerable=False)], qrels=None, corpus=None)
    assert load_beir(tmp_path).questions[0].answerable is False


def test_a_folder_without_questions(tmp_path: Path) -> None:
    with pytest.raises(DatasetError) as raised:
        load_beir(tmp_path)
    assert str(raised.value) == (
        f"{tmp_path}/queries.jsonl cannot be read (No such file or directory); "
        "a dataset's folder holds its questions there"
    )


def test_judgements_of_unknown_questions(tmp_path: Path) -> None:
    write_beir(tmp_path, qrels="q1\td1\t1\nq8\td1\t1\nq7\td1\t1\n")
    with pytest.raises(DatasetError) as raised:
        load_beir(tmp_path)
    assert str(raised.value) == (
        f"{tmp_path}/qrels/test.tsv: 2 of 3 judged questions are not among the questions (first: q8); "
        "check that the ids agree"
    )


_NOT_AN_OBJECT = 'must be an object such as {"_id": "…", "text": "…"}; correct the line'
_SPANS = 'metadata: spans must be a list of {"doc_id": "…", "start": 0, "text": "…"}; correct the line'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("no json", 'not JSON; each line must be an object such as {"_id": "…", "text": "…"}'),
        ("[" * 100_000, "not JSON"),
        ('["q2"]', _NOT_AN_OBJECT),
        ("null", _NOT_AN_OBJECT),
        ('{"_id": "q2"}', "text must be a text that is not empty; correct the line"),
        ('{"_id": "q2", "text": null}', "text must be a text that is not empty"),
        ('{"_id": "q2", "text": " \\n"}', "text must be a text that is not empty"),
        ('{"text": "Who?"}', '_id must be a text or a whole number, such as "q1"; correct the line'),
        ('{"_id": true, "text": "Who?"}', "_id must be a text or a whole number"),
        ('{"_id": "", "text": "Who?"}', "_id must be a text or a whole number"),
        ('{"_id": "q1", "text": "x"}', "the id q1 occurs twice; give each question its own"),
        ('{"_id": "q2", "text": "\\ud83d"}', "text holds half of a character (a lone surrogate); write it whole"),
        ('{"_id": "q2", "text": "x", "metadata": "y"}', "metadata must be an object; correct the line"),
    ],
)
def test_a_bad_question_is_named_by_its_line(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path / "queries.jsonl", f'{{"_id": "q1", "text": "Who?"}}\n\n{line}\n')
    with pytest.raises(DatasetError) as raised:
        read_queries(path)
    assert str(raised.value).startswith(f"{path}:3: {message}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ({"lang": 7}, 'metadata: lang must be the code of a language, such as "ar"; correct the line'),
        ({"answer_lang": ["ar"]}, "metadata: answer_lang must be the code of a language"),
        ({"answers": "Zarfan"}, "metadata: answers must be a list of texts, none empty; correct the line"),
        ({"answers": ["Zarfan", 7]}, "metadata.answers[1]: answers must be a list of texts, none empty"),
        ({"answers": [" "]}, "metadata.answers[0]: answers must be a list of texts, none empty"),
        ({"answers": ["\ud83d"]}, "metadata.answers[0]: answers holds half of a character"),
        ({"answerable": "yes"}, "metadata: answerable must be true or false; correct the line"),
        ({"answerable": 1}, "metadata: answerable must be true or false"),
        ({"attribution": "claimed"}, "metadata: attribution must be a list of texts"),
        ({"spans": {}}, _SPANS),
        ({"spans": [7]}, _SPANS.replace("metadata:", "metadata.spans[0]:")),
        (
            {"spans": [{"doc_id": "d1", "start": -1, "text": "x"}]},
            "metadata.spans[0]: start must be a number of characters, 0 or more; correct the line",
        ),
        ({"spans": [{"doc_id": "d1", "start": 1.5, "text": "x"}]}, "metadata.spans[0]: start must be a number"),
        ({"spans": [{"doc_id": "d1", "start": 0, "text": 5}]}, "metadata.spans[0]: text must be a text"),
        ({"spans": [{"start": 0, "text": "x"}]}, "metadata.spans[0]: doc_id must be the id of a document"),
    ],
)
def test_bad_metadata_are_named_by_their_place(tmp_path: Path, metadata: dict[str, Any], message: str) -> None:
    path = tmp_path / "queries.jsonl"
    row = {**QUESTION, "metadata": metadata}
    with pytest.raises(DatasetError) as raised:
        read_queries(write(path, json.dumps(row)))
    assert str(raised.value).startswith(f"{path}:1: {message}")
    assert "\n" not in str(raised.value)


def test_null_is_as_good_as_absent(tmp_path: Path) -> None:
    nothing = dict.fromkeys(["lang", "answer_lang", "answers", "answerable", "spans", "attribution"])
    plain = read_one(tmp_path, QUESTION)
    assert read_one(tmp_path, with_metadata(**nothing)) == plain
    assert read_one(tmp_path, {**QUESTION, "metadata": None}) == plain


def test_languages_are_told_where_they_are_not_declared(tmp_path: Path) -> None:
    arabic = ["تنظيم الدولة"]
    assert read_one(tmp_path, QUESTION).lang == "en"
    assert read_one(tmp_path, {"_id": "q1", "text": "Who?"}).lang == "und"
    assert read_one(tmp_path, with_metadata(lang="martian")).lang == "und"
    assert read_one(tmp_path, with_metadata(lang="tr", answers=arabic)).answer_lang == "ar"
    assert read_one(tmp_path, with_metadata(lang="hi", answers=arabic)).answer_lang == "ar"
    assert read_one(tmp_path, with_metadata(lang="xx", answers=arabic)).answer_lang == "ar"
    assert (
        read_one(tmp_path, with_metadata(lang="en", answers=["Zarfan Brigades", *arabic, "ISIS"])).answer_lang == "en"
    )
    assert read_one(tmp_path, with_metadata(lang="en", answers=["308"])).answer_lang == "en"
    assert read_one(tmp_path, with_metadata(lang="en", answers=arabic, answer_lang="fa")).answer_lang == "fa"
    persian = {"_id": "q1", "text": "چه کسی به پل حمله کرد؟", "metadata": {"lang": "fa", "answers": arabic}}
    assert read_one(tmp_path, persian).answer_lang == "fa"


def test_windows_files_and_line_separators_within_a_text(tmp_path: Path) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_bytes('\ufeff{"_id": "q1", "text": "Who\u2028did it?"}\r\n\r\n'.encode())
    assert [question.text for question in read_queries(path)] == ["Who\u2028did it?"]


def test_questions_that_are_empty_or_not_utf8(tmp_path: Path) -> None:
    path = write(tmp_path / "queries.jsonl", "\n \n")
    with pytest.raises(DatasetError, match=r"queries\.jsonl is empty; give a file with content$"):
        read_queries(path)
    path.write_bytes(b'{"_id": "1", "text": "\xe3"}')
    with pytest.raises(DatasetError, match=r"is not UTF-8 text; save it as UTF-8$"):
        read_queries(path)


def test_a_caller_can_catch_it_as_any_other_error() -> None:
    assert issubclass(DatasetError, MustanadError)
