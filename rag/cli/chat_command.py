"""``mustanad chat``: questions one after the other."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import rag
from index.search import SearchSettings
from rag.cli.llm_options import llm_options
from rag.cli.options import FilterOptions, engine_option, filter_options, index_option, settings_options
from rag.cli.printing import print_answer
from rag.cli.written import print_written, writing
from rag.conversation import Conversation
from rag.serialise import answer_to_json

if TYPE_CHECKING:
    from rag.llm import Writer

PROMPT = "❯ "


@click.command(epilog="Example: mustanad chat --index mustanad-index")
@index_option
@engine_option
@filter_options
@settings_options
@llm_options
@click.option("--json", "as_json", is_flag=True, help="Print an object a line, for a program to read.")
def chat(
    root: Path,
    engine: str | None,
    filters: FilterOptions,
    settings: SearchSettings,
    writer: "Writer | None",
    as_json: bool,
) -> None:
    """Ask questions one after the other, a line each; a question may follow on those before it ("and when?").

    What is searched for such a question is shown. Ctrl-D ends. Questions can be piped in, too.
    """
    asks = sys.stdin.isatty()
    with rag.open(root, settings=settings, engine=engine) as reports:
        conversation = Conversation(reports, writer, writing(reports, writer))
        while True:
            if asks:
                click.echo(PROMPT, nl=False)
            line = sys.stdin.readline()
            if not line:
                break
            if not line.strip():
                continue
            answer = conversation.ask(line.strip(), **filters)
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
