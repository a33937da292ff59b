"""A language model of LlamaIndex that writes what a test tells it to."""

from collections.abc import Sequence
from typing import Any

from llama_index.core.llms import ChatMessage, ChatResponse, CompletionResponse, CustomLLM, LLMMetadata
from pydantic import Field

from rag.llm import writer_of
from rag.llm.writing import LlmWriter


class ScriptedLlm(CustomLLM):
    """Writes a text, in pieces of some characters.

    Attributes:
        text: What it writes.
        asked: The messages it was sent, one list a request.
    """

    text: str
    asked: list[list[ChatMessage]] = Field(default_factory=list)

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="scripted", is_chat_model=True)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: object) -> CompletionResponse:
        return CompletionResponse(text=self.text)

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: object) -> Any:  # noqa: ANN401 - LlamaIndex's generators
        yield CompletionResponse(text=self.text, delta=self.text)

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: object) -> Any:  # noqa: ANN401 - LlamaIndex's generators
        self.asked.append(list(messages))
        for start in range(0, len(self.text), 7):
            piece = self.text[start : start + 7]
            yield ChatResponse(message=ChatMessage(content=self.text[: start + 7]), delta=piece)


def writes(text: str) -> LlmWriter:
    """A writer whose model writes a text."""
    return writer_of(ScriptedLlm(text=text))


def last_request(writer: LlmWriter) -> tuple[str, str]:
    """What the model of ``writes`` was last sent: the system's message and the user's."""
    llm = writer.caller.llm
    assert isinstance(llm, ScriptedLlm)
    system, user = llm.asked[-1]
    return str(system.content), str(user.content)
