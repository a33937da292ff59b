"""``mustanad search``: find passages."""

import json
import time
from pathlib import Path

import click
from tqdm import tqdm

import rag
from index.errors import MustanadError
from index.search import SearchSettings
from rag.cli.options import (
    FilterOptions,
    engine_option,
    filter_options,
    index_option,
    json_option,
    question_or_questions,
    read_questions,
    rerank_option,
    settings_options,
)
from rag.cli.printing import print_bridged, print_hit
from rag.reports import Reports
from rag.serialise import search_to_json

_RUN_DEPTH = 100


@click.command(epilog='Example: mustanad search "من نفذ الهجوم؟" -k 5 --since 2022-01-01 --lang ar')
@click.argument("question", required=False)
@click.option("-k", type=click.IntRange(1), help=f"How many.  [default: 10 passages; {_RUN_DEPTH} documents in a run]")
@index_option
@engine_option
@filter_options
@settings_options
@rerank_option
@click.option(
    "--questions", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Many questions: a BEIR queries.jsonl (_id, text).",
)  # fmt: skip
@click.option("--run", "run_file", type=click.Path(path_type=Path), help="With --questions: the TREC run to write.")
@click.option("--collapse/--no-collapse", default=False, show_default=True,
              help="One passage for each text: of a report and its copies only the best.")  # fmt: skip
@json_option
def search(
    question: str | None,
    k: int | None,
    root: Path,
    engine: str | None,
    filters: FilterOptions,
    settings: SearchSettings,
    rerank: bool,
    questions: Path | None,
    run_file: Path | None,
    collapse: bool,
    as_json: bool,
) -> None:
    """Find the passages nearest to QUESTION, by meaning and by words."""
    question_or_questions(question, questions, run_file, "--run")
    if collapse and questions is not None:
        raise click.UsageError("--collapse goes with one question; a run names every report")
    with rag.open(root, settings=settings, engine=engine, rerank=rerank) as reports:
        if questions is not None and run_file is not None:
            _write_run(reports, questions, run_file, k or _RUN_DEPTH, filters)
            return
        started = time.perf_counter()
        found = reports.search(question or "", k or 10, **filters, collapse=collapse)
        milliseconds = 1000 * (time.perf_counter() - started)
    if as_json:
        click.echo(json.dumps(search_to_json(question or "", found, milliseconds), ensure_ascii=False))
        return
    if not found:
        click.echo("no passage passes the filters")
    for bridged in found[0].bridged if found else ():
        print_bridged(bridged)
    for hit in found:
        print_hit(hit)


def _write_run(reports: Reports, questions: Path, run_file: Path, k: int, filters: FilterOptions) -> None:
    """Write the TREC run of the k best documents of each question."""
    queries = read_questions(questions)
    lines = []
    for query in tqdm(queries, desc="searching", unit=" questions", disable=None, delay=1):
        for rank, hit in enumerate(reports.search_documents(query.text, k, **filters), start=1):
            for name in (query.query_id, hit.document.doc_id):
                if len(name.split()) != 1:
                    raise MustanadError(f"the id {name!r} has white space, which a TREC run cannot hold; rename it")
            lines.append(f"{query.query_id} Q0 {hit.document.doc_id} {rank} {hit.score:.9f} mustanad\n")
    run_file.write_text("".join(lines), encoding="utf-8")
    click.echo(f"{len(queries)} questions, {len(lines)} lines in {run_file}")
