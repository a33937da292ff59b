import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.datasets.squad import load_squad
from eval.datasets.types import DatasetError, DocumentCorpus, GoldSpan, Question
from eval.running.gold import locate
from index.types import Document
from tests.eval.datasets.made import REPORT, article, asked, write, write_squad

ARABIC = "نفذت كتائب زرفان الهجوم على الجسر في راسفينا صباح يوم الجمعة."


def documents(path: Path) -> Sequence[Document]:
    corpus = load_squad(path).corpus
    assert isinstance(corpus, DocumentCorpus)
    return corpus.made


def test_questions_and_contexts(tmp_path: Path) -> None:
    first = article(
        (REPORT, [asked("a", ("Zarfan Brigades", 4), ("Brigades", 11), ("Zarfan Brigades", 4))]),
        (ARABIC, [asked("b", is_impossible=True, plausible_answers=[{"text": "x", "answer_start": 1}])]),
    )
    path = write_squad(
        tmp_path / "my.test.json", first, article((REPORT, [asked("c", ("Brigades", 11))]), title="Copy")
    )
    question = "Who attacked the bridge at Rasvina?"
    assert load_squad(path).questions == (
        Question(
            "a", question, "en", {"my-test-00-00": 1}, ("Zarfan Brigades", "Brigades"), "en", True,
            (GoldSpan("my-test-00-00", 4, "Zarfan Brigades"), GoldSpan("my-test-00-00", 11, "Brigades")),
        ),
        Question("b", question, "en", {"my-test-00-01": 1}, (), "ar", False),
        Question("c", question, "en", {"my-test-00-00": 1}, ("Brigades",), "en", True,
                 (GoldSpan("my-test-00-00", 11, "Brigades"),)),
    )  # fmt: skip
    assert documents(path) == (
        Document("my-test-00-00", REPORT, "Bridge", lang="en"),
        Document("my-test-00-01", ARABIC, "Bridge", lang="ar"),
    )


def test_an_impossible_question_has_no_answers_even_where_some_are_given(tmp_path: Path) -> None:
    path = write_squad(tmp_path / "s.json", article((REPORT, [asked("a", ("Zarfan", 4), is_impossible=True)])))
    (question,) = load_squad(path).questions
    assert (question.answers, question.spans, question.answerable) == ((), (), False)


def test_answers_that_miss_are_taken_as_they_are_and_found_out_where_they_are_asked(tmp_path: Path) -> None:
    qas = [asked("a", ("Zarfan", 5)), asked("b", ("the", 3)), asked("c", ("Burzaq", 0))]
    loaded = load_squad(write_squad(tmp_path / "s.json", article((f"{REPORT} And the road.", qas))))
    assert [question.spans[0].start for question in loaded.questions] == [5, 3, 0]
    golds, notes = locate(loaded.questions, documents(tmp_path / "s.json"))
    assert [gold.question.spans for gold in golds] == [(GoldSpan("s-00-00", 4, "Zarfan"),), (), ()]
    assert [gold.question.answers for gold in golds] == [("Zarfan",), ("the",), ("Burzaq",)]
    assert notes == ("3 gold spans did not match the text at their offsets: moved, or left out",)


def test_ids_of_large_files_sort_as_the_contexts_stand(tmp_path: Path) -> None:
    contexts: list[tuple[str, list[dict[str, object]]]] = [(f"{REPORT} {number}", []) for number in range(101)]
    path = write_squad(tmp_path / "s.json", article((REPORT, [asked("a", ("The", 0))])), article(*contexts))
    ids = [document.doc_id for document in documents(path)]
    assert ids[0] == "s-00-000"
    assert ids[-1] == "s-01-100"
    assert ids == sorted(set(ids))


def test_questions_in_another_language_than_the_contexts(tmp_path: Path) -> None:
    path = write_squad(
        tmp_path / "s.json", article((ARABIC, [asked("a", ("كتائب زرفان", 5)), asked("b", ("زرفان", 11))]))
    )
    assert {(question.lang, question.answer_lang) for question in load_squad(path).questions} == {("en", "ar")}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"data": 7}, ": data must be a list of articles, as in SQuAD 1.1 or 2.0; correct the file"),
        ([], ': must be an object such as {"data": […]}, as in SQuAD 1.1 or 2.0; correct the file'),
        ({"data": []}, " holds no questions; each paragraph lists its own under qas"),
        ({"data": [article()]}, " holds no questions"),
        ({"data": [{"title": "x"}]}, ': data[0]: paragraphs must be a list of {"context": "…", "qas": […]}'),
        ({"data": [article((" ", []))]}, ": data[0].paragraphs[0]: context must be a text that is not empty"),
        ({"data": [article((REPORT, [7]))]}, ': data[0].paragraphs[0].qas[0]: qas must be a list of {"id": "…",'),  # type: ignore[list-item]  # what is wrong
        (
            {"data": [article((REPORT, [asked("a", ("The", 0)), {"id": "b"}]))]},
            ": data[0].paragraphs[0].qas[1]: question must be a text that is not empty; correct the file",
        ),
        (
            {"data": [article((REPORT, [asked("a")]))]},
            ": data[0].paragraphs[0].qas[0]: answers is empty; give an answer, or is_impossible: true",
        ),
        (
            {"data": [article((REPORT, [asked("a", ("The", 0))])), article((ARABIC, [asked("a", ("نفذت", 0))]))]},
            ": data[1].paragraphs[0].qas[0]: the id a occurs twice; give each question its own",
        ),
        (
            {"data": [article((REPORT, [asked("a", ("The", -1))]))]},
            ": data[0].paragraphs[0].qas[0].answers[0]: answer_start must be a number of characters, 0 or more",
        ),
        (
            {"data": [article((REPORT, [asked("a", (7, 0))]))]},  # type: ignore[arg-type]  # what is wrong
            ": data[0].paragraphs[0].qas[0].answers[0]: text must be a text that is not empty",
        ),
        (
            {"data": [article((REPORT, [asked("a", ("The", 0), is_impossible="no")]))]},
            ": data[0].paragraphs[0].qas[0]: is_impossible must be true or false",
        ),
        (
            {"data": [article(("\ud800", []))]},
            ": data[0].paragraphs[0]: context holds half of a character (a lone surrogate); write it whole",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_place(tmp_path: Path, content: object, message: str) -> None:
    path = write(tmp_path / "squad.json", json.dumps(content))
    with pytest.raises(DatasetError) as raised:
        load_squad(path)
    assert str(raised.value).startswith(f"{path}{message}")
    assert "\n" not in str(raised.value)


def test_files_that_are_no_json(tmp_path: Path) -> None:
    path = write(tmp_path / "squad.json", '{"data":\n oops}')
    with pytest.raises(DatasetError, match=r"squad\.json:2: not JSON \(Expecting value, column 2\); correct the file$"):
        load_squad(path)
    with pytest.raises(DatasetError, match=r"squad\.json: not JSON that can be read"):
        load_squad(write(path, "[" * 100_000))
    with pytest.raises(DatasetError, match=r"squad\.json is empty"):
        load_squad(write(path, ""))
    path.write_bytes(b'{"data": "\xe3"}')
    with pytest.raises(DatasetError, match="is not UTF-8 text"):
        load_squad(path)
