"""``mustanad eval peers``: other systems on the same passages with the same model, in one run."""

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

import click

from eval.commands.output import write_table
from eval.configuration import Configuration
from eval.datasets import load_dataset
from eval.environment import environment
from eval.indexing import index_folder, open_index
from eval.peers import PEERS, PeersTable, compare_peers, peers_table
from eval.reporting import text_table
from eval.sampling import sample
from index.search import SearchSettings
from rag.cli.bars import Bars
from rag.cli.options import json_option, settings_options


@click.command("peers", epilog="Example: mustanad eval peers data/arcd --table README.md:peers")
@click.argument("datasets", nargs=-1, required=True, metavar="DATASET...")
@click.option("--index", "root", type=click.Path(path_type=Path, file_okay=False),
              help="Compare on this index.  [default: one for each dataset, kept in OUT/indexes]")  # fmt: skip
@click.option("--peer", "names", multiple=True, type=click.Choice(list(PEERS)), help="Only this one; repeatable.")
@settings_options
@click.option("--limit", type=click.IntRange(1), help="So many questions of each dataset, evenly spread.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default="results", show_default=True,
              help="Folder of the results (peers.json) and indexes.")  # fmt: skip
@click.option("--table", "table", metavar="FILE:BLOCK",
              help="Write the table into FILE between its marks <!-- table: BLOCK -->.")  # fmt: skip
@json_option
def peers_command(
    datasets: tuple[str, ...],
    root: Path | None,
    names: tuple[str, ...],
    settings: SearchSettings,
    limit: int | None,
    out: Path,
    table: str | None,
    as_json: bool,
) -> None:
    """Compare Mustanad's search with other systems on each DATASET: quality and speed, side by side.

    All search the same passages with the same embedding model. Speed is what a query takes in this process, the engines
    taking turns; with the question's embedding, and without it.
    """
    configuration = Configuration(settings)
    compared: list[PeersTable] = []
    bars = Bars()
    try:
        embedder = None
        for spec in datasets:
            dataset = sample(load_dataset(spec), limit)
            where = root or index_folder(dataset, out / "indexes", configuration)
            reports, _ = open_index(where, [dataset], configuration, bars, embedder)
            embedder = reports.embedder
            with reports:
                compared.append(compare_peers(reports, dataset, names or tuple(PEERS), bars))
    except KeyboardInterrupt:
        raise click.ClickException("interrupted; start it again") from None
    finally:
        bars.close()
    content = {
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "environment": dataclasses.asdict(environment()),
        "tables": [dataclasses.asdict(one) for one in compared],
    }
    out.mkdir(parents=True, exist_ok=True)
    path = out / "peers.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    header, rows = peers_table(compared)
    if table:
        write_table(table, header, rows)
    if as_json:
        click.echo(json.dumps(content, ensure_ascii=False))
        return
    click.echo(text_table(header, rows))
    click.echo(f"written: {path}")
