import base64
import stat
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from index.errors import MustanadError
from ui.auth import BasicAuth, others_can_read, parse_users, read_users

USERS = {"amina": "s3cret:with colon", "سليم": "كلمة السرّ", "rené": "caf\u00e9"}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def client(clock: Clock | None = None) -> TestClient:
    async def page(request: Request) -> PlainTextResponse:
        return PlainTextResponse("the reports")

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.close()

    app = Starlette(routes=[Route("/{path:path}", page, methods=["GET", "POST"]), WebSocketRoute("/ws", socket)])
    return TestClient(BasicAuth(app, USERS, clock or Clock()))


def given(user: str, password: str, encoding: str = "utf-8") -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode(encoding)).decode()}


@pytest.mark.parametrize(("user", "password"), [*USERS.items(), ("rene\u0301", "cafe\u0301")])
def test_the_right_password_opens_everything(user: str, password: str) -> None:
    for path in ("/", "/assets/x.js", "/gradio_api/upload"):
        assert client().get(path, headers=given(user, password)).text == "the reports"
        assert client().post(path, headers=given(user, password)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        given("amina", "s3cret"),
        given("amina", ""),
        given("", "s3cret:with colon"),
        given("سليم", "s3cret:with colon"),
        given("rené", "café", "latin-1"),
        {"authorization": "Basic ???"},
        {"authorization": "Basic"},
        {"authorization": "Bearer abc"},
        {"authorization": ""},
    ],
)
def test_anything_else_opens_nothing(headers: dict[str, str]) -> None:
    for path in ("/", "/assets/x.js", "/gradio_api/queue/join"):
        response = client().get(path, headers=headers)
        assert response.status_code == 401 and "the reports" not in response.text
        assert response.headers["www-authenticate"] == 'Basic realm="Mustanad", charset="UTF-8"'
    with pytest.raises(WebSocketDisconnect), client().websocket_connect("/ws", headers=headers):
        pass


def test_guessing_takes_too_long() -> None:
    clock = Clock()
    browser = client(clock)
    for _ in range(20):
        assert browser.get("/").status_code == 401, "to be asked is no failure"
    for _ in range(10):
        assert browser.get("/", headers=given("amina", "guess")).status_code == 401
    locked = browser.get("/", headers=given("amina", USERS["amina"]))
    assert locked.status_code == 429 and locked.headers["retry-after"] == "60"
    clock.now = 61.0
    assert browser.get("/", headers=given("amina", USERS["amina"])).status_code == 200
    assert browser.get("/", headers=given("amina", "guess")).status_code == 401


def test_passwords_are_read_and_mistakes_named_without_them(tmp_path: Path) -> None:
    path = tmp_path / "auth"
    path.write_text("\ufeffamina:a:b\r\n\r\nسليم:س\r\n", encoding="utf-8")
    assert read_users(path) == {"amina": "a:b", "سليم": "س"}
    path.chmod(0o600)
    assert not others_can_read(path)
    path.chmod(0o600 | stat.S_IRGRP)
    assert others_can_read(path)
    with pytest.raises(MustanadError, match="line 2") as caught:
        parse_users("a:b\nhunter2", "auth")
    assert "hunter2" not in str(caught.value)
    path.write_bytes(b"a:\xff")
    with pytest.raises(MustanadError, match="UTF-8"):
        read_users(path)
