"""The command as a whole: its names, help, completion and errors."""

import shutil
import sqlite3
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete

from rag.cli.main import in_one_line, main
from tests.rag.cli.conftest import Mustanad, one_line_error

PROJECT = Path(__file__).resolve().parents[3]
DOCUMENTED = [
    "index",
    "search",
    "ask",
    "chat",
    "serve",
    "eval",
    "remove",
    "compact",
    "info",
    "verify",
    "demo",
    "replay",
]


def test_every_documented_command_exists() -> None:
    names = main.list_commands(click.Context(main))
    assert sorted(names) == sorted([*DOCUMENTED, "completion"])
    for name in names:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        assert command.name == name


def test_every_command_of_the_readme_exists() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    blocks = "\n".join(block for block in readme.split("```")[1::2])
    named = {line.split()[1] for line in blocks.splitlines() if line.startswith("mustanad ")}
    assert {"index", "ask", "search"} <= named
    assert named <= {*DOCUMENTED, "completion"}


def test_the_project_declares_the_command_and_the_rooms_above() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"mustanad": "rag.cli.main:main"}
    assert set(project["entry-points"]["mustanad.commands"]) == {"serve", "eval"}


@pytest.mark.parametrize("name", [*DOCUMENTED, "completion"])
def test_every_command_has_help_with_an_example(mustanad: Mustanad, name: str) -> None:
    shown = mustanad(name, "--help").stdout
    assert shown.startswith(f"Usage: mustanad {name} ")
    assert shown == mustanad(name, "-h").stdout
    if name != "serve":  # its help is the page's
        assert "Example: " in shown
        assert f"mustanad {name}" in shown.split("Example: ")[1]


def test_help_lists_every_command_with_a_line_on_it(mustanad: Mustanad) -> None:
    shown = mustanad("--help").stdout
    for name in [*DOCUMENTED, "completion"]:
        assert any(line.startswith(f"  {name} ") and len(line.split()) > 2 for line in shown.splitlines())


def test_version(mustanad: Mustanad) -> None:
    assert mustanad("--version").stdout == f"mustanad {version('mustanad')}\n"


def test_an_unknown_command_is_wrong_usage(mustanad: Mustanad) -> None:
    assert "No such command 'frobnicate'" in mustanad("frobnicate", code=2).stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_whole(mustanad: Mustanad, shell: str) -> None:
    script = mustanad("completion", shell).stdout
    assert f"_MUSTANAD_COMPLETE={shell}_complete" in script
    assert "%(" not in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


def test_completion_of_another_shell_is_wrong_usage(mustanad: Mustanad) -> None:
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in mustanad("completion", "tcsh", code=2).stderr


def test_completion_knows_commands_and_options() -> None:
    complete = BashComplete(main, {}, "mustanad", "_MUSTANAD_COMPLETE")
    assert [item.value for item in complete.get_completions([], "se")] == ["search", "serve"]
    assert [item.value for item in complete.get_completions(["search"], "--le")] == ["--lexical"]
    assert [item.value for item in complete.get_completions(["search", "--lexical"], "r")] == ["rank-bm25"]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(28, "No space left on device", "/disk/x"), "/disk/x: No space left on device"),
        (PermissionError(13, "Permission denied", "/root/x"), "/root/x: Permission denied"),
        (OSError("the device\nis gone"), "the device is gone"),
        (
            sqlite3.OperationalError("database or disk is full"),
            "the index's database cannot be used (database or disk is full); "
            "run mustanad verify, or check the free disk space",
        ),
        (
            UnicodeEncodeError("utf-8", "\udcff.txt", 0, 1, "surrogates not allowed"),
            "'\\udcff.txt' is not valid Unicode; write the question, or name the file, in UTF-8",
        ),
    ],
)
def test_what_the_disk_says_is_one_line(
    mustanad: Mustanad, kept_index: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr("rag.open", fail)
    for command in (["search", "x"], ["ask", "x"], ["remove", "x"]):
        assert one_line_error(mustanad(*command, "--index", kept_index, code=1)) == message


def test_a_mistake_of_the_program_is_not_hidden() -> None:
    def mistake() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_one_line(mistake)


def test_a_closed_pipe_is_left_to_click() -> None:
    def closed() -> None:
        raise BrokenPipeError(32, "Broken pipe")

    with pytest.raises(BrokenPipeError):
        in_one_line(closed)
