import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from gradio_client import Client  # type: ignore[import-untyped]
from lxml import html

import ui
from tests.ui.samples import ACCUSATION, HOSTILE_SOURCE, FakeEngine
from ui.assets_route import page_head
from ui.collections import Workspace
from ui.server import CONTENT_SECURITY_POLICY, Server, bind, create_app
from ui.strings import CATALOGUES, ENGLISH

_ADDRESS_IN_CSS = re.compile(r"""(?:@import\s+|url\()\s*["']?([^"')]+)""")
_NO_FILTERS: tuple[object, ...] = ("", "", [], [], [])
ENGINE = FakeEngine()
NAME = "made"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    opened = threading.Event()
    bound = bind("127.0.0.1", 0)
    server = Server(create_app(Workspace.single(ENGINE, NAME)), opened.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    assert opened.wait(20)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    bound.close()
    assert not thread.is_alive()


def ask(client: Client, question: str, filters: tuple[object, ...] = _NO_FILTERS) -> tuple[str, str]:
    """Conversation and evidence as they stand when the answer is there."""
    _, conversation, evidence = client.predict(question, NAME, *filters, api_name="/ask")
    return conversation, evidence


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    client = Client(address, verbose=False)
    yield client
    client.close()


def test_the_page_loads_nothing_from_another_host(address: str) -> None:
    response = httpx.get(address)
    assert response.status_code == 200
    assert HOSTILE_SOURCE not in response.text
    page = html.document_fromstring(response.text)
    loaded = page.xpath("//@src | //link/@href | //form/@action | //object/@data")
    styles = page.xpath("//style/text()")
    for path in ("/theme.css", *page.xpath("//link[@rel='stylesheet']/@href")):
        styles.append(httpx.get(urljoin(address + "/", path)).text)
    config = httpx.get(f"{address}/config").json()
    styles.append(config["css"] or "")
    loaded += [found for style in styles for found in _ADDRESS_IN_CSS.findall(style)] + config["stylesheets"]
    assert loaded
    here = urlsplit(address).netloc
    elsewhere = {url for url in loaded if urlsplit(urljoin(address, url)).netloc not in (here, "")}
    assert elsewhere == set()
    assert not page.xpath("//link[contains(@rel, 'preconnect') or contains(@rel, 'dns-prefetch')]")
    assert config["analytics_enabled"] is False


def test_the_policy_binds_the_page_to_this_server(address: str) -> None:
    for path in ("/", "/theme.css", "/nowhere"):
        headers = httpx.get(address + path).headers
        assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'self'" in CONTENT_SECURITY_POLICY
    assert "script-src-attr 'none'" in CONTENT_SECURITY_POLICY
    assert not re.search(r"https?:|\*", CONTENT_SECURITY_POLICY)


@pytest.mark.parametrize(
    ("path", "accept", "leads_to"),
    [
        ("/", "ar", "/ar/"),
        ("/?lang=ar", "en", "/ar/"),
        ("/?lang=en", "ar", None),
        ("/", "en", None),
        ("/?lang=<x>", "", None),
    ],
)
def test_the_page_opens_in_the_language_asked_for(address: str, path: str, accept: str, leads_to: str | None) -> None:
    response = httpx.get(address + path, headers={"accept-language": accept})
    assert response.headers.get("location") == leads_to
    assert response.status_code == (307 if leads_to else 200)


def test_the_pages_own_files_are_kept_and_fonts_come_with_their_licence(address: str) -> None:
    for path in (*page_head_addresses(), "/page-assets/fonts/vazirmatn.woff2"):
        response = httpx.get(address + path)
        assert response.status_code == 200 and "immutable" in response.headers["cache-control"]
    fonts = {path.name for path in Path(ui.__file__).parent.joinpath("assets/fonts").iterdir()}
    assert {name.replace(".woff2", ".OFL.txt") for name in fonts if name.endswith(".woff2")} <= fonts
    assert httpx.get(f"{address}/page-assets/../server.py").status_code == 404


def page_head_addresses() -> list[str]:
    return re.findall(r'"(/page-assets/[^"]+)"', page_head(CATALOGUES["ar"]))


def test_a_question_can_be_stopped(address: str) -> None:
    client = Client(address, verbose=False)
    job = client.submit("wait here", NAME, *_NO_FILTERS, api_name="/ask")
    while not any("Passages found" in str(output) for output in job.outputs()):
        assert not job.done()
    client.predict(api_name="/stop")
    _, conversation, _ = job.result(timeout=10)
    assert ENGLISH.stopped_early in conversation
    ENGINE.waits.set()
    conversation, _ = ask(client, "Who then?")
    assert conversation.count("<section") == 2 and 'data-phase="stopped"' in conversation
    client.close()


def test_a_name_that_is_not_this_machines_is_refused(address: str) -> None:
    assert httpx.get(address, headers={"host": "attacker.example"}).status_code == 400


def test_a_question_is_answered_with_its_evidence(client: Client) -> None:
    conversation, evidence = ask(client, "من نفذ الهجوم؟")
    assert "من نفذ الهجوم؟" in conversation and "Accusation" in conversation
    assert f">{ACCUSATION}</mark>" in evidence
    conversation, evidence = ask(client, "Who won the cup?")
    assert conversation.count('class="m-turn"') == 2
    assert ENGLISH.abstained in conversation
    assert evidence.count('<details class="m-fold"') == 2


def test_filters_reach_the_engine_and_mistakes_are_told(client: Client) -> None:
    conversation, _ = ask(client, "Who?", ("soon", "", ["The Daily Paper"], ["ar"], ["khartoum.txt"]))
    assert "is not a day: soon" in conversation
    for question in ("broken", "crash"):
        conversation, _ = ask(client, question)
    assert "&lt;b&gt;is broken&lt;/b&gt;" in conversation
    assert ENGLISH.unexpected in conversation and "secret detail" not in conversation


def test_a_new_conversation_is_empty(client: Client) -> None:
    ask(client, "Who?")
    _, conversation, evidence = client.predict(NAME, api_name="/clear")
    assert ENGLISH.invitation in conversation and ENGLISH.evidence_empty in evidence
    conversation, _ = ask(client, "Who then?")
    assert conversation.count('class="m-turn"') == 1


def test_two_people_do_not_see_each_other(address: str) -> None:
    # The engine answers neither question before it has been asked both.
    clients = [Client(address, verbose=False) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(ask, clients, ["meet one", "meet two"])
    assert "meet one" in first[0] and "meet two" not in "".join(first)
    assert "meet two" in second[0] and "meet one" not in "".join(second)
    assert "Accusation" in first[0] and "Accusation" in second[0], "one waited for the other"
    for client in clients:
        client.close()
