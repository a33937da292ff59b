"""A collection as LlamaIndex components."""

import asyncio

import pytest
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from llama_index.core.schema import MetadataMode, NodeWithScore, TextNode

import rag
from rag.llama import passage_node
from tests.rag.samples import ALL, BRIDGE, UNKNOWN, WHO_BRIDGE, found


def test_the_retriever_gives_the_search_as_nodes(reports: rag.Reports) -> None:
    retriever = reports.as_retriever(k=3)
    assert isinstance(retriever, BaseRetriever)
    nodes = retriever.retrieve(WHO_BRIDGE)
    hits = reports.search(WHO_BRIDGE, 3)
    assert [(node.node_id, node.score) for node in nodes] == [(hit.passage.passage_id, hit.score) for hit in hits]
    texts = {document.doc_id: document.text for document in ALL}
    for node in nodes:
        assert isinstance(node, NodeWithScore)
        assert isinstance(node.node, TextNode)
        start, end = node.node.start_char_idx, node.node.end_char_idx
        assert node.node.text == texts[node.metadata["doc_id"]][start:end]
        assert (node.metadata["start"], node.metadata["end"]) == (start, end)


def test_a_node_carries_where_it_comes_from() -> None:
    node = passage_node(BRIDGE, found(BRIDGE, span=(32, 92)).passage)
    assert node.metadata == {
        "doc_id": "bridge.txt", "start": 32, "end": 92, "title": BRIDGE.title, "source": BRIDGE.source,
        "published": "2024-03-14", "url": BRIDGE.url, "lang": "en",
    }  # fmt: skip
    for_model = node.get_content(MetadataMode.LLM)
    assert "Larzania News Agency" in for_model
    assert BRIDGE.url is not None
    assert BRIDGE.url not in for_model
    assert node.get_content(MetadataMode.EMBED) == node.text


def test_the_query_engine_answers_as_ask_does(reports: rag.Reports) -> None:
    engine = reports.as_query_engine()
    assert isinstance(engine, BaseQueryEngine)
    response = engine.query(WHO_BRIDGE)
    assert isinstance(response, Response)
    assert (
        str(response) == reports.ask(WHO_BRIDGE).text == "The Northern Brigade blew up the railway bridge on Thursday."
    )
    cited = {citation["passage_id"] for citation in (response.metadata or {})["citations"]}
    assert {node.node_id for node in response.source_nodes} == cited == {"bridge.txt#0", "copy.txt#0", "denial.txt#0"}
    assert asyncio.run(engine.aquery(WHO_BRIDGE)).source_nodes == response.source_nodes


def test_the_query_engine_abstains(reports: rag.Reports) -> None:
    response = reports.as_query_engine().query(UNKNOWN)
    assert str(response) == "The reports hold no sufficient evidence for an answer."
    assert (response.metadata or {})["abstained"] is True
    assert len(response.source_nodes) == 3


def test_the_retriever_works_in_llama_indexs_own_engine(reports: rag.Reports) -> None:
    synthesizer = get_response_synthesizer(llm=MockLLM(), response_mode=ResponseMode.COMPACT)
    engine = RetrieverQueryEngine(reports.as_retriever(k=2), response_synthesizer=synthesizer)
    response = engine.query(WHO_BRIDGE)
    assert [node.node_id for node in response.source_nodes] == ["bridge.txt#0", "copy.txt#0"]
    assert "Trains go by way of Rasvina now." in str(response)  # the mock repeats its prompt


def test_an_empty_question_is_refused(reports: rag.Reports) -> None:
    with pytest.raises(ValueError, match="the question is empty"):
        reports.as_query_engine().query(" ")
