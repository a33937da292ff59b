"""The command in this process, without a model, on a folder of reports."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner, Result

from rag.cli.main import main
from tests.rag.samples import ALL, make_reports


class Mustanad(Protocol):
    """Runs the command."""

    def __call__(self, *args: object, code: int = 0) -> Result: ...


@pytest.fixture
def mustanad(no_model: None) -> Mustanad:
    """The command; what it raises beyond an exit is a traceback to a user, and fails the test."""

    def run(*args: object, code: int = 0) -> Result:
        result = CliRunner().invoke(main, [str(arg) for arg in args], prog_name="mustanad")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture(scope="session")
def kept_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the reports of ``samples``; not to be changed."""
    root = tmp_path_factory.mktemp("cli") / "index"
    make_reports(root).close()
    return root


@pytest.fixture
def index(tmp_path: Path, no_model: None) -> Iterator[Path]:
    """An index of the same reports, to be changed."""
    make_reports(tmp_path / "index").close()
    yield tmp_path / "index"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The same reports as text files."""
    (tmp_path / "reports").mkdir()
    for document in ALL:
        (tmp_path / "reports" / document.doc_id).write_text(document.text, encoding="utf-8")
    return tmp_path / "reports"


def one_line_error(result: Result) -> str:
    """The message of a command that failed, which must be all that stderr holds."""
    assert result.stderr.startswith("Error: "), result.stderr
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr.removeprefix("Error: ").rstrip("\n")
