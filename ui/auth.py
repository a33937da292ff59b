"""Who may open the page: names and passwords, asked for by HTTP Basic authentication (RFC 7617)."""

import base64
import binascii
import hashlib
import hmac
import stat
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from index.errors import MustanadError

_FAILURES_ALLOWED = 10
_WITHIN_SECONDS = 60.0
_ADDRESSES_REMEMBERED = 10_000
_CHALLENGE = {"www-authenticate": 'Basic realm="Mustanad", charset="UTF-8"'}


def parse_users(text: str, place: str) -> dict[str, str]:
    r"""Names and passwords.

    Args:
        text: A ``user:password`` on each line; the password may hold colons.
        place: Where the text comes from, for the message.

    >>> parse_users("amina:s3cret\nسليم:كلمة السر\n", "auth.txt")
    {'amina': 's3cret', 'سليم': 'كلمة السر'}

    Raises:
        MustanadError: A line is none, a name occurs twice, or there is none. No message repeats a password.
    """
    users: dict[str, str] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip():
            continue
        user, colon, password = _normal(line).partition(":")
        if not colon or not user or not password:
            raise MustanadError(f"{place}, line {number}: write user:password, both not empty")
        if user in users:
            raise MustanadError(f"{place}, line {number}: this user is there twice; leave one of the lines out")
        users[user] = password
    if not users:
        raise MustanadError(f"{place} names nobody; write user:password on a line")
    return users


def read_users(path: Path) -> dict[str, str]:
    """The names and passwords in a file; see ``parse_users``.

    Raises:
        MustanadError: It cannot be read, or holds a line that is none.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise MustanadError(f"{path} cannot be read: {error.strerror or error}; check the path") from error
    except UnicodeDecodeError as error:
        raise MustanadError(f"{path} is not UTF-8 text; save it as UTF-8") from error
    return parse_users(text, str(path))


def others_can_read(path: Path) -> bool:
    """Whether other users of this machine can read a file."""
    return bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


class BasicAuth:
    """Lets through only requests with a name and its password: pages, assets, uploads and Gradio's API alike.

    After ten failures within a minute an address is not listened to for the rest of it: guessing takes too long then.
    Passwords are compared in the same time whether or not they are nearly right, and for every user.

    Args:
        app: What is guarded.
        users: Passwords by name.
        clock: Seconds.
    """

    def __init__(self, app: ASGIApp, users: Mapping[str, str], clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._digests = [_digest(f"{_normal(user)}:{_normal(password)}") for user, password in users.items()]
        self._clock = clock
        self._failures: OrderedDict[str, tuple[float, int]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or ask for the password."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        address = scope["client"][0] if scope.get("client") else ""
        given = Headers(scope=scope).get("authorization")
        if self._is_locked(address):
            await _refuse(scope, receive, send, 429, "Too many wrong passwords: wait a minute, then try again.")
        elif given is None:
            await _refuse(scope, receive, send, 401, "This page asks for a name and a password.")
        elif not self._is_right(given):
            self._count(address)
            await _refuse(scope, receive, send, 401, "The name or the password is wrong.")
        else:
            self._failures.pop(address, None)
            await self._app(scope, receive, send)

    def _is_right(self, given: str) -> bool:
        credentials = read_credentials(given)
        found = False
        if credentials is not None:
            digest = _digest(credentials)
            for known in self._digests:
                found |= hmac.compare_digest(known, digest)
        return found

    def _is_locked(self, address: str) -> bool:
        since, count = self._failures.get(address, (0.0, 0))
        if count and self._clock() - since > _WITHIN_SECONDS:
            del self._failures[address]
            return False
        return count >= _FAILURES_ALLOWED

    def _count(self, address: str) -> None:
        since, count = self._failures.get(address, (self._clock(), 0))
        self._failures[address] = since, count + 1
        if len(self._failures) > _ADDRESSES_REMEMBERED:
            self._failures.popitem(last=False)


def read_credentials(header: str) -> str | None:
    """The ``user:password`` in the value of an Authorization header, or None where there is none.

    >>> read_credentials("Basic YW1pbmE6czNjcmV0"), read_credentials("Bearer abc"), read_credentials("Basic ???")
    ('amina:s3cret', None, None)
    """
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        return _normal(base64.b64decode(encoded.strip(), validate=True).decode("utf-8"))
    except (binascii.Error, ValueError):
        return None


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, words: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = _CHALLENGE if status == 401 else {"retry-after": str(int(_WITHIN_SECONDS))}
    await PlainTextResponse(words, status, headers)(scope, receive, send)


def _normal(text: str) -> str:
    """Text with each letter spelled in one way, however a keyboard makes it."""
    return unicodedata.normalize("NFC", text)


def _digest(text: str) -> bytes:
    # Equal lengths, so that comparing does not tell the length of a password.
    return hashlib.sha256(text.encode("utf-8")).digest()
