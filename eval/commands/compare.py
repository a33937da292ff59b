"""``mustanad eval compare``: two runs side by side."""

import dataclasses
import json
import math
from pathlib import Path

import click

from eval.comparing import compare
from eval.comparing_types import DatasetComparison, MeasureComparison
from eval.reporting import comparison_html, text_table
from eval.results import load_results
from rag.cli.options import json_option

_LISTED = 5


@click.command(
    "compare", epilog="Example: mustanad eval compare results/before.json results/after.json --html diff.html"
)
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option(
    "--html", "page", type=click.Path(path_type=Path), help="Write the comparison as a page, with all questions."
)
@json_option
def compare_command(a: Path, b: Path, page: Path | None, as_json: bool) -> None:
    """Show what differs from run A to run B, with a paired test, and which questions got better or worse.

    A and B are JSON files that mustanad eval wrote. p is of a randomisation test over the questions in pairs, adjusted
    for the number of measures.
    """
    before, after = load_results(a), load_results(b)
    comparison = compare(before, after)
    if page is not None:
        page.write_text(comparison_html(comparison, before, after), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(_plain(dataclasses.asdict(comparison)), ensure_ascii=False))
        return
    for dataset in comparison.datasets:
        click.echo(f"{dataset.dataset}: {comparison.a} → {comparison.b}")
        for note in dataset.notes:
            click.echo(f"note: {note}")
        click.echo(text_table(_HEADER, [_cells(measure) for measure in dataset.measures]))
        _changes(dataset)
    if page is not None:
        click.echo(f"written: {page}")


_HEADER = ("measure", "before", "after", "difference", "95 % interval", "p", "better", "worse", "equal")


def _cells(measure: MeasureComparison) -> list[str]:
    tested = measure.p_adjusted is not None
    return [
        measure.key,
        f"{measure.a:.4f}",
        f"{measure.b:.4f}",
        f"{measure.difference:+.4f}",
        f"{measure.low:+.4f} to {measure.high:+.4f}" if tested else "",
        f"{measure.p_adjusted:.4f}" if tested else "",
        str(len(measure.better)) if tested else "",
        str(len(measure.worse)) if tested else "",
        str(measure.equal) if tested else "",
    ]


def _changes(dataset: DatasetComparison) -> None:
    """The questions that changed most, by the first measure in which any did."""
    for measure in dataset.measures:
        if not measure.better and not measure.worse:
            continue
        for title, changed in (("better", measure.better), ("worse", measure.worse)):
            for query_id in changed[:_LISTED]:
                click.echo(f"  {title} ({measure.key}): {query_id}  {' '.join(dataset.questions[query_id].split())}")
        return


def _plain(value: object) -> object:
    """The value with what JSON has no number for as null."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return None if isinstance(value, float) and math.isnan(value) else value
