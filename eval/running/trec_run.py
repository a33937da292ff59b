"""Rows from a run that some other program wrote."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from eval.datasets.trec import read_run
from eval.datasets.types import Dataset, DatasetError
from eval.measures import measure
from eval.results import Report
from eval.running.rows import FoundDocument, Row


def evaluate_run(path: Path, dataset: Dataset) -> Report:
    """Measure a TREC run of documents.

    Args:
        path: The run.
        dataset: Its questions and judgements.

    Returns:
        The figures of the documents; a question that the run leaves out counts as one that found nothing.

    Raises:
        DatasetError: The run is not in TREC's form, or has no question of the dataset.
    """
    run = read_run(path)
    known = {question.query_id for question in dataset.questions}
    strangers = [query_id for query_id in run if query_id not in known]
    if len(strangers) == len(run):
        raise DatasetError(f"{path}: none of its {len(run)} questions is in {dataset.name} (first: {strangers[0]})")
    if not any(question.relevant_docs for question in dataset.questions):
        raise DatasetError(f"{dataset.name} judges no document; a run cannot be measured on it")
    notes = []
    if strangers:
        notes.append(f"{len(strangers)} questions of the run are not in the dataset: left out (first: {strangers[0]})")
    left_out = len(known - run.keys())
    if left_out:
        notes.append(f"{left_out} questions are not in the run: they count as having found nothing")
    rows = tuple(Row(question.query_id, _documents(run.get(question.query_id, {}))) for question in dataset.questions)
    return Report(
        dataset=dataset.name,
        dataset_fingerprint=dataset.fingerprint,
        engine={"engine": "run", "file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()},
        questions=dataset.questions,
        rows=rows,
        figures=measure(dataset.questions, rows),
        notes=tuple(notes),
    )


def _documents(scores: Mapping[str, float]) -> tuple[FoundDocument, ...]:
    """Best first; equal scores by document id from the last to the first, as trec_eval orders them."""
    ranked = sorted(scores.items(), key=lambda found: (found[1], found[0]), reverse=True)
    return tuple(FoundDocument(doc_id, score) for doc_id, score in ranked)
