"""Ordering anew what the search found."""

from collections.abc import Sequence
from pathlib import Path

import pytest

import rag
from index.errors import ModelError
from index.types import ScoredPassage
from rag.reading.protocol import Reading
from rag.reranking import RERANK_DEPTH, reranked
from tests.rag.samples import ALL, BRIDGE, WHO_BRIDGE, found, hash_model, make_reports


class Backwards:
    """Reads nothing and turns the order of passages round."""

    name = "backwards"
    threshold = 0.5

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> list[Reading]:
        return []

    def rerank(self, question: str, passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
        return list(passages)[::-1]


def test_only_the_first_are_ordered_anew_and_scores_fall_with_the_ranks() -> None:
    passages = [found(BRIDGE, rank) for rank in range(1, RERANK_DEPTH + 3)]
    ordered = reranked(WHO_BRIDGE, passages, Backwards())
    assert [hit.rank for hit in ordered] == list(range(1, RERANK_DEPTH + 3))
    assert ordered[RERANK_DEPTH].score <= ordered[RERANK_DEPTH - 1].score


def test_a_search_is_ordered_anew_where_asked(tmp_path: Path) -> None:
    make_reports(tmp_path / "index").close()
    with rag.open(tmp_path / "index", embedder=hash_model()) as plain:
        usual = [hit.document.doc_id for hit in plain.search(WHO_BRIDGE, len(ALL))]
    with rag.open(tmp_path / "index", embedder=hash_model(), reader=Backwards(), rerank=True) as other:
        anew = [hit.document.doc_id for hit in other.search(WHO_BRIDGE, len(ALL))]
        assert [hit.document.doc_id for hit in other.search(WHO_BRIDGE, 2)] == anew[:2]
    assert anew == usual[::-1]


def test_a_reader_that_does_not_order_says_so(tmp_path: Path) -> None:
    make_reports(tmp_path / "index").close()
    with rag.open(tmp_path / "index", embedder=hash_model(), rerank=True) as reports:
        with pytest.raises(ModelError, match="leave --rerank out"):
            reports.search(WHO_BRIDGE)
