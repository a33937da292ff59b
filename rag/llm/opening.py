"""From what names a language model to a writer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rag.llm.calling import DEADLINE_S, RETRIES, TIMEOUT_S, Caller, Limits
from rag.llm.providers import build_llm
from rag.llm.spec import COMPATIBLE, parse_spec
from rag.llm.writing import LlmWriter

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


def open_writer(
    spec: str,
    model: str | None = None,
    *,
    timeout_s: float = TIMEOUT_S,
    deadline_s: float = DEADLINE_S,
    retries: int = RETRIES,
    environment: Mapping[str, str] | None = None,
) -> LlmWriter:
    """Open a language model; nothing is sent before it is asked.

    Args:
        spec: ``openai:MODEL``, ``ollama:MODEL``, ``anthropic:MODEL``, or the URL of a server that speaks OpenAI's
            protocol (``http://127.0.0.1:8080/v1``).
        model: The model's name, for a URL.
        timeout_s: Seconds without a sign of life after which a request fails.
        deadline_s: Seconds for an answer, tries and waits included.
        retries: How often a request is sent again after a lost connection, HTTP 429 or 5xx.
        environment: Where keys are (``OPENAI_API_KEY``, ``ANTHROPIC_API_KEY``, ``MUSTANAD_LLM_KEY`` for a URL); None
            for the process's own.

    Returns:
        The writer.

    Raises:
        LlmSpecError: The spec cannot be understood.
        LlmError: An extra or a key is missing, or the model's name is refused.
        ValueError: A limit is not positive.
    """
    if timeout_s <= 0 or deadline_s <= 0 or retries < 0:
        raise ValueError("time-out and deadline must be positive, and retries not negative")
    parsed = parse_spec(spec, model)
    built = build_llm(parsed, min(timeout_s, deadline_s), environment)
    caller = Caller(
        built.llm, built.destination, built.secrets, Limits(timeout_s, deadline_s, retries), hang_up=built.line.hang_up
    )
    name = parsed.model if parsed.provider == COMPATIBLE else f"{parsed.provider}:{parsed.model}"
    return LlmWriter(caller, name)


def writer_of(llm: "LLM", destination: str = "the program's own language model") -> LlmWriter:
    """A writer around any language model of LlamaIndex, as a program has made it.

    Args:
        llm: The model, with its own key, time-out and retries.
        destination: Where it is, to be shown.

    Returns:
        The writer. It waits as ``Limits`` has it, and sends a request once.
    """
    caller = Caller(llm, destination, limits=Limits(retries=0), ends=False)
    return LlmWriter(caller, llm.metadata.model_name)
