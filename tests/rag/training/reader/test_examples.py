"""Training examples: reading, what is set aside, mixing, windows and targets."""

import json
from pathlib import Path

import pytest

from index.errors import MustanadError
from rag.training.reader.examples import Example, read_squad, read_who_did_it, read_written
from rag.training.reader.features import batches, collate, features
from rag.training.reader.mixing import Mixture, mix, without_answer
from rag.training.reader.set_aside import SetAside, load_set_aside
from tests.rag.reading.spans.words import word_tokenizer


def example(number: int = 0, **changes: object) -> Example:
    fields = {
        "example_id": str(number), "source": "xquad", "group": "g", "question": "Who fled?", "question_lang": "en",
        "context": "The army fled at dawn.", "lang": "en", "spans": ((4, 8),),
    } | changes  # fmt: skip
    return Example(**fields)  # type: ignore[arg-type]


def squad(tmp_path: Path, answers: list[dict[str, object]], context: str = "The army fled. The army won.") -> Path:
    row = {"id": "1", "question": " Who  fled? ", "answers": answers}
    path = tmp_path / "s.json"
    path.write_text(json.dumps({"data": [{"title": "A", "paragraphs": [{"context": context, "qas": [row]}]}] * 2}))
    return path


def test_the_answer_that_most_people_marked_comes_first(tmp_path: Path) -> None:
    answers = [{"text": "The army", "answer_start": 0}] + [{"text": "army", "answer_start": 4}] * 2
    read = next(read_squad(squad(tmp_path, answers), "x", "en"))
    assert [read.context[slice(*span)] for span in read.spans] == ["army", "The army"]
    assert (read.question, read.group) == ("Who fled?", "A")


def test_an_answer_beside_its_place_is_found_and_one_that_is_nowhere_leaves_the_question_out(tmp_path: Path) -> None:
    assert next(read_squad(squad(tmp_path, [{"text": "army", "answer_start": 17}]), "x", "en")).spans == ((19, 23),)
    assert list(read_squad(squad(tmp_path, [{"text": "navy", "answer_start": 0}]), "x", "en")) == []


def test_what_is_no_squad_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text('{"rows": []}')
    with pytest.raises(MustanadError, match="not a SQuAD"):
        list(read_squad(path, "x", "en"))


def test_who_did_it_marks_every_place_in_any_case_and_leaves_out_reports_that_do_not_tell(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    texts = {"a": "THE BRIGADE BLEW IT UP, SAID THE BRIGADE.", "b": "IT WAS BLOWN UP.", "c": "UNKNOWN MEN."}
    (tmp_path / "corpus.jsonl").write_text("\n".join(json.dumps({"_id": i, "text": t}) for i, t in texts.items()))
    queries = [
        {"_id": "q", "text": "Who?", "metadata": {"answers": ["Brigade"], "answerable": True}},
        {"_id": "r", "text": "Who else?", "metadata": {"answers": [], "answerable": False}},
    ]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\nq\tb\t1\nr\tc\t1\n")
    read = {one.example_id: one.spans for one in read_who_did_it(tmp_path, "muc4")}
    assert read == {"q/a": ((4, 11), (33, 40)), "r/c": ()}


def test_what_was_written_for_the_project(tmp_path: Path) -> None:
    asked = [
        {"question": "من فر؟", "lang": "ar", "answer": "The army"},
        {"question": "Why?", "lang": "en", "answer": None},
    ]
    path = tmp_path / "w.jsonl"
    path.write_text(json.dumps({"lang": "en", "context": "The army fled.", "qas": asked}) + "\n", encoding="utf-8")
    read = list(read_written(path))
    assert [(one.question_lang, one.lang, one.spans) for one in read] == [("ar", "en", ((0, 8),)), ("en", "en", ())]
    path.write_text(path.read_text().replace("The army fled", "The navy fled"))
    with pytest.raises(MustanadError, match="does not stand in the context"):
        list(read_written(path))


def test_nothing_set_aside_is_trained_on() -> None:
    aside = SetAside({"xquad": frozenset({"A"})}, {"xquad": frozenset({"B"})}, frozenset({"ro"}))
    cases = (("A", "en"), ("B", "ro"), ("C", "en"), ("C", "ro"))
    parts = [aside.part_of(example(group=group, lang=lang)) for group, lang in cases]
    assert parts == ["test", "dev", "train", "test"]
    assert aside.part_of(example(group="C", question_lang="ro")) == "test"


def test_the_parts_of_the_shipped_weights_do_not_overlap() -> None:
    aside = load_set_aside()
    for source, groups in aside.test.items():
        assert groups
        assert not groups & aside.dev[source]


def test_a_question_without_answer_has_the_nearest_passage_that_does_not_hold_it() -> None:
    pool = [
        example(1),
        example(2, context="The army fled at dusk, they said.", spans=((4, 8),)),
        example(3, context="At dawn people fled the flood.", spans=((8, 14),)),
        example(4, context="Bread got dearer.", spans=((0, 5),)),
    ]
    first = without_answer(pool)[0]
    assert (first.question, first.context, first.spans) == ("Who fled?", "At dawn people fled the flood.", ())


def test_a_mixture_is_the_same_for_the_same_seed_and_crosses_languages() -> None:
    sources = {
        f"xquad-{lang}": [
            example(n, lang=lang, question_lang=lang, context=f"{lang} The army fled {n}.") for n in range(6)
        ]
        for lang in ("ar", "en", "tr")
    }  # fmt: skip
    mixture = Mixture({"xquad-ar": 1.0, "xquad-en": 0.5}, crossed=1.0, unanswerable=0.0)
    mixed = mix(sources, mixture, 3)
    assert mixed == mix(sources, mixture, 3) != mix(sources, mixture, 4)
    assert sum(one.lang == one.question_lang for one in mixed) == 9
    assert sum(one.lang != one.question_lang for one in mixed) == 6


def test_targets_are_the_tokens_of_the_first_answer() -> None:
    (feature,) = features([example(spans=((4, 8), (0, 8)))], word_tokenizer(), 1)
    window = feature.window
    assert (feature.starts, feature.ends) == ((window.first + 1,), (window.first + 1,))


def test_all_occurrences_of_a_name_are_targets() -> None:
    (feature,) = features(
        [example(source="muc4", context="army or army", spans=((0, 4), (8, 12)))], word_tokenizer(), 1
    )
    assert [place - feature.window.first for place in feature.starts] == [0, 2]


def test_without_an_answer_the_first_token_is_the_target_and_may_be_chosen() -> None:
    (feature,) = features([example(spans=())], word_tokenizer(), 1)
    assert (feature.starts, feature.ends) == ((0,), (0,))
    batch = collate([feature], 1)
    assert batch.starts[0, 0]
    assert batch.allowed[0].sum() == 1 + len(feature.window.offsets)


def test_a_batch_keeps_to_its_tokens_and_no_window_is_lost() -> None:
    items = features([example(n, context="word " * (n + 3), spans=()) for n in range(30)], word_tokenizer(), 1)
    grouped = batches(items, 60, 1)
    assert sorted(id(item) for group in grouped for item in group) == sorted(map(id, items))
    assert all(len(group) == 1 or collate(group, 1).ids.size <= 60 for group in grouped)
