"""The part that was not trained on."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.datasets.types import Dataset, DatasetError, DocumentCorpus, Question
from eval.reader import only_set_aside
from eval.reader.set_aside import read_set_aside
from index.types import Document

CORPUS = DocumentCorpus((Document("d1", "…", "Martin Luther"), Document("d2", "…", "Steam_engine")))
QUESTIONS = (
    Question("muc4-0001", "?", relevant={"d1": 1}),
    Question("muc4-0002", "?", relevant={"d2": 1}),
    Question("muc4-0003", "?", relevant={"d2": 0}),
)
DATASET = Dataset("xquad-en-over-ar", QUESTIONS, CORPUS, "whole")


def ids(dataset: Dataset) -> list[str]:
    return [question.query_id for question in dataset.questions]


def listed(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "set_aside.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_articles_by_title_and_questions_by_id(tmp_path: Path) -> None:
    groups = read_set_aside(listed(tmp_path, {"test": {"xquad": ["Steam_Engine"], "muc4": ["muc4-0001"]}}))
    chosen = only_set_aside(DATASET, groups)
    assert ids(chosen) == ["muc4-0002"]
    assert chosen.corpus is CORPUS
    assert chosen.fingerprint != DATASET.fingerprint
    assert ids(only_set_aside(replace(DATASET, name="muc4"), groups)) == ["muc4-0001"]


def test_the_longest_family_counts_and_only_whole_words_of_a_name(tmp_path: Path) -> None:
    groups = read_set_aside(listed(tmp_path, {"test": {"xquad": ["Martin_Luther"], "xquad-en": ["Steam engine"]}}))
    assert ids(only_set_aside(DATASET, groups)) == ["muc4-0002"]
    assert ids(only_set_aside(replace(DATASET, name="xquad-ar"), groups)) == ["muc4-0001"]
    with pytest.raises(DatasetError, match="nothing is set aside of it, only of xquad, xquad-en"):
        only_set_aside(replace(DATASET, name="xquader"), groups)


def test_a_list_that_names_none_of_the_questions_is_refused(tmp_path: Path) -> None:
    groups = read_set_aside(listed(tmp_path, {"test": {"xquad": ["Warsaw"]}}))
    with pytest.raises(DatasetError, match="none of its questions is among the 1 set aside of xquad"):
        only_set_aside(DATASET, groups)


@pytest.mark.parametrize("content", [[], {}, {"test": []}, {"test": {"xquad": [1]}}, "no"])
def test_a_file_of_another_form_is_refused_in_one_line(tmp_path: Path, content: object) -> None:
    with pytest.raises(DatasetError, match="lists nothing that is set aside"):
        read_set_aside(listed(tmp_path, content))
    with pytest.raises(DatasetError, match="cannot be read"):
        read_set_aside(tmp_path / "none.json")


def test_the_half_that_confidence_was_not_fitted_on(tmp_path: Path) -> None:
    names = [f"Article_{number}" for number in range(40)]
    path = listed(tmp_path, {"test": {"xquad": names}})
    odd = {name for name in names if int(hashlib.sha256(name.encode()).hexdigest()[:2], 16) % 2}
    assert 0 < len(odd) < 40
    assert read_set_aside(path, unfitted=True)["xquad"] == {name.replace("_", " ").lower() for name in odd}


def test_the_list_that_ships_is_of_this_form() -> None:
    from importlib.resources import as_file, files

    with as_file(files("rag.training") / "set_aside.json") as path:
        assert {"xquad", "arcd", "muc4"} <= set(read_set_aside(path))
