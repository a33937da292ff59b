"""What names a language model."""

import pytest

from rag.llm import LlmSpecError, parse_spec
from rag.llm.spec import COMPATIBLE, LlmSpec


@pytest.mark.parametrize(
    ("text", "model", "spec"),
    [
        ("openai:gpt-4o-mini", None, LlmSpec("openai", "gpt-4o-mini")),
        (" ollama:qwen3:4b ", None, LlmSpec("ollama", "qwen3:4b")),
        ("anthropic:claude-x", None, LlmSpec("anthropic", "claude-x")),
        ("http://127.0.0.1:8080/v1", "local", LlmSpec(COMPATIBLE, "local", "http://127.0.0.1:8080/v1")),
        ("https://llm.example.org/v1/", " m ", LlmSpec(COMPATIBLE, "m", "https://llm.example.org/v1")),
        ("http://[::1]:8080/v1", "m", LlmSpec(COMPATIBLE, "m", "http://[::1]:8080/v1")),
    ],
)
def test_what_is_understood(text: str, model: str | None, spec: LlmSpec) -> None:
    assert parse_spec(text, model) == spec


@pytest.mark.parametrize(
    ("text", "model", "message"),
    [
        ("", None, "'' names no language model; write openai:MODEL, ollama:MODEL, anthropic:MODEL, or http"),
        ("gpt-4o", None, "'gpt-4o' names no language model"),
        ("gemini:pro", None, "'gemini:pro' names no language model"),
        ("openai:", None, "'openai:' names no model; write openai:MODEL"),
        ("openai:gpt-4o", "x", "--llm-model goes with a URL"),
        ("127.0.0.1:8080/v1", "m", "'127.0.0.1:8080/v1' has no http:// or https:// before it"),
        ("localhost:8080", "m", "has no http:// or https:// before it"),
        ("ftp://host/v1", "m", "no http:// or https:// address"),
        ("http://", "m", "names no host"),
        ("http://host:port/v1", "m", "is not one; write http://HOST:PORT/v1"),
        ("http://127.0.0.1:8080/v1", None, "needs the name of a model there: --llm-model NAME"),
    ],
)
def test_what_is_not_is_said_in_one_line(text: str, model: str | None, message: str) -> None:
    with pytest.raises(LlmSpecError) as caught:
        parse_spec(text, model)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://me:secret@host/v1", "https://host/v1?key=secret", "https://host/v1#secret"])
def test_a_url_holds_no_secret_and_none_is_repeated(url: str) -> None:
    with pytest.raises(LlmSpecError, match="MUSTANAD_LLM_KEY") as caught:
        parse_spec(url, "m")
    assert "secret" not in str(caught.value)
