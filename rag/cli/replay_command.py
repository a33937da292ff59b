"""``mustanad replay``: ask the questions of an evidence pack again."""

import json
from pathlib import Path

import click

import rag
from index.errors import MustanadError
from rag.cli.options import engine_option, index_option, json_option
from rag.cli.printing import one_line
from rag.packs import Verdict, read_pack, replay_lines, replay_to_json
from rag.packs import replay as replay_pack


@click.command(epilog="Example: mustanad replay attack.html --index mustanad-index")
@click.argument("pack", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@index_option
@engine_option
@json_option
def replay(pack: Path, root: Path, engine: str | None, as_json: bool) -> None:
    """Ask the questions of PACK (.json or .html) again and say whether the same evidence comes back.

    Exit code 0 where the same passages come back, with the same claims; 1 where not.
    """
    read = read_pack(pack)
    with rag.open(root, settings=read.settings, rerank=read.rerank, engine=engine) as reports:
        found = replay_pack(read, reports)
    if as_json:
        click.echo(json.dumps(replay_to_json(found), ensure_ascii=False))
    else:
        for line in replay_lines(found):
            click.echo(one_line(line))
    if found.verdict is Verdict.DIFFERENT:
        different = sum(turn.verdict is Verdict.DIFFERENT for turn in found.turns)
        raise MustanadError(f"{different} of {len(found.turns)} questions of {pack} give other evidence on {root}")
