"""What went wrong with a request to a language model, in one line that holds no key."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rag.visible import plain

_LONGEST = 240
_REDACTED = "[key]"
_KEY_LIKE = re.compile(r"\b(?:sk|pk|rk)-[A-Za-z0-9_-]{8,}|(?i:\bbearer\s+)\S+")
_TIMEOUTS = ("Timeout",)
_CONNECTION = ("ConnectError", "ReadError", "WriteError", "RemoteProtocolError", "APIConnectionError", "NetworkError")
_STATUS = {
    400: "it refused the request",
    401: "it refused the key",
    403: "it refused the key or the model",
    404: "it has no such model or address",
    408: "it gave up waiting",
    413: "the request is too long for it",
    429: "it is asked too much",
}
_RETRIED = frozenset({408, 409, 429, 500, 502, 503, 504, 529})


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a request failed.

    Attributes:
        line: One line for people.
        retry: Whether asking again may help.
        wait_s: Seconds that the server asks to wait; None where it does not say.
    """

    line: str
    retry: bool
    wait_s: float | None = None


def failure_of(error: BaseException, destination: str, secrets: Sequence[str] = ()) -> Failure:
    """Read an exception of any client library: by its status, else by the names in its class and its causes.

    Args:
        error: What was raised.
        destination: Where the request went.
        secrets: Keys, which are taken out of what the server replied.

    Returns:
        The failure; connection errors, 429 and 5xx may be tried again, time-outs may not.
    """
    for one in _causes(error):
        status = _status(one)
        if status is not None:
            said = _redact(_said(one), secrets)
            meaning = _STATUS.get(status, "it failed" if status >= 500 else "it refused the request")
            line = f"{destination}: {meaning} (HTTP {status})" + (f": {said}" if said else "")
            return Failure(line, status in _RETRIED or status >= 500, _retry_after(one))
    names = [name for one in _causes(error) for name in (kind.__name__ for kind in type(one).__mro__)]
    if isinstance(error, TimeoutError) or any(part in name for name in names for part in _TIMEOUTS):
        return Failure(f"{destination}: no answer in time", False)
    if any(name in _CONNECTION for name in names) or any(isinstance(one, ConnectionError) for one in _causes(error)):
        return Failure(f"{destination}: no connection, or it broke off", True)
    if any(name == "JSONDecodeError" for name in names):
        return Failure(f"{destination}: it replied with something that is not JSON", False)
    said = _redact(str(error), secrets)
    return Failure(f"{destination}: {type(error).__name__}" + (f": {said}" if said else ""), False)


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def _status(error: BaseException) -> int | None:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) and status >= 300 else None


def _said(error: BaseException) -> str:
    """What the server said of it, without the class's own preface where there is a body."""
    body: Any = getattr(error, "body", None)
    if isinstance(body, dict):
        inner = body.get("error", body)
        message = inner.get("message") if isinstance(inner, dict) else inner
        if isinstance(message, str):
            return message
    return str(error)


def _redact(text: str, secrets: Sequence[str]) -> str:
    """A server's words in one short line, without the keys and what looks like one."""
    for secret in secrets:
        text = text.replace(secret, _REDACTED)
    text = " ".join(plain(_KEY_LIKE.sub(_REDACTED, text)).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _retry_after(error: BaseException) -> float | None:
    headers: Any = getattr(getattr(error, "response", None), "headers", None)
    value = headers.get("retry-after") if headers is not None else None
    try:
        seconds = float(value) if value is not None else None
    except ValueError:  # a date: too seldom to be worth reading
        return None
    return seconds if seconds is not None and seconds >= 0 else None
