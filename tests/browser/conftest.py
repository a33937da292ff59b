"""A browser, and the page on the sample reports: made once; each test gets a context of its own.

Every request of every test is recorded, and one for another host is both stopped and a failure.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

import rag
from index.types import Document
from tests.ui.samples import HOSTILE
from ui.collections import Workspace
from ui.server import Server, bind, create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

    from rag.llm import Writer

PATIENCE_MS = 60_000
OpenPage = Callable[..., "Page"]

HOSTILE_REPORT = Document(
    doc_id="hostile",
    text=f"A red kite fell on the lighthouse of Vexholm.\n{HOSTILE.text}\nNobody was hurt in Vexholm.",
    title=HOSTILE.title,
    source=HOSTILE.source,
    url=HOSTILE.url,
    lang="en",
)


@pytest.fixture(scope="package")
def browser() -> "Iterator[Browser]":
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rag.Reports]:
    samples = Path(rag.__file__).parent / "samples" / "reports"
    with rag.create(tmp_path_factory.mktemp("browser") / "index") as made:
        made.add(samples)
        made.add_documents([HOSTILE_REPORT])
        yield made


@pytest.fixture(scope="package")
def address(reports: rag.Reports) -> Iterator[str]:
    with served(Workspace.single(reports, "samples")) as at:
        yield at


@contextmanager
def served(workspace: Workspace, writer: "Writer | None" = None) -> Iterator[str]:
    """The page at a free port of this machine; its address."""
    opened = threading.Event()
    bound = bind("127.0.0.1", 0)
    server = Server(create_app(workspace, writer=writer), opened.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    assert opened.wait(30)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    bound.close()


@pytest.fixture
def open_page(browser: "Browser", address: str) -> Iterator[OpenPage]:
    """Opens the page in a context of its own; checks at the end that no request went elsewhere and no script failed."""
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []
    failures: list[str] = []
    asked: list[str] = []

    def guard(route: "Route") -> None:
        url = urlsplit(route.request.url)
        asked.append(route.request.url)
        if url.scheme in ("data", "blob", "file") or url.hostname == "127.0.0.1":
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    def new(path: str = "/", *, at: str = "", lang: str = "en", dark: bool = False, width: int = 1280,
            empty: bool = False) -> "Page":  # fmt: skip
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale=lang,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.route("**/*", guard)
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("dialog", lambda dialog: failures.append(f"a dialog: {dialog.message}"))
        page.goto((at or address) + path)
        page.locator("#m-question textarea").wait_for()
        page.locator(".m-empty" if empty else ".m-example").first.wait_for()
        return page

    yield new
    for context in contexts:
        context.close()
    assert asked, "requests were recorded"
    assert elsewhere == []
    assert failures == []
