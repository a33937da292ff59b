"""``mustanad eval DATASET…``: measure, write the results and say the figures."""

import contextlib
import dataclasses
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from click.core import ParameterSource

import rag
from eval.commands.output import journal_of, measures_table, stances_table, to_json, write_results, write_table
from eval.configuration import KEYS, Configuration, read_values, variants
from eval.datasets import Dataset, load_dataset
from eval.environment import environment
from eval.evaluating import evaluate
from eval.indexing import index_folder, open_index
from eval.reporting import save_plots, text_table
from eval.results import Report, Results
from eval.running.run import Plan
from eval.running.trec_run import evaluate_run
from eval.sampling import sample
from eval.sweep import refusals, save_sweep, sweep, sweep_table
from index.errors import MustanadError
from index.search import SearchSettings
from index.store.layout import Layout
from rag.cli.bars import Bars
from rag.cli.options import engine_option, json_option, rerank_option, settings_options

SHOWN = (
    "RR@10", "nDCG@10", "Success@1", "R@10", "passages RR@10", "F1", "SQuAD-F1", "holds", "best-holds",
    "abstention AUROC", "abstention AUROC-without", "abstention coverage", "abstention false-answers",
    "abstention false-answers-without", "abstention risk", "abstention ECE", "attribution stance-F1",
    "citations verbatim", "citations precision", "citations recall", "citations uncited",
    "latency search p50 ms", "latency ask p50 ms",
)  # fmt: skip
_DEFAULT_INDEX = Path("mustanad-index")


class _TakesAxes(click.Command):
    """``--sweep a=1,2 b=on,off`` is ``--sweep a=1,2 --sweep b=on,off``: what follows is an axis while it names one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        spread: list[str] = []
        in_sweep = False
        for place, arg in enumerate(args):
            first = place > 0 and args[place - 1] == "--sweep"
            in_sweep = first or (in_sweep and arg.partition("=")[0] in KEYS and "=" in arg)
            spread.extend(["--sweep", arg] if in_sweep and not first else [arg])
        return super().parse_args(ctx, spread)


@click.command(
    "run",
    cls=_TakesAxes,
    epilog="Also: mustanad eval compare A.json B.json, mustanad eval peers DATASET….  "
    "Example: mustanad eval data/arcd data/xquad/en=data/xquad/ar --index archive --name before",
)
@click.argument("datasets", nargs=-1, required=True, metavar="DATASET...")
@click.option(
    "--index", "root", type=click.Path(path_type=Path, file_okay=False), envvar="MUSTANAD_INDEX", show_envvar=True,
    help="Measure in this index; built from the datasets' reports where there is none.  [default: mustanad-index where "
    "it exists, else one for each dataset, kept in OUT/indexes]",
)  # fmt: skip
@click.option("--own-index", is_flag=True, help="Measure each dataset in an index of its own, kept in OUT/indexes.")
@settings_options
@rerank_option
@engine_option
@click.option("--config", multiple=True, metavar="KEY=VALUE|FILE", help="Set what --sweep can vary; repeatable.")
@click.option("--sweep", "axes", multiple=True, metavar="KEY=V1,V2...", help="Measure every combination.")
@click.option("--only", type=click.Choice(["search", "ask"]), help="Leave the other out.  [a sweep: search]")
@click.option("--without-evidence", is_flag=True,
              help="Ask each question again with its relevant reports left out: does it abstain?")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), help="So many questions of each dataset, evenly spread.")
@click.option("--run", "run_file", type=click.Path(path_type=Path), help="Measure this TREC run; nothing is searched.")
@click.option("--name", help="Name of the results.  [default: of the datasets]")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default="results", show_default=True,
              help="Folder of the results.")  # fmt: skip
@click.option("--plots", type=click.Path(path_type=Path, file_okay=False), help="Write the plots as SVG files, too.")
@click.option("--table", "table", metavar="FILE:BLOCK",
              help="Write the table into FILE between its marks <!-- table: BLOCK -->.")  # fmt: skip
@json_option
def run_command(
    datasets: tuple[str, ...],
    root: Path | None,
    own_index: bool,
    settings: SearchSettings,
    rerank: bool,
    engine: str | None,
    config: tuple[str, ...],
    axes: tuple[str, ...],
    only: str | None,
    without_evidence: bool,
    limit: int | None,
    run_file: Path | None,
    name: str | None,
    out: Path,
    plots: Path | None,
    table: str | None,
    as_json: bool,
) -> None:
    """Measure an engine on each DATASET: is the right report found, the answer right, its source cited?

    A DATASET is a BEIR folder (corpus.jsonl, queries.jsonl, qrels/test.tsv), a SQuAD .json, or a folder of reports with
    a queries.jsonl; QUERIES=GOLD takes the questions of one and the judgements and answers of another, for questions in
    one language over reports in another.

    Writes OUT/NAME.json, OUT/NAME.html and TREC runs and judgements in OUT/NAME. An evaluation that is interrupted goes
    on where it stopped when it is started again.
    """
    plan = Plan(only != "ask", only != "search" and not (axes and only is None), without_evidence)
    configuration = Configuration(settings, engine=engine, rerank=rerank).with_values(read_values(config))
    loaded = [sample(load_dataset(spec), limit) for spec in datasets]
    label = name or _name(loaded)
    where = _index(root, own_index)
    bars = Bars()
    try:
        if axes:
            _sweep(loaded, configuration, axes, plan, where, out, label, table, as_json, bars)
            return
        if run_file is not None:
            reports = [evaluate_run(run_file, dataset) for dataset in loaded]
        else:
            reports = _evaluate(loaded, configuration, plan, where, out, label, bars)
    except KeyboardInterrupt:
        raise click.ClickException("interrupted; what was asked is kept: the same command goes on from there") from None
    finally:
        bars.close()
    results = Results(
        name=label,
        created=_now(),
        configuration={**configuration.values(), "datasets": " ".join(datasets), "limit": limit},
        environment=environment(),
        reports=tuple(reports),
    )
    files = write_results(results, out)
    for dataset in loaded:
        journal_of(out, label, dataset).unlink(missing_ok=True)
    if plots:
        files.extend(save_plots(results, plots))
    header, rows = measures_table(results, SHOWN)
    if table:
        write_table(table, header, rows)
    if as_json:
        click.echo(json.dumps([to_json(report) for report in reports], ensure_ascii=False))
        return
    click.echo(text_table(header, rows))
    stances, scores = stances_table(results)
    if scores:
        click.echo(f"\n{text_table(stances, scores, 'llrrrrr')}")
    for report in reports:
        for note in report.notes:
            click.echo(f"note: {report.dataset}: {note}", err=True)
    click.echo(f"written: {', '.join(str(path) for path in files)}")


def _index(root: Path | None, own_index: bool) -> Path | None:
    """Which index to measure in; None for one of each dataset, which ``MUSTANAD_INDEX`` does not stand against."""
    if own_index:
        source = click.get_current_context().get_parameter_source("root")
        if root is not None and source is ParameterSource.COMMANDLINE:
            raise click.UsageError("--index names one index, --own-index asks for one of each dataset; give one")
        return None
    if root is None and Layout(_DEFAULT_INDEX).manifest.exists():
        return _DEFAULT_INDEX
    return root


def _evaluate(
    datasets: Sequence[Dataset],
    configuration: Configuration,
    plan: Plan,
    root: Path | None,
    out: Path,
    label: str,
    bars: Bars,
) -> list[Report]:
    measured: list[Report] = []
    notes: tuple[str, ...] = ()
    with contextlib.ExitStack() as stack:
        shared: rag.Reports | None = None
        if root is not None:
            shared, notes = open_index(root, datasets, configuration, bars)
            stack.enter_context(shared)
        embedder = shared.embedder if shared else None
        for dataset in datasets:
            engine = shared
            if engine is None:
                where = index_folder(dataset, out / "indexes", configuration)
                engine, notes = open_index(where, [dataset], configuration, bars, embedder)
                embedder = engine.embedder
                stack.enter_context(engine)
            report = evaluate(engine, dataset, plan=plan, journal=journal_of(out, label, dataset), progress=bars)
            measured.append(dataclasses.replace(report, notes=(*notes, *report.notes)))
    return measured


def _sweep(
    datasets: Sequence[Dataset],
    configuration: Configuration,
    axes: Sequence[str],
    plan: Plan,
    root: Path | None,
    out: Path,
    label: str,
    table: str | None,
    as_json: bool,
    bars: Bars,
) -> None:
    rows = sweep(datasets, variants(configuration, axes), plan, root, out / "indexes", bars)
    bars.close()
    path = out / f"{label}.sweep.json"
    save_sweep(path, rows, environment(), _now())
    header, cells = sweep_table(rows, plan)
    if table:
        write_table(table, header, cells)
    if as_json:
        click.echo(path.read_text(encoding="utf-8"), nl=False)
        return
    click.echo(text_table(header, cells))
    for line in refusals(rows):
        click.echo(f"note: {line}", err=True)
    click.echo(f"written: {path}")


def _name(datasets: Sequence[Dataset]) -> str:
    names = [dataset.name for dataset in datasets]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise MustanadError(f"two datasets are called {twice}; rename a folder, or measure them one by one")
    return re.sub(r"[^\w.+-]", "-", "+".join(names))[:80]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
