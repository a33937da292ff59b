"""Runs and judgements as TREC files, for any other tool to measure."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from eval.datasets.trec import write_qrels, write_run
from eval.measures.retrieval import document_qrels, document_run, passage_qrels, passage_run
from eval.results import Report

_KEPT = 10


def export_trec(report: Report, folder: Path) -> list[Path]:
    """Write a report's rankings and judgements.

    White space in an id, which TREC's columns cannot hold, is written as in a URL ("%20").

    Args:
        report: The report.
        folder: Where ``DATASET.documents.run``, ``.documents.qrels``, ``.passages.run`` and ``.passages.qrels`` go;
            passages' files only where gold answers are known.

    Returns:
        The files written; ir_measures run on a pair of them gives the report's figures.
    """
    questions, rows = report.questions, report.rows
    scores = {
        row.query_id: {found.passage_id: found.score for found in row.passages}
        | {found.doc_id: found.score for found in row.documents}
        for row in rows
    }
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for kind, qrels, run in (
        ("documents", document_qrels(questions), document_run(questions, rows)),
        ("passages", passage_qrels(questions, rows), passage_run(questions, rows)),
    ):
        if not run:
            continue
        pair = folder / f"{report.dataset}.{kind}.run", folder / f"{report.dataset}.{kind}.qrels"
        write_run(
            pair[0],
            {
                trec_id(query_id): [(trec_id(name), scores[query_id][name]) for name in _best_first(places)]
                for query_id, places in run.items()
            },
        )
        write_qrels(
            pair[1],
            {
                trec_id(query_id): {trec_id(name): grade for name, grade in judged.items()}
                for query_id, judged in qrels.items()
            },
        )
        written.extend(pair)
    return written


def trec_id(name: str) -> str:
    """An id without white space.

    Examples:
        >>> trec_id("my report.txt#0"), trec_id("تقرير.txt")
        ('my%20report.txt#0', 'تقرير.txt')
    """
    return "".join(quote(char) if char.isspace() else char for char in name)


def _best_first(places: Mapping[str, float]) -> list[str]:
    return sorted(places, key=lambda name: -places[name])


def slim(report: Report) -> Report:
    """The report with the first places of each ranking only: the whole of them are in the TREC files beside it."""
    rows = tuple(
        dataclasses.replace(row, documents=row.documents[:_KEPT], passages=row.passages[:_KEPT]) for row in report.rows
    )
    return dataclasses.replace(report, rows=rows)
