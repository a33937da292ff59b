"""Opening a language model: classes, keys, extras. Nothing is sent."""

import sys

import pytest

from rag.llm import LlmError, open_writer, writer_of
from rag.llm.calling import DEADLINE_S, RETRIES, TIMEOUT_S, Limits
from rag.llm.providers import PROVIDERS, build_llm
from rag.llm.spec import parse_spec
from tests.rag.llm.scripted import ScriptedLlm

KEYS = {"OPENAI_API_KEY": "sk-openai", "ANTHROPIC_API_KEY": "sk-ant", "MUSTANAD_LLM_KEY": "sk-own"}
INSTALLED = [
    ("openai:gpt-4o-mini", None, "OpenAI", "https://api.openai.com/v1", "openai:gpt-4o-mini"),
    ("ollama:qwen3:4b", None, "Ollama", "http://127.0.0.1:11434", "ollama:qwen3:4b"),
    ("anthropic:claude-3-5-haiku-latest", None, "Anthropic", "https://api.anthropic.com",
     "anthropic:claude-3-5-haiku-latest"),
    ("http://127.0.0.1:8080/v1", "local", "OpenAILike", "http://127.0.0.1:8080/v1", "local"),
]  # fmt: skip


def need(spec: str, model: str | None) -> None:
    provider = PROVIDERS[parse_spec(spec, model).provider]
    pytest.importorskip(provider.module, reason=f"pip install 'mustanad[{provider.extra}]'")


@pytest.mark.parametrize(("spec", "model", "kind", "destination", "name"), INSTALLED)
def test_each_is_llama_indexs_own_class(
    spec: str, model: str | None, kind: str, destination: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    need(spec, model)
    for variable in ("OPENAI_API_BASE", "OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "OLLAMA_HOST"):
        monkeypatch.setenv(variable, "http://elsewhere.example.org")
    writer = open_writer(spec, model, environment=KEYS)
    llm = writer.caller.llm
    assert type(llm).__name__ == kind
    assert (writer.destination, writer.name) == (destination, name)
    assert writer.caller.limits == Limits(TIMEOUT_S, DEADLINE_S, RETRIES)
    assert getattr(llm, "max_retries", 0) == 0
    address = getattr(llm, "api_base", None) or getattr(llm, "base_url", None)
    assert address == destination  # not what the environment says


@pytest.mark.parametrize(
    ("spec", "variable"), [("openai:gpt-4o", "OPENAI_API_KEY"), ("anthropic:c", "ANTHROPIC_API_KEY")]
)
@pytest.mark.parametrize("value", [None, "", " "])
def test_a_missing_key_is_named(spec: str, variable: str, value: str | None) -> None:
    with pytest.raises(LlmError, match=f"put it into the environment variable {variable}"):
        open_writer(spec, environment={} if value is None else {variable: value})


def test_a_broken_key_is_not_repeated() -> None:
    with pytest.raises(LlmError, match="what OPENAI_API_KEY holds is no key") as caught:
        open_writer("openai:gpt-4o", environment={"OPENAI_API_KEY": "sk-sec\nret"})
    assert "sk-" not in str(caught.value)


@pytest.mark.parametrize(("spec", "model", "kind", "destination", "name"), INSTALLED)
def test_a_missing_extra_is_named(
    spec: str, model: str | None, kind: str, destination: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = PROVIDERS[parse_spec(spec, model).provider]
    monkeypatch.setitem(sys.modules, provider.module, None)  # as if it were not installed
    with pytest.raises(LlmError) as caught:
        open_writer(spec, model, environment=KEYS)
    assert f"pip install 'mustanad[{provider.extra}]'" in str(caught.value)


def test_a_model_that_llama_index_does_not_know_is_refused_at_once() -> None:
    need("openai:x", None)
    with pytest.raises(LlmError, match=r"llama_index\.llms\.openai refuses the model 'no-such-model'"):
        open_writer("openai:no-such-model", environment=KEYS)


def test_the_key_is_known_as_a_secret() -> None:
    need("http://h/v1", "m")
    assert build_llm(parse_spec("http://h/v1", "m"), 1.0, KEYS).secrets == ("sk-own",)
    assert build_llm(parse_spec("http://h/v1", "m"), 1.0, {}).secrets == ()


@pytest.mark.parametrize("limits", [{"timeout_s": 0}, {"deadline_s": -1}, {"retries": -1}])
def test_limits_are_checked(limits: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        open_writer("openai:gpt-4o", environment=KEYS, **limits)  # type: ignore[arg-type]


def test_a_programs_own_model_is_taken() -> None:
    writer = writer_of(ScriptedLlm(text="x"), "a test")
    assert (writer.name, writer.destination) == ("scripted", "a test")
