import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import rag
from index.errors import IndexNotFoundError
from tests.ui.samples import FakeEngine
from ui.command import serve
from ui.server import Server, is_loopback


def test_importing_the_command_is_cheap() -> None:
    code = "import sys, ui.command; print([m for m in ('gradio', 'fastapi', 'torch', 'numpy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_missing_index_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(folder: Path, engine: str | None) -> None:
        raise IndexNotFoundError(f"{folder} holds no index:\nmake one with mustanad index")

    monkeypatch.setattr(rag, "open", refuse, raising=False)
    result = CliRunner().invoke(serve, ["--index", str(tmp_path), "--port", "0"])
    assert result.exit_code == 1
    assert result.output == f"Error: {tmp_path} holds no index: make one with mustanad index\n"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])  # noqa: S104
def test_a_host_that_others_reach_is_refused(host: str) -> None:
    result = CliRunner().invoke(serve, ["--host", host])
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert "--allow-public" in result.output
    assert not is_loopback(host)


def test_a_port_that_is_taken_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(serve, ["--port", str(taken.getsockname()[1])])
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert "cannot be used" in result.output


def test_without_gradio_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gradio", None)
    result = CliRunner().invoke(serve, [])
    assert result.exit_code == 1
    assert result.output == "Error: the page needs Gradio: pip install 'mustanad[ui]'\n"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_it_says_where_the_page_is(host: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[Path] = []

    def open_index(folder: Path, engine: str | None) -> FakeEngine:
        opened.append(folder)
        return FakeEngine()

    def run(server: Server, sockets: list[socket.socket]) -> None:
        server._announce()
        raise KeyboardInterrupt

    monkeypatch.setattr(rag, "open", open_index, raising=False)
    monkeypatch.setattr(Server, "run", run)
    result = CliRunner().invoke(serve, ["--port", "0", "--host", host], env={"MUSTANAD_INDEX": str(tmp_path)})
    assert result.exit_code == 0
    assert result.output.startswith(f"Mustanad is open at http://{host}:")
    assert result.output.strip().endswith("(Ctrl-C ends it)")
    assert opened == [tmp_path]
