"""``mustanad eval reader``: how well a reader reads, given the right passage."""

import contextlib
import dataclasses
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

import rag
from eval.commands.output import stance_tables, to_json, write_table
from eval.configuration import Configuration
from eval.datasets import load_dataset
from eval.environment import environment
from eval.indexing import index_folder, open_index
from eval.reader import measure_reader, only_set_aside, reader_table
from eval.reader.set_aside import read_set_aside
from eval.reporting import results_html, save_plots, text_table
from eval.results import Report, Results, save_results
from eval.sampling import sample
from rag.cli.bars import Bars
from rag.cli.options import engine_option, json_option
from rag.reading import DEFAULT_READER, READERS, load_reader


@click.command(
    "reader",
    epilog="Example: mustanad eval reader data/xquad/ar data/xquad/en=data/xquad/ar data/arcd data/muc4 "
    "--set-aside rag/training/set_aside.json --table README.md:reader",
)
@click.argument("datasets", nargs=-1, required=True, metavar="DATASET...")
@click.option("--reader", "reader_name", type=click.Choice(list(READERS)), default=DEFAULT_READER, show_default=True,
              help="What reads.")  # fmt: skip
@click.option("--set-aside", "set_aside", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Ask only what FILE lists as kept from training.")  # fmt: skip
@click.option("--unfitted", is_flag=True,
              help="Of that, leave out what the reader's confidence was fitted on.")  # fmt: skip
@click.option("--index", "root", type=click.Path(path_type=Path, file_okay=False),
              help="An index of the reports.  [default: one for each dataset, kept in OUT/indexes]")  # fmt: skip
@engine_option
@click.option("--limit", type=click.IntRange(1), help="So many questions of each dataset, evenly spread.")
@click.option("--name", default="reader", show_default=True, help="Name of the results.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default="results", show_default=True,
              help="Folder of the results and indexes.")  # fmt: skip
@click.option("--plots", type=click.Path(path_type=Path, file_okay=False),
              help="Write the plots as SVG files, too: risk by coverage, reliability.")  # fmt: skip
@click.option("--table", "tables", multiple=True, metavar="FILE:BLOCK",
              help="Write the table into FILE between its marks <!-- table: BLOCK -->; repeatable.")  # fmt: skip
@click.option("--stance-table", "stance_targets", multiple=True, metavar="FILE:BLOCK",
              help="Write the table of stances likewise; repeatable.")  # fmt: skip
@json_option
def reader_command(
    datasets: tuple[str, ...],
    reader_name: str,
    set_aside: Path | None,
    unfitted: bool,
    root: Path | None,
    engine: str | None,
    limit: int | None,
    name: str,
    out: Path,
    plots: Path | None,
    tables: tuple[str, ...],
    stance_targets: tuple[str, ...],
    as_json: bool,
) -> None:
    """Measure a reader on each DATASET: each question is read in its own report, and in the most similar other one.

    F1 and EM are of the first reading, given passages of the right report. AUROC, calibration, coverage and risk are
    over those readings and over readings of a wrong report or of questions that no report answers.
    """
    configuration = Configuration(engine=engine)
    if unfitted and set_aside is None:
        raise click.UsageError("--unfitted is a part of what is set aside; give --set-aside FILE, too")
    groups = read_set_aside(set_aside, unfitted=unfitted) if set_aside else None
    loaded = [load_dataset(spec) for spec in datasets]
    measured: list[Report] = []
    bars = Bars()
    try:
        with contextlib.ExitStack() as stack:
            embedder = None
            opened: dict[Path, rag.Reports] = {}
            for dataset in loaded:
                where = root or index_folder(dataset, out / "indexes", configuration)
                notes: tuple[str, ...] = ()
                if where not in opened:
                    opened[where], notes = open_index(
                        where, loaded if root else [dataset], configuration, bars, embedder
                    )
                    stack.enter_context(opened[where])
                reports = opened[where]
                embedder = reports.embedder
                asked = sample(only_set_aside(dataset, groups) if groups else dataset, limit)
                reader = load_reader(reader_name, reports.reader_parts)
                report = measure_reader(reader, reader_name, reports, asked, bars)
                measured.append(dataclasses.replace(report, notes=(*notes, *report.notes)))
    except KeyboardInterrupt:
        raise click.ClickException("interrupted; start it again") from None
    finally:
        bars.close()
    results = Results(
        name=name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        configuration={
            **configuration.values(),
            "reader": reader_name,
            "datasets": " ".join(datasets),
            "set_aside": set_aside.name if set_aside else None,
            "unfitted": unfitted,
            "limit": limit,
        },
        environment=environment(),
        reports=tuple(measured),
    )
    _write(results, out, plots, tables, stance_targets, as_json)


def _write(
    results: Results,
    out: Path,
    plots: Path | None,
    tables: Sequence[str],
    stance_targets: Sequence[str],
    as_json: bool,
) -> None:
    figures, page = out / f"{results.name}.json", out / f"{results.name}.html"
    save_results(results, figures)
    page.write_text(results_html(results), encoding="utf-8")
    files = [figures, page, *(save_plots(results, plots) if plots else ())]
    header, rows = reader_table(results)
    for table in tables:
        write_table(table, header, rows)
    stance_header, stance_rows = stance_tables(results)
    if stance_targets and not stance_rows:
        raise click.UsageError("--stance-table: no dataset says who is accused, claims or is suspected; leave it out")
    for table in stance_targets:
        write_table(table, stance_header, stance_rows)
    if as_json:
        click.echo(json.dumps([to_json(report) for report in results.reports], ensure_ascii=False))
        return
    click.echo(text_table(header, rows))
    if stance_rows:
        click.echo(f"\n{text_table(stance_header, stance_rows)}")
    for report in results.reports:
        for note in report.notes:
            click.echo(f"note: {report.dataset}: {note}", err=True)
    click.echo(f"written: {', '.join(str(path) for path in files)}")
