import re
from pathlib import Path

import pytest
from rank_bm25 import BM25Okapi

from eval.peers.rank_bm25_plain import build, tokens
from tests.eval.peers.checks import check_no_vector_is_embedded, check_peer
from tests.eval.peers.samples import QUESTIONS, sample_collection


def test_it_searches(tmp_path: Path) -> None:
    check_peer("rank-bm25", tmp_path)


def test_no_vector_is_embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_no_vector_is_embedded("rank-bm25", tmp_path, monkeypatch)


def test_words_are_lower_cased_runs_of_word_characters() -> None:
    assert tokens("من نفّذ? O'Neil's") == re.findall(r"\w+", "من نفّذ? o'neil's")


def test_the_result_is_that_of_rank_bm25_by_hand(tmp_path: Path) -> None:
    collection = sample_collection(tmp_path / "index")
    by_hand = BM25Okapi([re.findall(r"\w+", text.lower()) for text in collection.texts])
    engine = build(collection)
    for question in QUESTIONS:
        words = re.findall(r"\w+", question.lower())
        expected = by_hand.get_top_n(words, [passage for _, passage in collection.passages], n=4)
        found = engine.search(question, 4)
        assert [hit.passage for hit in found] == expected
        assert [hit.score for hit in found] == sorted(by_hand.get_scores(words), reverse=True)[:4]
