"""A collection as LlamaIndex components."""

import asyncio
import threading
from typing import Any

import pytest
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine, RouterQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from llama_index.core.schema import MetadataMode, NodeWithScore, TextNode
from llama_index.core.selectors import LLMSingleSelector
from llama_index.core.tools import QueryEngineTool

import rag
from rag.llama import passage_node
from tests.rag.llm.scripted import ScriptedLlm
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


def test_the_query_engine_writes_with_a_language_model(reports: rag.Reports) -> None:
    text = "The Northern Brigade blew up the railway bridge on Thursday [1]. The Mayor ordered it [1]."
    response = reports.as_query_engine(llm=ScriptedLlm(text=text)).query(WHO_BRIDGE)
    assert str(response).startswith("The Northern Brigade blew up the railway bridge on Thursday. [")
    assert "Mayor" not in str(response)
    assert (response.metadata or {})["engine"] == "scripted"
    assert response.source_nodes


def test_it_is_a_tool_among_others_of_a_router(reports: rag.Reports) -> None:
    tools = [
        QueryEngineTool.from_defaults(reports.as_query_engine(), name="reports", description="reports of attacks"),
        QueryEngineTool.from_defaults(
            RetrieverQueryEngine(
                reports.as_retriever(k=1),
                response_synthesizer=get_response_synthesizer(llm=MockLLM(), response_mode=ResponseMode.COMPACT),
            ),
            name="summary",
            description="summaries",
        ),
    ]
    first = ScriptedLlm(text='[{"choice": 1, "reason": "it asks who"}]')
    router = RouterQueryEngine.from_defaults(tools, llm=first, selector=LLMSingleSelector.from_defaults(llm=first))
    response = router.query(WHO_BRIDGE)
    assert str(response) == reports.ask(WHO_BRIDGE).text
    assert (response.metadata or {})["citations"]
    assert str(tools[0].call(WHO_BRIDGE)) == reports.ask(WHO_BRIDGE).text


def test_asked_from_an_event_loop_it_does_not_block_it(reports: rag.Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    search = reports.search

    def watched(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        seen.append(threading.current_thread() is threading.main_thread())
        return search(*args, **kwargs)

    monkeypatch.setattr(reports, "search", watched)
    synthesizer = get_response_synthesizer(llm=MockLLM(), response_mode=ResponseMode.COMPACT)
    engine = RetrieverQueryEngine(reports.as_retriever(k=2), response_synthesizer=synthesizer)

    async def both() -> tuple[Any, Any]:
        return await asyncio.gather(engine.aquery(WHO_BRIDGE), reports.as_query_engine().aquery(WHO_BRIDGE))

    written, quoted = asyncio.run(both())
    assert [node.node_id for node in written.source_nodes] == ["bridge.txt#0", "copy.txt#0"]
    assert str(quoted) == reports.ask(WHO_BRIDGE).text
    assert seen == [False]
