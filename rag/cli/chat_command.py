"""``mustanad chat``: questions one after the other."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import rag
from index.errors import MustanadError
from index.search import SearchSettings
from rag.cli.llm_options import llm_options
from rag.cli.options import (
    FilterOptions,
    engine_option,
    filter_options,
    index_option,
    rerank_option,
    settings_options,
)
from rag.cli.printing import one_line, print_answer
from rag.cli.written import print_written, writing
from rag.conversation import Conversation
from rag.filters import make_filters
from rag.packs import PackedTurn, make_pack, save_pack
from rag.reports import Reports
from rag.serialise import answer_to_json

if TYPE_CHECKING:
    from rag.llm import Writer

PROMPT = "❯ "
SAVE = "/save"


@click.command(epilog="Example: mustanad chat --index mustanad-index")
@index_option
@engine_option
@filter_options
@settings_options
@rerank_option
@llm_options
@click.option("--json", "as_json", is_flag=True, help="Print an object a line, for a program to read.")
def chat(
    root: Path,
    engine: str | None,
    filters: FilterOptions,
    settings: SearchSettings,
    rerank: bool,
    writer: "Writer | None",
    as_json: bool,
) -> None:
    """Ask questions one after the other, a line each; a question may follow on those before it ("and when?").

    What is searched for such a question is shown. "/save FILE" writes an evidence pack of the
    conversation (.json, .html or .md). Ctrl-D ends. Questions can be piped in, too.
    """
    asks = sys.stdin.isatty()
    with rag.open(root, settings=settings, engine=engine, rerank=rerank) as reports:
        conversation = Conversation(reports, writer, writing(reports, writer))
        turns: list[PackedTurn] = []
        while True:
            if asks:
                click.echo(PROMPT, nl=False)
            line = sys.stdin.readline()
            if not line:
                break
            if not line.strip():
                continue
            if line.split()[0] == SAVE:
                _save(reports, turns, line.strip()[len(SAVE) :].strip())
                continue
            answer = conversation.ask(line.strip(), **filters)
            turns.append(PackedTurn(answer, make_filters(**filters)))
            if as_json:
                click.echo(json.dumps(answer_to_json(answer), ensure_ascii=False))
            else:
                if not asks:
                    click.secho(f"{PROMPT}{answer.question}", bold=True)
                if writer is not None:
                    print_written(answer, writer.destination)
                print_answer(answer)
                click.echo()
    if asks:
        click.echo()


def _save(reports: Reports, turns: list[PackedTurn], name: str) -> None:
    """Write the conversation so far; what goes wrong is told in a line, and the conversation goes on."""
    if not name or not turns:
        click.echo(f"{SAVE} FILE writes what was asked so far; ask first, and name a file", err=True)
        return
    try:
        save_pack(make_pack(reports, turns), Path(name))
    except (MustanadError, OSError) as error:
        click.echo(one_line(f"not saved: {error}"), err=True)
    else:
        click.echo(f"saved: {one_line(name)}", err=True)
