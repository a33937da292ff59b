"""A request to a language model: streamed, tried again where that may help, and over at a deadline."""

import queue
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rag.llm.errors import LlmError
from rag.llm.failures import Failure, failure_of
from rag.llm.protocol import OnText

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse

TIMEOUT_S = 60.0
DEADLINE_S = 180.0
RETRIES = 3
_FIRST_WAIT_S = 0.5
_LONGEST_WAIT_S = 20.0
_CUT = frozenset({"length", "max_tokens"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a language model is waited for.

    Attributes:
        timeout_s: Seconds without a sign of life after which a request fails.
        deadline_s: Seconds for everything, tries and waits included.
        retries: How often a request is sent again after a lost connection, HTTP 429 or 5xx.
    """

    timeout_s: float = TIMEOUT_S
    deadline_s: float = DEADLINE_S
    retries: int = RETRIES


@dataclass(frozen=True, slots=True)
class Completion:
    """What a language model wrote.

    Attributes:
        text: All of it.
        cut: Whether it ended at a limit of length, not at its own end.
    """

    text: str
    cut: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """Sends requests to one language model. Safe from several threads.

    Attributes:
        llm: LlamaIndex's object.
        destination: Where it is.
        secrets: What no message may hold.
        limits: How long it is waited for.
        ends: Whether its stream says why it ended, so that one that does not was broken off.
        hang_up: Closes the reply that its thread is reading.
        sleep: Waits; another one in tests.
    """

    llm: "LLM"
    destination: str
    secrets: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    ends: bool = True
    hang_up: Callable[[], None] | None = None
    sleep: Callable[[float], None] = time.sleep

    def complete(self, messages: "Sequence[ChatMessage]", on_text: OnText | None = None) -> Completion:
        """What the model writes in reply to messages.

        A request is sent again only while nothing of its reply was given to ``on_text``. Waits grow as 0.5, 1, 2 …
        seconds, each times a random factor between 0.5 and 1.5, and are never shorter than the server asks.

        Args:
            messages: What it is sent.
            on_text: Is given each piece of the reply; what it raises ends the request and is passed on.

        Returns:
            The reply.

        Raises:
            LlmError: There is no whole reply; says why.
        """
        until = time.monotonic() + self.limits.deadline_s
        for attempt in range(self.limits.retries + 1):
            given: list[str] = []
            try:
                return self._once(messages, given, on_text, until)
            except _Failed as failed:
                failure = failed.failure
                wait = max(_backoff(attempt), failure.wait_s or 0.0)
                tries = "" if attempt == 0 else f" (tried {attempt + 1} times)"
                started = bool(given) and on_text is not None
                last = attempt == self.limits.retries
                if started or last or not failure.retry or time.monotonic() + wait >= until:
                    raise LlmError(f"the language model gave no answer: {failure.line}{tries}") from None
            self.sleep(wait)
        raise AssertionError("every try returns or raises")

    def _once(
        self, messages: "Sequence[ChatMessage]", given: list[str], on_text: OnText | None, until: float
    ) -> Completion:
        """One try. The stream is read in a thread of its own, so that no server can hold the caller past its time."""
        pump = _Pump(self.llm, messages, self.hang_up)
        finish: str | None = None
        try:
            while True:
                response = pump.next(until)
                if response is None:
                    break
                finish = _finish(response.raw) or finish
                if piece := _piece(response, given):
                    given.append(piece)
                    if on_text is not None:
                        on_text(piece)
        except _Broken as broken:
            raise _Failed(failure_of(broken.error, self.destination, self.secrets)) from None
        finally:
            pump.stop()
        text = "".join(given)
        if self.ends and finish is None:
            raise _Failed(Failure(f"{self.destination}: the reply broke off", True))
        if not text.strip():
            raise _Failed(Failure(f"{self.destination}: the reply is empty", False))
        return Completion(text, finish in _CUT)


class _Failed(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.line)
        self.failure = failure


class _Broken(Exception):
    """The stream raised; apart from what ``on_text`` raises, which is the caller's own."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error


class _Pump:
    """Reads a stream in a thread that ends with it, or at the next piece once nobody wants more."""

    def __init__(self, llm: "LLM", messages: "Sequence[ChatMessage]", hang_up: Callable[[], None] | None) -> None:
        self._hang_up = hang_up
        self._pieces: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._stopped = threading.Event()
        threading.Thread(target=self._run, args=(llm, messages), name="llm-stream", daemon=True).start()

    def next(self, until: float) -> "ChatResponse | None":
        try:
            piece = self._pieces.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            raise _Broken(TimeoutError()) from None
        if isinstance(piece, BaseException):
            raise _Broken(piece)
        response: ChatResponse | None = piece
        return response

    def stop(self) -> None:
        self._stopped.set()

    def _run(self, llm: "LLM", messages: "Sequence[ChatMessage]") -> None:
        try:
            stream = llm.stream_chat(messages)
            for response in stream:
                self._pieces.put(response)
                if self._stopped.is_set():
                    stream.close()
                    if self._hang_up is not None:
                        self._hang_up()
                    return
            self._pieces.put(None)
        except BaseException as error:
            self._pieces.put(error)


def _piece(response: "ChatResponse", given: Sequence[str]) -> str:
    """What a response adds: its delta, or, where its class gives none, what its whole text has more."""
    if response.delta is not None:
        return response.delta
    whole, before = response.message.content or "", "".join(given)
    return whole.removeprefix(before)


def _finish(raw: Any) -> str | None:  # noqa: ANN401 - each client library's own
    """Why a stream ended, as the raw response of OpenAI, Ollama or Anthropic says; None where it does not say."""
    if choices := getattr(raw, "choices", None):
        return getattr(choices[0], "finish_reason", None)
    fields: Any = raw if isinstance(raw, dict) else {}
    reason = fields.get("done_reason") or fields.get("stop_reason") or ("stop" if fields.get("done") else None)
    reason = reason or getattr(fields.get("delta"), "stop_reason", None)
    return reason if isinstance(reason, str) else None


def _backoff(attempt: int) -> float:
    waits: float = min(_FIRST_WAIT_S * 2**attempt, _LONGEST_WAIT_S)
    return waits * random.uniform(0.5, 1.5)  # noqa: S311 - to spread requests, not to hide anything
