"""What a request must be like before the page's application sees it: from this page, and no larger than allowed."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

UPLOAD_PATH = "/gradio_api/upload"
_SAFE = frozenset({"GET", "HEAD"})
_OWN = frozenset({"same-origin", "none"})
_FORM_OVERHEAD = 2**20  # bytes of an upload that are not files: names and boundaries
_OTHER_BODIES = 8 * 2**20  # a question, a choice of reports
_DRAINED = 4  # times the limit of a refused body that are read and dropped, so that the browser gets to read the reply
_DEFAULT_PORTS = {"http": 80, "https": 443}


class SameOrigin:
    """Refuses what the page of another web site asks for, in whose browser ever (cross-site request forgery).

    Browsers say where a request comes from (``Sec-Fetch-Site``, ``Origin``). One that does not say is no browser. A
    link from elsewhere may open a page; nothing else that crosses sites passes, and no other site may read an answer.

    Args:
        app: What is guarded.
        names: Names that the page has in public, where a proxy in front asks under another name.
    """

    def __init__(self, app: ASGIApp, names: Sequence[str] = ()) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan" or self._is_own(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            words = "This request comes from another web site; open the page itself and try again."
            await PlainTextResponse(words, 403)(scope, receive, send)

    def _is_own(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is not None and not self._is_ours(origin, headers.get("host", "")):
            return False
        site = headers.get("sec-fetch-site")
        if site is None or site in _OWN:
            return True
        return scope.get("method") in _SAFE and headers.get("sec-fetch-mode") == "navigate"

    def _is_ours(self, origin: str, host: str) -> bool:
        try:
            parts = urlsplit(origin)
            port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
            asked = urlsplit(f"//{host}")
            asked_port = asked.port or _DEFAULT_PORTS.get(parts.scheme)
        except ValueError:
            return False
        if not parts.hostname or parts.scheme not in _DEFAULT_PORTS:
            return False
        return (parts.hostname, port) == (asked.hostname, asked_port) or parts.hostname in self._names


class NoFetching:
    """Refuses to fetch from another server, which Gradio would do for whoever asks (``file=http://…``, ``proxy=``)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        path = scope.get("path", "").lower()
        if scope["type"] == "http" and ("/proxy=" in path or ("/file=" in path and ":/" in path.split("/file=", 1)[1])):
            await PlainTextResponse("This server fetches nothing from elsewhere.", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


class BodyLimit:
    """Refuses bodies that are too large: at once where the length is declared, else when they have become it.

    Args:
        app: What is guarded.
        upload: Bytes of files that one upload may hold; None refuses uploads.
    """

    def __init__(self, app: ASGIApp, upload: int | None) -> None:
        self._app = app
        self._upload = upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body counted, or refuse it."""
        if scope["type"] != "http" or scope["method"] in _SAFE:
            await self._app(scope, receive, send)
            return
        is_upload = scope["path"].rstrip("/").endswith(UPLOAD_PATH)
        if is_upload and self._upload is None:
            await _reply(scope, receive, send, 403, "Reports cannot be added from this page.", _OTHER_BODIES)
            return
        limit = self._upload + _FORM_OVERHEAD if is_upload and self._upload is not None else _OTHER_BODIES
        megabytes = (self._upload or 0) // 10**6 if is_upload else _OTHER_BODIES // 2**20
        words = f"Too much at once: at most {megabytes} MB; send fewer or smaller files."
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            await _reply(scope, receive, send, 413, words, _DRAINED * limit)
            return
        await self._counted(scope, receive, send, limit, words)

    async def _counted(self, scope: Scope, receive: Receive, send: Send, limit: int, words: str) -> None:
        """Pass a request on that does not say how long it is, or may not tell the truth."""
        counter = _Counter(receive, send, limit)
        try:
            await self._app(scope, counter.receive, counter.send)
        except _TooLargeError:
            pass  # the application let it through; the reply is ours either way
        except Exception:
            if not counter.exceeded:
                raise
        if counter.exceeded and not counter.replied:
            await _reply(scope, receive, send, 413, words, 0 if counter.ended else _DRAINED * limit)


class _TooLargeError(Exception):
    """The body has become too large."""


class _Counter:
    """Counts a body as the application reads it; once it is too large, what the application says is dropped."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive = receive
        self._send = send
        self._left = limit
        self.exceeded = False
        self.ended = False  # nothing more of the body is to come: whoever asked for it would wait for ever
        self.replied = False

    async def receive(self) -> Message:
        """The next part of the body."""
        if self.exceeded:
            raise _TooLargeError
        message = await self._receive()
        self.ended = not message.get("more_body", False)
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.exceeded = True
            raise _TooLargeError
        return message

    async def send(self, message: Message) -> None:
        """The application's reply."""
        if self.exceeded and not self.replied:
            return
        self.replied = True
        await self._send(message)


async def _reply(scope: Scope, receive: Receive, send: Send, status: int, words: str, drained: int) -> None:
    """Refuse with words, after reading some of what is still being sent: browsers read no reply before."""
    left = drained
    while left > 0:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body"):
            break
        left -= len(message.get("body", b""))
    await PlainTextResponse(words, status, {"connection": "close"})(scope, receive, send)
