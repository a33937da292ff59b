import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client, handle_file  # type: ignore[import-untyped]

from ui.collections import Workspace
from ui.server import Server, bind, create_app


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    workspace = Workspace((), folder, max_upload=10**6)
    workspace.create("Field")
    opened = threading.Event()
    bound: socket.socket = bind("127.0.0.1", 0)
    server = Server(create_app(workspace), opened.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    assert opened.wait(60)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    bound.close()


def test_reports_are_sent_added_and_shown_and_collections_made_and_deleted(
    address: str, tmp_path: Path, folder: Path
) -> None:
    sent = [tmp_path / "تقرير.txt", tmp_path / "empty.txt"]
    sent[0].write_text("أعلن المجلس إغلاق الجسر.", encoding="utf-8")
    sent[1].write_text("")
    client = Client(address, verbose=False)
    shown = client.predict("Field", [handle_file(str(path)) for path in sent], [], False, api_name="/collection_add")
    page = "".join(str(part) for part in shown)
    assert "تقرير.txt" in page and "the file is empty" in page
    assert [path.name for path in (folder / "Field" / "files").iterdir()] == ["تقرير.txt"]
    made = "".join(str(part) for part in client.predict("ميدان", api_name="/collection_create"))
    assert "Made: ميدان" in made and (folder / "ميدان" / "index").is_dir()
    refused = "".join(str(part) for part in client.predict("Field", "field", api_name="/collection_delete"))
    assert "nothing was deleted" in refused and (folder / "Field").is_dir()
    client.close()


@pytest.mark.parametrize("path", ["{folder}/secret.txt", "http://127.0.0.1:1/a.txt", "/etc/hostname"])
def test_a_file_that_was_not_uploaded_cannot_be_added(address: str, tmp_path: Path, folder: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("nobody's business")
    sent = {"path": path.format(folder=tmp_path), "meta": {"_type": "gradio.FileData"}}
    url = f"{address}/gradio_api/call/collection_add"
    event = httpx.post(url, json={"data": ["Field", [sent], [], False]}).json()["event_id"]
    assert "event: error" in httpx.get(f"{url}/{event}", timeout=30).text
    assert not list((folder / "Field" / "files").iterdir())


def test_other_sites_and_too_large_uploads_are_refused(address: str) -> None:
    url = f"{address}/gradio_api/upload"
    sent = httpx.post(url, files={"files": ("a.txt", b"x")}, headers={"origin": "https://attacker.example"})
    assert sent.status_code == 403
    assert httpx.post(url, files={"files": ("a.txt", b"x" * 3 * 10**6)}).status_code == 413
    many = [("files", (f"{number}.txt", b"x" * 900_000)) for number in range(5)]
    answer = httpx.post(url, files=many)
    assert answer.status_code == 413 and "at most 1 MB" in answer.text
    assert httpx.get(f"{address}/gradio_api/file=http://127.0.0.1:1/").status_code == 403
