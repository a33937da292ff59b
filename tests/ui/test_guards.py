from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from ui.guards import BodyLimit, NoFetching, SameOrigin

UPLOAD = "/gradio_api/upload"


def app(stored: list[bytes] | None = None) -> ASGIApp:
    async def take(request: Request) -> PlainTextResponse:
        body = await request.body()
        if stored is not None:
            stored.append(body)
        return PlainTextResponse(f"{len(body)} bytes")

    return Starlette(routes=[Route("/{path:path}", take, methods=["GET", "POST", "OPTIONS"])])


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://testserver"},
        {"origin": "http://testserver:80", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": "https://reports.example.org"},
    ],
)
def test_requests_of_the_page_pass(headers: dict[str, str]) -> None:
    client = TestClient(SameOrigin(app(), ["reports.example.org"]))
    assert client.post("/gradio_api/queue/join", headers=headers).status_code == 200
    assert client.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://attacker.example"},
        {"origin": "null"},
        {"origin": "http://testserver:8080"},
        {"origin": "http://testserver.attacker.example"},
        {"origin": "file://testserver"},
        {"origin": "http://[::"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "navigate"},
    ],
)
def test_requests_of_other_sites_do_not(headers: dict[str, str]) -> None:
    client = TestClient(SameOrigin(app()))
    assert client.post("/gradio_api/queue/join", headers=headers).status_code == 403
    assert client.options("/gradio_api/queue/join", headers=headers).status_code == 403
    if headers.get("sec-fetch-mode") != "navigate":
        assert client.get("/report", headers=headers).status_code == 403


def test_a_link_from_elsewhere_opens_the_page() -> None:
    client = TestClient(SameOrigin(app()))
    assert client.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status_code == 200


def test_nothing_is_fetched_from_elsewhere() -> None:
    client = TestClient(NoFetching(app()))
    for path in (
        "/gradio_api/file=http://10.0.0.1/secret",
        "/gradio_api/file=HTTPS://example.org/",
        "/gradio_api/file=http:/x",
        "/gradio_api/proxy=https://example.org",
        "/gradio_api/file=%68ttp://example.org",
    ):
        assert client.get(path).status_code == 403, path
    assert client.get("/gradio_api/file=/tmp/mustanad/a.txt").status_code == 200


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 10**6):
        yield b"x" * 10**6


@pytest.mark.parametrize("declared", [True, False])
def test_an_upload_that_is_too_large_is_refused_in_words_and_never_stored(declared: bool) -> None:
    stored: list[bytes] = []
    client = TestClient(BodyLimit(app(stored), 3 * 10**6))
    for size, status in ((3 * 10**6, 200), (5 * 10**6, 413), (40 * 10**6, 413)):
        response = client.post(UPLOAD, content=b"x" * size if declared else chunks(size))
        assert response.status_code == status
    assert response.text == "Too much at once: at most 3 MB; send fewer or smaller files."
    assert [len(body) for body in stored] == [3 * 10**6]


def test_other_requests_are_limited_too_and_uploads_can_be_off() -> None:
    client = TestClient(BodyLimit(app(), None))
    assert client.post("/gradio_api/queue/join", content=b"x" * 10**6).status_code == 200
    assert client.post("/gradio_api/queue/join", content=b"x" * 9 * 2**20).status_code == 413
    for path in (UPLOAD, UPLOAD + "/"):
        assert client.post(path, content=b"x").status_code == 403
    assert client.get(UPLOAD).status_code == 200


def test_what_goes_wrong_in_the_application_is_not_hidden() -> None:
    async def broken(request: Request) -> PlainTextResponse:
        raise RuntimeError("broken")

    client = TestClient(BodyLimit(Starlette(routes=[Route("/", broken, methods=["POST"])]), 10))
    with pytest.raises(RuntimeError, match="broken"):
        client.post("/", content=b"x")
