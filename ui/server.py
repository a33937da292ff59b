"""The server behind the page: our own application around Gradio's, which keeps the page from loading anything else."""

import ipaddress
import logging
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.assets_route import ASSETS, Assets, page_css, page_head
from ui.auth import BasicAuth
from ui.collections import Workspace
from ui.guards import BodyLimit, NoFetching, SameOrigin
from ui.language import LanguageMiddleware
from ui.report_route import report_router
from ui.strings import CATALOGUES, ENGLISH

if TYPE_CHECKING:
    from rag.llm import Writer

# Gradio's templates are made into functions in the browser, hence 'unsafe-eval'; its page has scripts in line.
# Handlers in attributes (onerror=) are never ours: script-src-attr stops them even if one got past the escaping.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "script-src-attr 'none'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_GRACE_SECONDS = 1
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


class HeadersMiddleware:
    """Adds the headers that bind the page to this server to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to the start of its response."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def create_app(
    workspace: Workspace,
    hosts: Sequence[str] = LOOPBACK_NAMES,
    users: Mapping[str, str] | None = None,
    public_names: Sequence[str] = (),
    writer: "Writer | None" = None,
) -> FastAPI:
    """The application that serves the page, in each language of the interface at an address of its own.

    Args:
        workspace: The collections that are asked.
        hosts: Names the page may be asked for under, "*" for any. Others are refused, so that no web site can
            reach a page on this machine by giving the machine's address a name of its own (DNS rebinding).
        users: Passwords by name: nobody else gets anything. None asks for no password.
        public_names: Further names of the page, which a proxy in front of it may have.
        writer: The language model that writes answers, or None.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import gradio as gr

    from ui.page import build_page

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    # A request passes the last of these first.
    app.add_middleware(LanguageMiddleware)
    app.add_middleware(BodyLimit, upload=workspace.max_upload if workspace.changes else None)
    app.add_middleware(NoFetching)
    app.add_middleware(SameOrigin, names=public_names)
    if users is not None:
        app.add_middleware(BasicAuth, users=users)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*hosts, *public_names], www_redirect=False)
    app.add_middleware(HeadersMiddleware)
    app.mount(ASSETS, Assets())
    app.include_router(report_router(workspace))
    # Fonts by name only: Gradio's own classes of fonts would look for files.
    theme = gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"])
    # The page at "/" takes every address that nothing before it has taken.
    for lang in sorted(CATALOGUES, key=lambda lang: lang == ENGLISH.lang):
        strings = CATALOGUES[lang]
        page = build_page(workspace, strings, writer)
        page.has_launched = True  # else Gradio leaves out its check that files in a request are uploads
        gr.mount_gradio_app(
            app,
            page,
            path="/" if strings is ENGLISH else f"/{lang}",
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            theme=theme,
            css=page_css(),
            head=page_head(strings),
            max_file_size=workspace.max_upload,
        )
    return app


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def bind(host: str, port: int) -> socket.socket:
    """A socket that holds the address; port 0 takes a free one.

    Raises:
        OSError: The port is taken, or the host is not of this machine.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    bound = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound


class Server(uvicorn.Server):
    """A server that says when it is open.

    Args:
        app: The application.
        announce: Called once, when the page can be asked for.
    """

    def __init__(self, app: FastAPI, announce: Callable[[], None]) -> None:
        # Browsers hold a connection open for as long as they show the page: Ctrl-C must not wait for them.
        super().__init__(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_GRACE_SECONDS))
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open, then say so."""
        await super().startup(sockets=sockets)
        if not self.should_exit:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close, without reporting as errors the connections of pages that are still open."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets=sockets)
