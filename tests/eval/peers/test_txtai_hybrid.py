from pathlib import Path

import pytest

from eval.peers import collection_of
from eval.peers.txtai_hybrid import build, index
from tests.eval.peers.checks import check_no_vector_is_embedded, check_peer
from tests.eval.peers.samples import QUESTIONS, dense_reports, numbered_collection

pytest.importorskip("txtai", reason="txtai is not installed; it comes with the extra peers")


def test_it_searches(tmp_path: Path) -> None:
    check_peer("txtai", tmp_path)


def test_no_vector_is_embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_no_vector_is_embedded("txtai", tmp_path, monkeypatch)


def test_its_dense_part_agrees_with_our_exact_search(tmp_path: Path) -> None:
    with dense_reports(tmp_path / "index") as reports:
        collection = collection_of(reports)
        embeddings = index(collection)
        for question in QUESTIONS:
            expected = reports.search(question, 5)
            found = embeddings.search(question, 5, weights=1.0)
            assert [collection.passages[row][1] for row, _ in found] == [hit.passage for hit in expected]
            assert [score for _, score in found] == pytest.approx([hit.score for hit in expected], abs=1e-6)


def test_by_default_both_parts_weigh_the_same(tmp_path: Path) -> None:
    with dense_reports(tmp_path / "index") as reports:
        collection = collection_of(reports)
    embeddings = index(collection)
    question = QUESTIONS[0]
    whole = {row: score for row, score in embeddings.search(question, 41)}
    dense = dict(embeddings.search(question, 41, weights=1.0))
    sparse = dict(embeddings.search(question, 41, weights=0.0))
    for row, score in whole.items():
        assert score == pytest.approx(0.5 * dense.get(row, 0.0) + 0.5 * sparse.get(row, 0.0))


def test_passages_of_several_batches_keep_their_vectors() -> None:
    collection = numbered_collection(2500)  # txtai embeds 1024 at a time
    engine = build(collection)
    for number in (0, 1023, 1024, 2047, 2048, 2499):
        assert engine.search(f"word{number}", 1)[0].document.doc_id == f"{number}.txt"
    rows = [1023, 1024, 2499]
    nearest = index(collection).ann.search(collection.vectors[rows], 1)
    assert [row for ((row, _),) in nearest] == rows
