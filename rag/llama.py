"""A collection of reports as LlamaIndex components."""

import asyncio
from typing import TYPE_CHECKING

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.callbacks.base import CallbackManager
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.types import Document, Passage
from rag.serialise import answer_to_json

if TYPE_CHECKING:
    from rag.llm import Writer
    from rag.reports import Reports


class ReportsRetriever(BaseRetriever):
    """Gives a collection's best passages as nodes.

    A node's text is the passage; its metadata say where it comes from (``doc_id``, ``start``, ``end``, ``title``,
    ``source``, ``published``, ``url``, ``lang``) and ride along neither for embedding nor for a language model but for
    title, source and published.

    Args:
        reports: The collection.
        k: How many passages.
    """

    def __init__(self, reports: "Reports", k: int = 10) -> None:
        super().__init__()
        self._reports = reports
        self._k = k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._reports.search(query_bundle.query_str, self._k)
        return [NodeWithScore(node=passage_node(hit.document, hit.passage), score=hit.score) for hit in found]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class ReportsQueryEngine(BaseQueryEngine):
    """Answers as ``Reports.ask`` does.

    The response's text is the answer in a report's words, or says that there is no evidence; its nodes are the cited
    passages; its metadata are the whole answer as the command line prints it. With a writer, the text is what the
    language model wrote and the reports support.

    Args:
        reports: The collection.
        writer: Writes the answers; None for the reports' own words.
    """

    def __init__(self, reports: "Reports", writer: "Writer | None" = None) -> None:
        super().__init__(CallbackManager([]))
        self._reports = reports
        self._writer = writer

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        answer = self._reports.ask(query_bundle.query_str)
        if self._writer is not None:
            from rag.llm import write_answer  # only where a language model was chosen

            answer = write_answer(answer, self._writer, self._reports.sentence_reader)
        cited = {citation.passage_id for citation in answer.citations}
        nodes = [
            NodeWithScore(node=passage_node(hit.document, hit.passage), score=hit.score)
            for hit in answer.passages
            if hit.passage.passage_id in cited
        ]
        text = answer.text if answer.text is not None else "The reports hold no sufficient evidence for an answer."
        return Response(response=text, source_nodes=nodes, metadata=answer_to_json(answer))

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def passage_node(document: Document, passage: Passage) -> TextNode:
    """A passage as a LlamaIndex node."""
    metadata = {
        "doc_id": document.doc_id,
        "start": passage.start,
        "end": passage.end,
        "title": document.title,
        "source": document.source,
        "published": document.published.isoformat() if document.published else None,
        "url": document.url,
        "lang": document.lang,
    }
    shown = {"title", "source", "published"}
    return TextNode(
        id_=passage.passage_id,
        text=passage.text,
        metadata=metadata,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        excluded_llm_metadata_keys=[key for key in metadata if key not in shown],
        excluded_embed_metadata_keys=list(metadata),
    )
