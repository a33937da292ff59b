"""LlamaIndex's hybrid search as its documentation builds it: BM25Retriever and FAISS, fused by reciprocal rank."""

from collections.abc import Sequence

import faiss
import numpy as np
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.indices.vector_store.retrievers import VectorIndexRetriever
from llama_index.core.llms.mock import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import TextNode
from numpy.typing import NDArray

from eval.peers.collection import Collection
from eval.peers.passage_engine import PassageEngine, ScoredRow
from index.embedding import Embedder


class OurEmbedding(BaseEmbedding):
    """Our embedding model as LlamaIndex asks for one.

    Args:
        embedder: The model.
    """

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return _floats(self._embedder.embed_queries([query])[0])

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return _floats(self._embedder.embed_passages([text])[0])


class _Hybrid:
    """The three retrievers; their lists are as long as the result, as in the documentation."""

    def __init__(self, collection: Collection) -> None:
        from llama_index.retrievers.bm25 import BM25Retriever

        nodes = nodes_of(collection)
        self._rows = {node.node_id: row for row, node in enumerate(nodes)}
        self._bm25 = BM25Retriever.from_defaults(nodes=list(nodes), similarity_top_k=1)
        self._dense = vector_retriever(nodes, collection)
        self._fusion = QueryFusionRetriever(
            [self._dense, self._bm25],
            llm=MockLLM(),  # asked for nothing when the question is the only query, but the default one wants a key
            mode=FUSION_MODES.RECIPROCAL_RANK,
            num_queries=1,
            use_async=False,
        )

    def rank(self, question: str, k: int) -> list[ScoredRow]:
        """The k rows with the highest sum of reciprocal ranks."""
        self._bm25.similarity_top_k = self._dense.similarity_top_k = self._fusion.similarity_top_k = k
        return [ScoredRow(self._rows[hit.node.node_id], hit.get_score()) for hit in self._fusion.retrieve(question)]


def build(collection: Collection) -> PassageEngine:
    """Index a collection's passages.

    Args:
        collection: Its texts go to BM25, its vectors to FAISS.

    Returns:
        An engine with LlamaIndex's defaults: bm25s with English stemmer and stop words, rrf_k 60. BM25's list holds
        passages that no word matches, where fewer than k match.
    """
    return PassageEngine(collection, _Hybrid(collection).rank)


def nodes_of(collection: Collection) -> list[TextNode]:
    """A node for each row; title and date stand in its text, where LlamaIndex puts them by default."""
    return [
        TextNode(id_=passage.passage_id, text=text)
        for (_, passage), text in zip(collection.passages, collection.texts, strict=True)
    ]


def vector_retriever(nodes: Sequence[TextNode], collection: Collection) -> VectorIndexRetriever:
    """Exact search by inner product.

    Args:
        nodes: A node for each row; they are given the collection's vectors, so that none is embedded anew.
        collection: The passages of the nodes.

    Returns:
        The retriever of a vector index on FAISS.
    """
    from llama_index.vector_stores.faiss import FaissVectorStore

    for node, vector in zip(nodes, collection.vectors, strict=True):
        node.embedding = _floats(vector)
    store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(collection.vectors.shape[1]))
    context = StorageContext.from_defaults(vector_store=store)
    index = VectorStoreIndex(nodes, storage_context=context, embed_model=OurEmbedding(collection.embedder))
    return VectorIndexRetriever(index)


def _floats(vector: NDArray[np.float32]) -> list[float]:
    return [float(value) for value in vector]
