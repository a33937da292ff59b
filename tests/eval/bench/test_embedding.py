"""The comparison of engines, with stand-ins."""

import pytest

from eval.bench.embedding import compare_engines, sample_passages
from tests.fakes import HashEmbedder


def test_engines_are_timed_in_turns_and_compared() -> None:
    figures = compare_engines({"a": HashEmbedder(), "b": HashEmbedder()}, ["the market", "the bridge"], rounds=2)
    assert (figures.passages, set(figures.per_second), set(figures.query_ms)) == (2, {"a", "b"}, {"a", "b"})
    assert figures.cosine == pytest.approx(1, abs=1e-6)
    assert figures.ratio > 0
    assert all(value > 0 for value in (*figures.per_second.values(), *figures.query_ms.values()))


def test_the_sample_reports_are_what_is_embedded() -> None:
    passages = sample_passages(HashEmbedder())
    assert len(passages) >= 24
    assert any("Rasvina" in passage for passage in passages)
