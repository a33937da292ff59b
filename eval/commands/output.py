"""What the commands write beside what they print."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import click

from eval.datasets import Dataset
from eval.measures import stance_scores
from eval.reporting import figures_table, markdown_table, replace_block, results_html
from eval.results import Report, Results, save_results
from eval.running.export import export_trec, slim

_SHARES = ("precision", "recall", "f1")
_COUNTS = ("support", "asked")


def write_results(results: Results, out: Path) -> list[Path]:
    """Write the JSON, the page and the TREC files of some results."""
    page, figures = out / f"{results.name}.html", out / f"{results.name}.json"
    out.mkdir(parents=True, exist_ok=True)
    for report in results.reports:
        export_trec(report, out / results.name)
    slimmed = dataclasses.replace(results, reports=tuple(slim(report) for report in results.reports))
    save_results(slimmed, figures)
    page.write_text(results_html(slimmed), encoding="utf-8")
    return [figures, page, out / results.name]


def journal_of(out: Path, label: str, dataset: Dataset) -> Path:
    """Where the rows of an evaluation are kept until it is done."""
    return out / label / f"{dataset.name}.journal"


def measures_table(results: Results, keys: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a table with a measure in each row and a dataset in each column.

    Args:
        results: What was measured.
        keys: Which figures, in this order; those that no dataset has are left out.
    """
    measured = {figure.key for report in results.reports for figure in report.figures}
    header, rows = figures_table(results, [key for key in keys if key in measured])
    first, *others = zip(header, *rows, strict=True)
    return ["measure", *first[1:]], [list(line) for line in others]


def stances_table(results: Results) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a table with a stance of a dataset in each row; no rows where none is attributed."""
    header = ["dataset", "stance", "precision", "recall", "F1", "right answers", "questions"]
    rows = [
        [
            report.dataset,
            score.stance,
            *(f"{value:.3f}" for value in (score.precision, score.recall, score.f1)),
            str(score.support),
            str(score.asked),
        ]
        for report in results.reports
        for score in stance_scores(report.questions, report.rows)
    ]
    return header, rows


def stance_tables(results: Results) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the stances that a reader's answers were presented with; no rows where none is attributed."""
    header = ["dataset", "of", "stance", "precision", "recall", "F1", "right answers", "questions"]
    rows = []
    for report in results.reports:
        for table in report.stance_tables:
            scores = {stance: dict(score) for stance, score in table.scores.items()}
            if scores:
                scores["macro mean"] = {name: mean(score[name] for score in table.scores.values()) for name in _SHARES}
                scores["macro mean"] |= {name: sum(score[name] for score in table.scores.values()) for name in _COUNTS}
            for stance, score in scores.items():
                shares = (f"{score[name]:.3f}" for name in _SHARES)
                rows.append(
                    [report.dataset, table.name, stance, *shares, *(str(round(score[name])) for name in _COUNTS)]
                )
    return header, rows


def write_table(target: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table into a block of a Markdown file, given as FILE:BLOCK."""
    file, colon, block = target.rpartition(":")
    if not colon or not file or not block:
        raise click.UsageError(f"a table's place is given as {target!r}; write FILE:BLOCK, such as README.md:retrieval")
    replace_block(Path(file), block, markdown_table(header, rows))


def to_json(report: Report) -> dict[str, object]:
    """A report's figures for a program; ``means`` holds the documents' measures by name."""
    return {
        "dataset": report.dataset,
        "questions": len(report.questions),
        "means": {figure.name: figure.value for figure in report.figures if figure.part == "documents"},
        "figures": {
            figure.key: {"value": figure.value, "low": figure.low, "high": figure.high, "n": figure.n}
            for figure in report.figures
        },
        "stances": [score._asdict() for score in stance_scores(report.questions, report.rows)],
        "notes": list(report.notes),
    }
