"""Reading what is given, and the report of it."""

import time
from collections.abc import Sequence

import rag
from eval.datasets.types import Dataset, DatasetError
from eval.measures.attribution import attribution_figures
from eval.measures.figures import is_answerable
from eval.reader.figures import reader_figures, speed_figures
from eval.reader.passages import Given, give
from eval.reader.stances import GIVEN, READ, claims_row, given_stance_figures, gold_stance_rows, stance_table
from eval.results import Report
from eval.running.engine import describe
from eval.running.gold import Gold, locate
from eval.running.rows import AnswerRow, Row
from index.progress import Progress, Silent
from rag.asking import READ_PASSAGES
from rag.reading import Reader

_TIMED = 40


def measure_reader(
    reader: Reader, name: str, reports: rag.Reports, dataset: Dataset, progress: Progress | None = None
) -> Report:
    """Let a reader read a dataset's questions with the right passages and with wrong ones; see ``passages.give``.

    Args:
        reader: What is measured.
        name: What it is called in the report.
        reports: An index of the dataset's reports.
        dataset: Questions with relevant reports and gold answers.
        progress: Is told how far the work has come.

    Returns:
        A report as ``evaluate`` gives it: a row for each question and for each asked of another report, whose answer
        is the first reading, withheld where its confidence is below the reader's threshold.

    Raises:
        DatasetError: The index lacks reports, or no question can be read.
    """
    watcher = progress or Silent()
    documents = tuple(reports.documents())
    golds, repairs = locate(dataset.questions, documents)
    by_id = {gold.question.query_id: gold for gold in golds}
    givens, notes = give(reports, golds, watcher, dataset.name)
    if not any(is_answerable(given.question) for given in givens):
        raise DatasetError(f"{dataset.name}: no question has both a relevant report and a gold answer to read there")
    started = time.perf_counter()
    watcher.start(f"{dataset.name}: reading", len(givens), "question")
    rows = []
    for given in givens:
        rows.append(read_row(reader, given, by_id.get(given.question.query_id)))
        watcher.advance(1)
    seconds = time.perf_counter() - started
    questions = tuple(given.question for given in givens)
    perfect = gold_stance_rows(golds, documents)
    attributed = tuple(question for question in questions if question.attribution)
    asked = tuple(gold.question for gold in golds)
    tables = (stance_table(GIVEN, asked, perfect), stance_table(READ, questions, rows)) if attributed else ()
    timed = time_reading(reader, reports, [given.question.text for given in givens if given.question.answerable])
    return Report(
        dataset=dataset.name,
        dataset_fingerprint=dataset.fingerprint,
        engine={
            **describe(reports),
            "reader": name,
            "reader_kind": type(reader).__name__,
            "threshold": reader.threshold,
        },
        questions=questions,
        rows=tuple(rows),
        figures=(
            *reader_figures(questions, rows),
            *given_stance_figures(asked, perfect),
            *attribution_figures(questions, rows),
            *speed_figures(timed, READ_PASSAGES),
        ),
        notes=(*repairs, *notes),
        seconds=seconds,
        stance_tables=tables,
    )


def read_row(reader: Reader, given: Given, gold: Gold | None = None) -> Row:
    """The first reading of what is given.

    Args:
        reader: Reads.
        given: The question and the passages.
        gold: Where the question's answers stand: for a question with an attribution the claims that the readings make
            are then kept, with their citations, so that their stance can be judged.
    """
    started = time.perf_counter()
    readings = reader.read(given.question.text, given.passages)
    milliseconds = 1000 * (time.perf_counter() - started)
    best = readings[0] if readings else None
    sure = best is not None and best.confidence >= reader.threshold
    told = claims_row(gold, readings, reader.threshold) if gold is not None and given.question.attribution else None
    answer = AnswerRow(
        text=best.text if best is not None and sure else None,
        withheld=best.text if best is not None and not sure else None,
        confidence=best.confidence if best is not None else 0.0,
        claims=told.claims if told is not None else (),
        citations=told.citations if told is not None else (),
        retrieve_ms=0.0,
        read_ms=milliseconds,
        total_ms=milliseconds,
    )
    return Row(given.question.query_id, answer=answer)


def time_reading(reader: Reader, reports: rag.Reports, questions: Sequence[str]) -> dict[str, float]:
    """Milliseconds of reading the eight passages that a search finds, by question; forty, evenly spread, at most.

    A question for which fewer are found is left out. The first is read once before, so that all is loaded.

    Returns:
        Milliseconds by the text of the question; empty for an index of fewer than eight passages.
    """
    count = min(_TIMED, len(questions))
    chosen = dict.fromkeys(questions[place * len(questions) // count] for place in range(count))
    found = {question: reports.search(question, READ_PASSAGES) for question in chosen}
    full = {question: passages for question, passages in found.items() if len(passages) == READ_PASSAGES}
    milliseconds = {}
    for number, (question, passages) in enumerate(full.items()):
        if number == 0:
            reader.read(question, passages)
        started = time.perf_counter()
        reader.read(question, passages)
        milliseconds[question] = 1000 * (time.perf_counter() - started)
    return milliseconds
