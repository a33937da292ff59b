import re
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from llama_index.core.schema import QueryBundle

from eval.peers import collection_of
from eval.peers.llamaindex_stock import OurEmbedding, build, nodes_of, vector_retriever
from index.types import Document, Passage
from rag.llama import passage_node
from tests.eval.peers.checks import check_no_vector_is_embedded, check_peer
from tests.eval.peers.samples import QUESTIONS, dense_reports
from tests.fakes import HashEmbedder
from tests.rag.samples import ALL, HARVEST

pytest.importorskip(
    "llama_index.vector_stores.faiss",
    reason="llama-index-vector-stores-faiss is not installed; it comes with the extra peers",
)
bm25 = pytest.importorskip(
    "llama_index.retrievers.bm25",
    reason="llama-index-retrievers-bm25 is not installed: pip install --no-deps llama-index-retrievers-bm25",
)


def test_it_searches_without_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("IS_TESTING", raising=False)
    check_peer("llamaindex", tmp_path)


def test_no_vector_is_embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_no_vector_is_embedded("llamaindex", tmp_path, monkeypatch)


def test_its_dense_part_agrees_with_our_exact_search(tmp_path: Path) -> None:
    with dense_reports(tmp_path / "index") as reports:
        collection = collection_of(reports)
        nodes = nodes_of(collection)
        retriever = vector_retriever(nodes, collection)
        retriever.similarity_top_k = 5
        for question in QUESTIONS:
            expected = reports.search(question, 5)
            found = retriever.retrieve(QueryBundle(question))
            assert [hit.node.node_id for hit in found] == [hit.passage.passage_id for hit in expected]
            assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], abs=1e-6)


def test_scores_are_sums_of_reciprocal_ranks(tmp_path: Path) -> None:
    with dense_reports(tmp_path / "index") as reports:
        collection = collection_of(reports)
        dense = [hit.passage.passage_id for hit in reports.search(QUESTIONS[1], 5)]
    nodes = nodes_of(collection)
    lexical = bm25.BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=5).retrieve(QUESTIONS[1])
    expected: dict[str, float] = {}
    for ranking in (dense, [hit.node.node_id for hit in lexical]):
        for rank, passage_id in enumerate(ranking):  # LlamaIndex counts ranks from 0
            expected[passage_id] = expected.get(passage_id, 0.0) + 1 / (60 + rank)
    found = build(collection).search(QUESTIONS[1], 5)
    assert [hit.score for hit in found] == pytest.approx(sorted(expected.values(), reverse=True)[:5])
    assert [hit.score for hit in found] == pytest.approx([expected[hit.passage.passage_id] for hit in found])


def test_the_bm25_retriever_stems_with_a_pystemmer_newer_than_it_asks_for() -> None:
    assert any(re.match(r"pystemmer<3", line) for line in requires("llama-index-retrievers-bm25") or [])
    assert int(version("PyStemmer").split(".")[0]) >= 3
    nodes = [passage_node(document, passage) for document, passage in _whole()]
    (best, *_) = bm25.BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=2).retrieve("harvesting farmer")
    assert best.node.text == HARVEST.text and best.score > 0


def test_the_embedding_is_ours() -> None:
    embedder = HashEmbedder()
    embedding = OurEmbedding(embedder)
    assert embedding.model_name == embedder.name
    assert embedding.get_query_embedding("a b") == embedder.embed_queries(["a b"])[0].tolist()
    assert embedding.get_text_embedding("a b") == embedder.embed_passages(["a b"])[0].tolist()


def _whole() -> list[tuple[Document, Passage]]:
    return [(doc, Passage(f"{doc.doc_id}#0", doc.doc_id, 0, len(doc.text), doc.text)) for doc in ALL]
