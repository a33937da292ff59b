"""Measuring an engine on a dataset, from Python."""

from pathlib import Path

from eval.datasets.types import Dataset, DatasetError
from eval.measures import measure
from eval.measures.attribution import accepted_stances
from eval.results import Report
from eval.running.engine import Engine, describe
from eval.running.gold import locate
from eval.running.journal import Journal
from eval.running.run import Plan, run
from index.progress import Progress, Silent


def evaluate(
    engine: Engine,
    dataset: Dataset,
    *,
    plan: Plan | None = None,
    journal: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Ask an engine a dataset's questions and measure what it gives.

    Args:
        engine: ``rag.Reports``, or anything that searches as it does; its index holds the dataset's reports.
        dataset: From ``load_dataset``.
        plan: What to ask; None for searching and asking.
        journal: A file where what was asked is kept until all is; None keeps nothing. An evaluation that was
            interrupted goes on from it.
        progress: Is told how far the work has come.

    Returns:
        The figures, with a row for each question.

    Raises:
        DatasetError: The index lacks documents that the dataset names, or the dataset says nothing that the plan could
            be measured by.
        MustanadError: The plan is to ask, and the engine does not answer.

    Examples:
        >>> import rag  # doctest: +SKIP
        >>> report = evaluate(rag.open("archive"), load_dataset("data/arcd"))  # doctest: +SKIP
        >>> report.figure("RR@10").value, report.figure("RR@10").low  # doctest: +SKIP
    """
    chosen = plan or Plan()
    judged = any(question.relevant_docs for question in dataset.questions)
    known = any(question.answerable is not None or question.answers for question in dataset.questions)
    notes = _notes(dataset.name, chosen, judged, known)
    _check_attributions(dataset)
    golds, repairs = locate(dataset.questions, engine.documents())
    described = dict(describe(engine))
    kept = Journal(
        journal,
        {
            "dataset": dataset.fingerprint,
            "search": chosen.search,
            "ask": chosen.ask,
            "without": chosen.without,
            **described,
        },
    )
    rows, seconds = run(engine, golds, chosen, kept, progress or Silent(), dataset.name)
    questions = tuple(gold.question for gold in golds)
    return Report(
        dataset=dataset.name,
        dataset_fingerprint=dataset.fingerprint,
        engine=described,
        questions=questions,
        rows=rows,
        figures=measure(questions, rows),
        notes=(*notes, *repairs),
        seconds=seconds,
    )


def _check_attributions(dataset: Dataset) -> None:
    """Say before anything is asked what could not be measured afterwards."""
    for question in dataset.questions:
        try:
            accepted_stances(question.attribution)
        except ValueError as error:
            raise DatasetError(f"{dataset.name}, question {question.query_id}: {error}") from error


def _notes(name: str, plan: Plan, judged: bool, known: bool) -> tuple[str, ...]:
    """What cannot be measured on a dataset; one line each."""
    if not known and not (judged and plan.search):
        raise DatasetError(
            f"{name}: no question has a relevant document or a known answer to measure by; check that the ids agree"
        )
    notes = []
    if plan.search and not judged:
        notes.append("no document is judged: search is measured by the passages that hold a gold answer")
    if plan.ask and not known:
        notes.append("no question has a known answer: answers are not measured")
    return tuple(notes)
