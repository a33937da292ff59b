"""What names a language model: ``openai:gpt-4o-mini``, ``ollama:qwen3``, ``http://127.0.0.1:8080/v1``."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from rag.llm.errors import LlmSpecError

COMPATIBLE = "openai-compatible"
"""The provider behind a URL: any server that speaks OpenAI's protocol."""

NAMED = ("anthropic", "ollama", "openai")
"""Providers that a name before a colon chooses."""

_FORMS = "openai:MODEL, ollama:MODEL, anthropic:MODEL, or http://…/v1 with the model's name (--llm-model)"


@dataclass(frozen=True, slots=True)
class LlmSpec:
    """A language model somewhere.

    Attributes:
        provider: One of ``NAMED``, or ``COMPATIBLE``.
        model: Its name there.
        base_url: Of a compatible server; None for the others.
    """

    provider: str
    model: str
    base_url: str | None = None


def parse_spec(text: str, model: str | None = None) -> LlmSpec:
    """Read what names a language model.

    Args:
        text: ``provider:model`` or a URL.
        model: The model's name, for a URL.

    Returns:
        The model.

    Raises:
        LlmSpecError: It cannot be understood; the message says what can.

    >>> parse_spec("ollama:qwen3:4b")
    LlmSpec(provider='ollama', model='qwen3:4b', base_url=None)
    >>> parse_spec("http://127.0.0.1:8080/v1/", "local").base_url
    'http://127.0.0.1:8080/v1'
    """
    text = text.strip()
    if "://" in text:
        return _server(text, (model or "").strip())
    provider, colon, name = text.partition(":")
    if provider not in NAMED:
        shown = f"{text!r} names no language model"
        if colon and ("/" in name or name.isdecimal()):
            shown = f"{text!r} has no http:// or https:// before it"
        raise LlmSpecError(f"{shown}; write {_FORMS}")
    if not name.strip():
        raise LlmSpecError(f"{text!r} names no model; write {provider}:MODEL")
    if model:
        raise LlmSpecError(f"{text!r} names its model already; --llm-model goes with a URL")
    return LlmSpec(provider, name.strip())


def _server(text: str, model: str) -> LlmSpec:
    try:
        url = urlsplit(text)
        host, _ = url.hostname, url.port
    except ValueError as error:
        raise LlmSpecError("the URL of the language model is not one; write http://HOST:PORT/v1") from error
    # A URL that may hold a secret is not repeated.
    if url.username or url.password or url.query or url.fragment:
        raise LlmSpecError(
            "the URL of the language model must hold no user, password or query; write http://HOST:PORT/v1, and put "
            "the key into MUSTANAD_LLM_KEY"
        )
    if url.scheme not in ("http", "https"):
        raise LlmSpecError(f"{text!r} is no http:// or https:// address; write http://HOST:PORT/v1")
    if not host:
        raise LlmSpecError(f"{text!r} names no host; write http://HOST:PORT/v1")
    if not model:
        raise LlmSpecError(f"{text!r} needs the name of a model there: --llm-model NAME")
    return LlmSpec(COMPATIBLE, model, text.rstrip("/"))
