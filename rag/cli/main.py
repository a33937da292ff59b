"""The command and its subcommands; each is imported when it is called."""

import sqlite3
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

import click

from index.errors import MustanadError
from rag.cli.printing import plain

_COMMANDS = {
    "index": "rag.cli.index_command:index_reports",
    "search": "rag.cli.search_command:search",
    "ask": "rag.cli.ask_command:ask",
    "chat": "rag.cli.chat_command:chat",
    "replay": "rag.cli.replay_command:replay",
    "remove": "rag.cli.manage:remove",
    "compact": "rag.cli.manage:compact_index",
    "info": "rag.cli.manage:info",
    "verify": "rag.cli.manage:verify_index",
    "demo": "rag.cli.demo:demo",
    "completion": "rag.cli.completion:completion",
}
_PLUGINS = "mustanad.commands"


class _Commands(click.Group):
    """Finds subcommands by name, those of the rooms above by entry point, and puts errors in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [
            *_COMMANDS,
            *sorted(entry.name for entry in entry_points(group=_PLUGINS) if entry.name not in _COMMANDS),
        ]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _COMMANDS:
            module, name = _COMMANDS[cmd_name].split(":")
            command: click.Command = getattr(import_module(module), name)
            return command
        for entry in entry_points(group=_PLUGINS, name=cmd_name):
            loaded: click.Command = entry.load()
            return loaded
        return None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        return in_one_line(lambda: super(_Commands, self).invoke(ctx))


def in_one_line(call: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the command returns
    """Run a command; what a user can act on ends in one line on stderr and exit code 1.

    Raises:
        click.ClickException: Mustanad, the disk or the index said no.
    """
    try:
        return call()
    except MustanadError as error:
        raise click.ClickException(_line(str(error))) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(_line(f"{where}{error.strerror or error}")) from error
    except sqlite3.Error as error:
        message = f"the index's database cannot be used ({error}); run mustanad verify, or check the free disk space"
        raise click.ClickException(_line(message)) from error
    except UnicodeEncodeError as error:
        message = f"{error.object!a} is not valid Unicode; write the question, or name the file, in UTF-8"
        raise click.ClickException(_line(message)) from error


def _line(message: str) -> str:
    return " ".join(plain(message).split())


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='Example: mustanad index reports/ && mustanad ask "من نفذ الهجوم؟"',
)
@click.version_option(package_name="mustanad", message="%(prog)s %(version)s")
def main() -> None:
    """Ask questions of reports, in any language, and get answers in the reports' own words.

    Point it at a folder with "index", ask with "ask", open the page with "serve". Nothing leaves this
    machine, unless you choose a language model elsewhere (ask --llm).
    """
