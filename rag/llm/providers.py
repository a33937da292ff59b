"""LlamaIndex's classes for language models, by provider; each is imported when it is asked for.

Text goes where ``destination`` says, and retries are counted in one place: none of them retries or takes its address
from the environment, and none but Anthropic's, whose address is fixed, follows a redirect. Traffic to this machine goes
through no proxy.
"""

import importlib
import ipaddress
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rag.llm.errors import LlmError
from rag.llm.spec import COMPATIBLE, LlmSpec

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import LLM

_MAX_TOKENS = 1024
_CONTEXT = 8192  # tokens; Ollama would else ask the server, and take all that the model can
_NO_KEY = "none"  # a compatible server without a key must not be sent OPENAI_API_KEY in its place


@dataclass(frozen=True, slots=True)
class Provider:
    """Where language models are.

    Attributes:
        extra: The extra of this project that installs it.
        module: What is imported.
        key_variable: The environment variable that holds the key; None where there is none.
        needs_key: Whether it answers nobody without.
        base_url: Where it is.
        build: Makes LlamaIndex's object from module, spec, address, key and seconds.
    """

    extra: str
    module: str
    key_variable: str | None
    needs_key: bool
    base_url: str
    build: "Callable[[Any, _Request], LLM]"


class Line:
    """The reply that each thread is reading, so that it can be hung up on amid it.

    Dropping a stream of LlamaIndex's does not close it: its callbacks keep hold of it until the next collection.
    """

    def __init__(self) -> None:
        self._open = threading.local()

    def heard(self, response: "httpx.Response") -> None:
        """Told by the HTTP client of each reply that begins."""
        self._open.response = response

    def hang_up(self) -> None:
        """Close the reply that this thread was reading."""
        response: httpx.Response | None = getattr(self._open, "response", None)
        if response is not None:
            response.close()


@dataclass(frozen=True, slots=True)
class _Request:
    """What a model is made from."""

    model: str
    base_url: str
    key: str
    timeout_s: float
    line: Line

    @property
    def client_options(self) -> dict[str, Any]:
        """For the HTTP client."""
        return {
            "timeout": self.timeout_s,
            "follow_redirects": False,
            "trust_env": not is_local(self.base_url),
            "event_hooks": {"response": [self.line.heard]},
        }


def _openai(module: Any, request: _Request) -> "LLM":  # noqa: ANN401
    import httpx

    llm: LLM = module.OpenAI(
        model=request.model,
        api_key=request.key,
        api_base=request.base_url,
        temperature=0.0,
        timeout=request.timeout_s,
        max_retries=0,
        http_client=httpx.Client(**request.client_options),
    )
    return llm


def _compatible(module: Any, request: _Request) -> "LLM":  # noqa: ANN401
    import httpx

    llm: LLM = module.OpenAILike(
        model=request.model,
        api_key=request.key,
        api_base=request.base_url,
        temperature=0.0,
        timeout=request.timeout_s,
        max_retries=0,
        max_tokens=_MAX_TOKENS,
        is_chat_model=True,
        http_client=httpx.Client(**request.client_options),
    )
    return llm


def _ollama(module: Any, request: _Request) -> "LLM":  # noqa: ANN401
    llm: LLM = module.Ollama(
        model=request.model,
        base_url=request.base_url,
        temperature=0.0,
        context_window=_CONTEXT,
        request_timeout=request.timeout_s,
        client=importlib.import_module("ollama").Client(host=request.base_url, **request.client_options),
    )
    return llm


def _anthropic(module: Any, request: _Request) -> "LLM":  # noqa: ANN401
    llm: LLM = module.Anthropic(
        model=request.model,
        api_key=request.key,
        base_url=request.base_url,
        temperature=0.0,
        timeout=request.timeout_s,
        max_retries=0,
        max_tokens=_MAX_TOKENS,
    )
    return llm


PROVIDERS: Mapping[str, Provider] = {
    "openai": Provider(
        "openai", "llama_index.llms.openai", "OPENAI_API_KEY", True, "https://api.openai.com/v1", _openai
    ),
    "anthropic": Provider(
        "anthropic", "llama_index.llms.anthropic", "ANTHROPIC_API_KEY", True, "https://api.anthropic.com", _anthropic
    ),
    "ollama": Provider("ollama", "llama_index.llms.ollama", None, False, "http://127.0.0.1:11434", _ollama),
    COMPATIBLE: Provider(
        "openai-like", "llama_index.llms.openai_like", "MUSTANAD_LLM_KEY", False, "", _compatible
    ),
}  # fmt: skip
"""What a spec's provider stands for."""


@dataclass(frozen=True, slots=True)
class Built:
    """A language model ready to be asked.

    Attributes:
        llm: LlamaIndex's object.
        destination: Where text is sent.
        secrets: What no message may hold.
        line: To hang up with.
    """

    llm: "LLM"
    destination: str
    secrets: tuple[str, ...]
    line: Line = field(default_factory=Line)


def build_llm(spec: LlmSpec, timeout_s: float, environment: Mapping[str, str] | None = None) -> Built:
    """Make LlamaIndex's object for a language model; nothing is sent yet.

    Args:
        spec: The model.
        timeout_s: Seconds without a sign of life after which a request fails.
        environment: Where keys are; None for the process's own.

    Returns:
        The model.

    Raises:
        LlmError: The extra is not installed, the key is missing, or LlamaIndex refuses the model.
    """
    provider = PROVIDERS[spec.provider]
    variables = os.environ if environment is None else environment
    key = variables.get(provider.key_variable, "").strip() if provider.key_variable else ""
    if provider.needs_key and not key:
        raise LlmError(f"{spec.provider} needs a key: put it into the environment variable {provider.key_variable}")
    if not key.isascii() or any(letter.isspace() for letter in key):
        raise LlmError(f"what {provider.key_variable} holds is no key; look for characters that do not belong in it")
    try:
        module = importlib.import_module(provider.module)
    except ImportError as error:
        raise LlmError(
            f"{spec.provider} needs an extra that is not installed: pip install 'mustanad[{provider.extra}]'"
        ) from error
    base_url = spec.base_url or provider.base_url
    try:
        llm = provider.build(module, _Request(spec.model, base_url, key or _NO_KEY, timeout_s, line := Line()))
        _ = llm.metadata  # a name that LlamaIndex's class does not know is refused here, not amid an answer
    except ValueError as error:
        raise LlmError(
            f"the installed {provider.module} refuses the model {spec.model!r}; check the name, or upgrade it"
        ) from error
    return Built(llm, base_url, (key,) if key else (), line)


def is_local(url: str) -> bool:
    """Whether an address is this machine.

    >>> is_local("http://127.0.0.1:8080/v1"), is_local("http://localhost/v1"), is_local("https://api.openai.com/v1")
    (True, True, False)
    """
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
