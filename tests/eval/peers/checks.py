"""What holds for every peer."""

from pathlib import Path

import pytest

from eval.peers import Collection, SearchEngine, collection_of, find_peer
from index.types import ScoredPassage
from tests.eval.peers.samples import QUESTIONS, sample_collection
from tests.rag.samples import ALL, BRIDGE, HARVEST, WHO_BRIDGE, make_reports


def check_peer(name: str, root: Path) -> None:
    """Build a peer from the sample reports and ask it."""
    collection = sample_collection(root / "index")
    engine = find_peer(name).builder()(collection)
    assert {document.doc_id for document in engine.documents()} == {document.doc_id for document in ALL}
    assert engine.search(WHO_BRIDGE, 3)[0].document == BRIDGE
    assert engine.search("wheat harvest", 3)[0].document == HARVEST
    for question in (*QUESTIONS, "؟", "zzzqqq", 'SELECT "x" * %'):
        check_hits(collection, engine.search(question, 100))
    assert len(engine.search(WHO_BRIDGE, 2)) == 2
    assert len(engine.search(WHO_BRIDGE, 1000)) <= len(collection)
    check_documents(engine)
    for question, k in (("  ", 3), ("bridge", 0)):
        with pytest.raises(ValueError):
            engine.search(question, k)


def check_hits(collection: Collection, found: list[ScoredPassage]) -> None:
    """Passages are those of the collection, each once, ranked by score."""
    known = {passage.passage_id: (document, passage) for document, passage in collection.passages}
    for hit in found:
        assert known[hit.passage.passage_id] == (hit.document, hit.passage)
        assert hit.document.text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert hit.dense is None and hit.bm25 is None
    assert len({hit.passage.passage_id for hit in found}) == len(found)
    assert [hit.rank for hit in found] == list(range(1, len(found) + 1))
    scores = [hit.score for hit in found]
    assert scores == sorted(scores, reverse=True)


def check_documents(engine: SearchEngine) -> None:
    """Each document once, in the order of its best passage."""
    documents = engine.search_documents(WHO_BRIDGE, 3)
    order = dict.fromkeys(hit.document.doc_id for hit in engine.search(WHO_BRIDGE, 6))
    assert [hit.document.doc_id for hit in documents] == list(order)[:3]


def check_no_vector_is_embedded(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building a peer asks the model for nothing."""
    with make_reports(root / "index") as reports:
        collection = collection_of(reports)

    def refuse(*_: object) -> None:
        raise AssertionError("the model was asked")

    builder = find_peer(name).builder()
    for method in ("embed_passages", "embed_queries"):
        monkeypatch.setattr(type(collection.embedder), method, refuse)
    builder(collection)
