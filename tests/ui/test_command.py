import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi import FastAPI

import rag
from index.errors import IndexNotFoundError
from rag.llm import Writer
from tests.rag.samples import make_reports, use_no_model
from ui.collections import Workspace
from ui.command import serve
from ui.server import LOOPBACK_NAMES, Server, is_loopback


@dataclass
class Opening:
    """What the command was about to serve."""

    workspace: Workspace
    hosts: tuple[str, ...]
    users: Mapping[str, str] | None
    public_names: tuple[str, ...]
    uploads: Path


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of the sample reports."""
    use_no_model(monkeypatch)
    make_reports(tmp_path / "archive").close()
    return tmp_path / "archive"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Opening]:
    """What is opened; nothing is served."""
    seen: list[Opening] = []

    def create(
        workspace: Workspace,
        hosts: tuple[str, ...],
        users: Mapping[str, str] | None,
        names: tuple[str, ...],
        writer: Writer | None,
    ) -> FastAPI:
        seen.append(Opening(workspace, hosts, users, names, Path(os.environ["GRADIO_TEMP_DIR"])))
        return FastAPI()

    def run(server: Server, sockets: list[socket.socket]) -> None:
        server._announce()
        raise KeyboardInterrupt

    monkeypatch.setattr("ui.server.create_app", create)
    monkeypatch.setattr(Server, "run", run)
    monkeypatch.setenv("GRADIO_TEMP_DIR", tempfile.gettempdir())
    return seen


def test_importing_the_command_is_cheap() -> None:
    code = (
        "import sys, ui.command; print([m for m in ('gradio', 'fastapi', 'torch', 'onnxruntime') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_missing_index_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(folder: Path, engine: str | None = None) -> None:
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
def test_it_says_where_the_page_is(host: str, index: Path, opened: list[Opening]) -> None:
    result = CliRunner().invoke(serve, ["--port", "0", "--host", host], env={"MUSTANAD_INDEX": str(index)})
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"Mustanad is open at http://{host}:")
    assert result.output.strip().endswith("(Ctrl-C ends it)")
    (opening,) = opened
    assert opening.workspace.names() == (index.name,) and opening.workspace.changes
    assert opening.users is None and "*" not in opening.hosts
    assert not opening.uploads.exists() and opening.uploads.name.startswith("mustanad-")


def test_several_indexes_and_a_folder_of_collections(tmp_path: Path, index: Path, opened: list[Opening]) -> None:
    folder = tmp_path / "collections"
    arguments = ["--index", str(index), "--index", str(index), "--collections", str(folder), "--port", "0"]
    assert CliRunner().invoke(serve, [*arguments, "--max-upload", "7"]).exit_code == 0
    workspace = opened[0].workspace
    assert workspace.names() == ("archive", "archive (2)") and workspace.max_upload == 7_000_000
    assert workspace.can_create and workspace.can_write("archive")
    # Alone and empty, the folder gets a first collection to begin with.
    assert CliRunner().invoke(serve, ["--collections", str(folder), "--port", "0"]).exit_code == 0
    assert opened[1].workspace.names() == ("reports",)


def test_with_a_password_others_may_reach_it_and_change_nothing(
    tmp_path: Path, index: Path, opened: list[Opening]
) -> None:
    secret = tmp_path / "auth"
    secret.write_text("amina:pass:word\n", encoding="utf-8")
    secret.chmod(0o600)
    public = ["--index", str(index), "--host", "0.0.0.0", "--port", "0"]  # noqa: S104
    result = CliRunner().invoke(serve, [*public, "--auth-file", str(secret)])
    assert result.exit_code == 0 and "Warning" not in result.output and "TLS" in result.output
    assert opened[0].users == {"amina": "pass:word"} and opened[0].hosts == ("*",)
    assert not opened[0].workspace.changes
    result = CliRunner().invoke(serve, [*public, "--allow-upload"], env={"MUSTANAD_AUTH": "a:b\nc:d"})
    assert opened[1].users == {"a": "b", "c": "d"} and opened[1].workspace.changes
    named = ["--index", str(index), "--port", "0", "--public-name", "reports.example.org"]
    CliRunner().invoke(serve, named, env={"MUSTANAD_AUTH": "a:b"})
    assert opened[2].hosts == LOOPBACK_NAMES and opened[2].public_names == ("reports.example.org",)
    assert not opened[2].workspace.changes
    assert CliRunner().invoke(serve, named).exit_code == 1, "a public name without a password"
    assert CliRunner().invoke(serve, [*named, "--allow-public"]).exit_code == 0


@pytest.mark.parametrize("text", ["", "nobody", ":x", "x:", "a:b\na:c"])
def test_a_bad_password_file_is_one_line_and_not_repeated(tmp_path: Path, text: str) -> None:
    secret = tmp_path / "auth"
    secret.write_text(text, encoding="utf-8")
    for arguments, variables in ((["--auth-file", str(secret)], {}), ([], {"MUSTANAD_AUTH": text})):
        result = CliRunner().invoke(serve, arguments, env=variables)
        assert result.exit_code == 1 and result.output.count("\n") == 1
        assert not text or text not in result.output
    assert CliRunner().invoke(serve, ["--auth-file", str(tmp_path / "nowhere")]).exit_code == 1


def test_a_password_file_that_others_can_read_gets_a_warning(
    tmp_path: Path, index: Path, opened: list[Opening]
) -> None:
    secret = tmp_path / "auth"
    secret.write_text("a:b", encoding="utf-8")
    secret.chmod(0o644)
    result = CliRunner().invoke(serve, ["--index", str(index), "--port", "0", "--auth-file", str(secret)])
    assert f"Warning: other users of this machine can read {secret}" in result.output and opened[0].users


def test_it_says_where_text_goes(index: Path, opened: list[Opening]) -> None:
    model = ["--llm", "http://203.0.113.7:8080/v1", "--llm-model", "local"]
    result = CliRunner().invoke(serve, ["--port", "0", "--index", str(index), *model])
    assert result.exit_code == 0, result.output
    assert "are sent to" in result.output and "203.0.113.7" in result.output
