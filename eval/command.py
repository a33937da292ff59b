"""``mustanad eval``: how well an index's reports are found."""

import dataclasses
import json
from pathlib import Path

import click

import rag
from index.search import SearchSettings
from rag.cli.options import index_option, json_option, settings_options


@click.command("eval", epilog="Example: mustanad eval data/arcd data/xquad/en=data/xquad/ar --index archive")
@click.argument("datasets", nargs=-1, required=True)
@index_option
@settings_options
@json_option
def evaluate(datasets: tuple[str, ...], root: Path, settings: SearchSettings, as_json: bool) -> None:
    """Measure how well the documents of DATASETS are found in an index that holds them.

    A dataset is a BEIR folder (queries.jsonl, qrels/test.tsv). QUERIES=QRELS takes the questions of one folder and the
    judgements of another, for questions in one language over reports in another.
    """
    try:
        from eval.beir import load_beir
        from eval.retrieval import measure_run, retrieve
    except ModuleNotFoundError as error:
        raise click.ClickException("measuring needs ir_measures: pip install 'mustanad[eval]'") from error

    loaded = []
    for name in datasets:
        queries, _, qrels = name.partition("=")
        dataset = load_beir(Path(queries), Path(qrels) if qrels else None)
        loaded.append(dataclasses.replace(dataset, name=name))
    with rag.open(root, settings=settings) as reports:
        figures = [measure_run(retrieve(reports.search_documents, dataset), dataset) for dataset in loaded]
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(figure) for figure in figures], ensure_ascii=False))
        return
    for figure in figures:
        means = "  ".join(f"{name} {value:.4f}" for name, value in figure.means.items())
        click.echo(f"{figure.dataset}: {figure.questions} questions  {means}")
