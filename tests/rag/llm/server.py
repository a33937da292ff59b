"""A server on this machine that speaks OpenAI's protocol by a script: a reply for each request, in order."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Handler"], None]


@dataclass
class Script:
    """What a server does, and what it was asked.

    Attributes:
        url: Where it is.
        replies: One a request; the last is repeated.
        requests: The bodies of the requests.
        headers: Their headers, names in lower case.
        paths: Their paths.
        given_up: Set when a client has hung up amid a reply.
        closing: Set when the test is over: replies that wait end.
    """

    url: str
    replies: Sequence[Reply]
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    given_up: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    """Replies by the script."""

    protocol_version = "HTTP/1.1"
    script: Script

    def do_POST(self) -> None:
        script = self.script
        script.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        script.headers.append({name.lower(): value for name, value in self.headers.items()})
        script.paths.append(self.path)
        try:
            script.replies[min(len(script.requests), len(script.replies)) - 1](self)
        except OSError:
            script.given_up.set()
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""

    def begin(self, kind: str = "text/event-stream") -> None:
        """The head of a reply that comes in chunks."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def chunk(self, data: str) -> None:
        """A chunk of it; an empty one ends it."""
        raw = data.encode()
        self.wfile.write(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")
        self.wfile.flush()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news."""


@contextmanager
def scripted(*replies: Reply) -> Iterator[Script]:
    """A server for the length of a test."""

    class Bound(Handler):
        pass

    server = _Quiet(("127.0.0.1", 0), Bound)
    Bound.script = script = Script(f"http://127.0.0.1:{server.server_address[1]}/v1", replies)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        script.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def says(*pieces: str, finish: str | None = "stop", pause_s: float = 0.0, done: bool = True) -> Reply:
    """Streams pieces of text, then why it ended, where it says so."""

    def reply(handler: Handler) -> None:
        handler.begin()
        for piece in pieces:
            handler.chunk(_event({"content": piece}))
            handler.script.closing.wait(pause_s) if pause_s else None
        if finish:
            handler.chunk(_event({}, finish))
        if done:
            handler.chunk("data: [DONE]\n\n")
        handler.chunk("")

    return reply


def fails(status: int, message: str = "no", headers: dict[str, str] | None = None) -> Reply:
    """An error as OpenAI words it."""

    def reply(handler: Handler) -> None:
        body = json.dumps({"error": {"message": message, "type": "error"}}).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def hangs(handler: Handler) -> None:
    """Says nothing until the test is over."""
    handler.script.closing.wait(30)
    handler.close_connection = True


def drips(handler: Handler) -> None:
    """Keeps the line open with comments, and never says anything."""
    handler.begin()
    ends = time.monotonic() + 30
    while time.monotonic() < ends and not handler.script.closing.wait(0.05):
        handler.chunk(": still here\n\n")


def breaks_off(*pieces: str) -> Reply:
    """Streams pieces, then hangs up amid the reply."""

    def reply(handler: Handler) -> None:
        handler.begin()
        for piece in pieces:
            handler.chunk(_event({"content": piece}))
        handler.close_connection = True

    return reply


def no_json(handler: Handler) -> None:
    """Streams something that is no JSON."""
    handler.begin()
    handler.chunk('data: {"choices": [{"delta"\n\n')
    handler.chunk("")


def hangs_up(handler: Handler) -> None:
    """Closes the connection without a word."""
    handler.close_connection = True


def _event(delta: dict[str, str], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"
