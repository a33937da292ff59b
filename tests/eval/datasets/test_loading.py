from pathlib import Path

import pytest

from eval.datasets import Dataset, DatasetError, load_dataset
from eval.datasets.types import DocumentCorpus, FileCorpus, GoldSpan, Question
from tests.eval.datasets.made import (
    ANSWERED,
    QUESTION,
    REPORT,
    article,
    asked,
    write,
    write_beir,
    write_rows,
    write_squad,
)

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
ENGLISH = {"_id": "q1", "text": "Who attacked the bridge?", "metadata": {"lang": "en", "answers": ["not this"]}}
ARABIC = {
    "_id": "q1",
    "text": "من هاجم الجسر؟",
    "metadata": {
        "lang": "ar",
        "answers": ["كتائب زرفان"],
        "answerable": True,
        "spans": [{"doc_id": "d1", "start": 5, "text": "كتائب زرفان"}],
        "attribution": ["claimed"],
    },
}


def refusal(spec: object) -> str:
    with pytest.raises(DatasetError) as raised:
        load_dataset(str(spec))
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_beir_folder(tmp_path: Path) -> None:
    dataset = load_dataset(str(write_beir(tmp_path / "made")))
    assert dataset.name == "made"
    assert dataset.questions[0].relevant == {"d1": 1}
    assert dataset.corpus == FileCorpus((tmp_path / "made" / "corpus.jsonl",))
    assert len(dataset.fingerprint) == 64


def test_a_name_of_ones_own(tmp_path: Path) -> None:
    folder = str(write_beir(tmp_path / "made"))
    assert load_dataset(folder, "My set: v1.2").name == "My-set-v1.2"
    assert load_dataset(folder, "x").fingerprint == load_dataset(folder).fingerprint


def test_a_squad_file(tmp_path: Path) -> None:
    dataset = load_dataset(str(write_squad(tmp_path / "x.test.JSON", article((REPORT, [asked("a", ("Zarfan", 4))])))))
    assert dataset.name == "x-test"
    assert isinstance(dataset.corpus, DocumentCorpus)
    assert dataset.corpus.made[0].doc_id == "x-test-00-00"


def test_judgements_alone(tmp_path: Path) -> None:
    dataset = load_dataset(str(write(tmp_path / "robust.04.qrels", "q1 0 d1 1\nq1 0 d2 0\nq2 0 d1 2\n")))
    expected = (Question("q1", "", relevant={"d1": 1, "d2": 0}), Question("q2", "", relevant={"d1": 2}))
    assert dataset == Dataset("robust-04", expected, None, dataset.fingerprint)


def test_questions_alone(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "queries.jsonl", [ANSWERED])
    dataset = load_dataset(str(path))
    assert dataset.corpus is None
    assert dataset.questions[0].answers == ("Zarfan Brigades",)
    write_rows(path, [QUESTION])
    assert refusal(path) == f"{path}: no question has answers or answerable; give judgements as {path}=FILE"


def test_questions_in_one_language_over_reports_in_another(tmp_path: Path) -> None:
    english = write_beir(tmp_path / "xquad" / "en", [ENGLISH], qrels=None, corpus=None)
    arabic = write_beir(tmp_path / "xquad" / "ar", [ARABIC])
    dataset = load_dataset(f"{english}={arabic}")
    assert dataset.name == "xquad-en-over-ar"
    assert dataset.corpus == FileCorpus((arabic / "corpus.jsonl",))
    assert dataset.questions == (
        Question(
            "q1", "Who attacked the bridge?", "en", {"d1": 1}, ("كتائب زرفان",), "ar", True,
            (GoldSpan("d1", 5, "كتائب زرفان"),), ("claimed",),
        ),
    )  # fmt: skip
    assert load_dataset(f"{english}/queries.jsonl={arabic}").questions == dataset.questions
    assert load_dataset(f"{arabic}={arabic}").questions == load_dataset(str(arabic)).questions


def test_the_declared_language_of_answers_stays(tmp_path: Path) -> None:
    declared = {**ARABIC, "metadata": {**ARABIC["metadata"], "answer_lang": "fa"}}  # type: ignore[dict-item]  # a dict
    english = write_beir(tmp_path / "en", [ENGLISH])
    dataset = load_dataset(f"{english}={write_beir(tmp_path / 'ar', [declared])}")
    assert (dataset.questions[0].lang, dataset.questions[0].answer_lang) == ("en", "fa")


def test_questions_over_a_squad_file(tmp_path: Path) -> None:
    questions = write_rows(tmp_path / "mine.jsonl", [{**ENGLISH, "_id": "a"}])
    gold = write_squad(tmp_path / "gold.json", article((REPORT, [asked("a", ("Zarfan", 4))])))
    dataset = load_dataset(f"{questions}={gold}")
    assert dataset.name == "mine-over-gold"
    assert dataset.questions[0].text == "Who attacked the bridge?"
    assert dataset.questions[0].spans == (GoldSpan("gold-00-00", 4, "Zarfan"),)
    assert isinstance(dataset.corpus, DocumentCorpus)
    assert load_dataset(f"{gold}={gold}").questions[0].text == "Who attacked the bridge at Rasvina?"


def test_questions_with_other_judgements(tmp_path: Path) -> None:
    folder = write_beir(tmp_path / "made", [ANSWERED, {**QUESTION, "_id": "q2"}], qrels=None)
    qrels = write(tmp_path / "dev.tsv", "q1\td1\t3\n")
    dataset = load_dataset(f"{folder}={qrels}")
    assert dataset.name == "made-over-dev"
    assert dataset.corpus == FileCorpus((folder / "corpus.jsonl",))
    assert [question.relevant for question in dataset.questions] == [{"d1": 3}, {}]
    assert dataset.questions[0].answers == ("Zarfan Brigades",)
    assert load_dataset(f"{folder}/queries.jsonl={qrels}").corpus is None
    write(qrels, "q8 0 d1 1\n")
    assert refusal(f"{folder}={qrels}") == (
        f"{qrels}: 1 of 1 judged questions are not among the questions (first: q8); check that the ids agree"
    )


def test_questions_and_gold_with_different_ids(tmp_path: Path) -> None:
    more = [{**ENGLISH, "_id": name} for name in ("q1", "q2", "q3")]
    one, other = write_beir(tmp_path / "one", [ENGLISH]), write_beir(tmp_path / "other", more)
    end = "lacks 2 of the questions of {} (first: q2); both must have the same ids"
    assert refusal(f"{one}={other}") == f"{one} {end.format(other)}"
    assert refusal(f"{other}={one}") == f"{one} {end.format(other)}"


def test_paths_that_hold_an_equals_sign(tmp_path: Path) -> None:
    odd, plain = write_beir(tmp_path / "k=1" / "a=b"), write_beir(tmp_path / "plain")
    assert load_dataset(str(odd)).name == "a-b"
    assert load_dataset(f"{odd}={plain}").name == "a-b-over-plain"
    assert load_dataset(f"{plain}={odd}").name == "plain-over-a-b"


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    here, nowhere = write_beir(tmp_path / "here"), tmp_path / "nowhere"
    end = ": no such file or folder; give a dataset's, or QUERIES=GOLD"
    assert refusal(nowhere) == f"{nowhere}{end}"
    assert refusal(f"{here}={nowhere}") == f"{nowhere}{end}"
    assert refusal(f"{nowhere}={here}") == f"{nowhere}{end}"
    assert refusal("") == end
    assert refusal("=") == f"={end}"
    assert refusal(f"{here}=") == f"{here}={end}"


def test_judgements_cannot_ask(tmp_path: Path) -> None:
    qrels = write(tmp_path / "test.tsv", "q1\td1\t1\n")
    assert refusal(f"{qrels}={write_beir(tmp_path / 'made')}") == (
        f"{qrels} holds no questions; before = give a BEIR folder, a queries.jsonl or a SQuAD file"
    )


def test_gold_alone_must_be_complete(tmp_path: Path) -> None:
    asking = write_beir(tmp_path / "asking", [QUESTION])
    assert "test.tsv is missing" in refusal(f"{asking}={write_beir(tmp_path / 'gold', [ANSWERED], qrels=None)}")


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the data is not in {DATA}")
def test_real_datasets() -> None:
    sizes = {"arcd": 693, "muc4": 477, "seed": 8, "xquad/ar": 925, "reading/arcd-train.json": 693}
    for spec, size in sizes.items():
        assert len(load_dataset(str(DATA / spec)).questions) == size
    seed = load_dataset(str(DATA / "seed"))
    assert seed.corpus == FileCorpus((DATA / "seed",))
    assert {question.answer_lang for question in seed.questions if question.answers} == {"ar"}
    assert sum(question.answerable is False for question in load_dataset(str(DATA / "muc4")).questions) == 104
    over = load_dataset(f"{DATA}/xquad/en={DATA}/xquad/ar")
    assert over.name == "xquad-en-over-ar"
    assert {(question.lang, question.answer_lang) for question in over.questions} == {("en", "ar")}
    squad = load_dataset(str(DATA / "reading" / "arcd-train.json"))
    assert sum(not question.spans for question in squad.questions) <= 3
