"""How well documents and passages are ranked, measured by ir_measures (MacAvaney, Macdonald & Ounis, ECIR 2022).

``nDCG@10`` (Järvelin & Kekäläinen, TOIS 2002), ``R@k`` (share of what is relevant that is among the first k), ``RR@10``
(1 / place of the first relevant one; Voorhees, TREC-8, 1999), ``Success@k`` (whether a relevant one is among the first
k) and ``Judged@10`` (share of the first ten that were judged). The providers of ir_measures order equal scores by
document id, each in its own way: the place is given as the score, so that the order of a row is kept.
"""

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import RR, Judged, R, Success, nDCG

from eval.datasets.types import Question
from eval.measures.figures import mean_figures, pairs
from eval.measures.types import Figure, Part
from eval.running.rows import Row

PASSAGE_MEASURES = (nDCG @ 10, R @ 1, R @ 5, R @ 10, R @ 100, RR @ 10, Success @ 1, Success @ 5)
DOCUMENT_MEASURES = (*PASSAGE_MEASURES, Judged @ 10)

Run = dict[str, dict[str, float]]
Qrels = dict[str, dict[str, int]]


def document_qrels(questions: Sequence[Question]) -> Qrels:
    """Relevance by document id, by query id, of the questions that have a relevant document."""
    return {question.query_id: dict(question.relevant) for question in questions if question.relevant_docs}


def document_run(questions: Sequence[Question], rows: Sequence[Row]) -> Run:
    """Minus the place (from 1) by document id, by query id, of the questions that have a relevant document.

    Questions for which nothing was found are left out; ir_measures counts them 0.

    Examples:
        >>> from eval.running.rows import FoundDocument
        >>> found = FoundDocument("d2", 0.7), FoundDocument("d1", 0.7)
        >>> document_run([Question("q1", "Who?", relevant={"d1": 1})], [Row("q1", documents=found)])
        {'q1': {'d2': -1.0, 'd1': -2.0}}

    Raises:
        ValueError: A row has no question.
    """
    return {
        row.query_id: _by_place([found.doc_id for found in row.documents])
        for question, row in pairs(questions, rows)
        if question.relevant_docs and row.documents
    }


def passage_qrels(questions: Sequence[Question], rows: Sequence[Row]) -> Qrels:
    """Relevance by passage id, by query id, of the questions whose answer stands in a relevant document.

    What is sought are documents that hold a gold answer (``Row.units`` of them), so that ``R@k`` is the share of them
    whose answer was reached. The first passage found of each that covers it is relevant; a later one of the same
    document, which tells nothing new, is not. Documents whose answer was not reached stand under made-up ids.

    Examples:
        >>> from eval.running.rows import FoundPassage
        >>> found = FoundPassage("d1#0", "d1", 0, 9, 0.7, True), FoundPassage("d1#1", "d1", 5, 14, 0.6, True)
        >>> passage_qrels([Question("q1", "Who?")], [Row("q1", passages=found, units=2)])
        {'q1': {'d1#0': 1, 'unreached-1': 1}}

    Raises:
        ValueError: A row has no question.
    """
    qrels: Qrels = {}
    for _, row in pairs(questions, rows):
        if row.units == 0:
            continue
        first: dict[str, str] = {}
        for found in row.passages:
            if found.covers:
                first.setdefault(found.doc_id, found.passage_id)
        unreached = [f"unreached-{number}" for number in range(1, row.units - len(first) + 1)]
        qrels[row.query_id] = dict.fromkeys((*first.values(), *unreached), 1)
    return qrels


def passage_run(questions: Sequence[Question], rows: Sequence[Row]) -> Run:
    """Minus the place (from 1) by passage id, by query id, of the questions whose answer stands in a relevant document.

    Questions for which nothing was found are left out; ir_measures counts them 0.

    Raises:
        ValueError: A row has no question.
    """
    return {
        row.query_id: _by_place([found.passage_id for found in row.passages])
        for _, row in pairs(questions, rows)
        if row.units and row.passages
    }


def document_figures(questions: Sequence[Question], rows: Sequence[Row]) -> tuple[Figure, ...]:
    """The measures of the documents found, over questions with a relevant document; none where none was searched for.

    Raises:
        ValueError: A row has no question.
    """
    asked = [question for question, _ in pairs(questions, rows)]
    if not _searched(rows):
        return ()
    return _figures(Part.DOCUMENTS, DOCUMENT_MEASURES, document_qrels(asked), document_run(asked, rows))


def passage_figures(questions: Sequence[Question], rows: Sequence[Row]) -> tuple[Figure, ...]:
    """The measures of the passages found, over questions whose answer stands in a relevant document.

    Raises:
        ValueError: A row has no question.
    """
    if not any(row.passages or row.search_ms for row in rows):
        return ()
    return _figures(Part.PASSAGES, PASSAGE_MEASURES, passage_qrels(questions, rows), passage_run(questions, rows))


def _searched(rows: Sequence[Row]) -> bool:
    """Whether documents were searched for; a search that finds nothing for any question takes its time, too."""
    return any(row.documents or row.search_ms for row in rows)


def _by_place(ids: Sequence[str]) -> dict[str, float]:
    return {name: -float(place) for place, name in enumerate(ids, start=1)}


def _figures(
    part: Part, measures: Sequence[ir_measures.Measure], qrels: Mapping[str, Mapping[str, int]], run: Run
) -> tuple[Figure, ...]:
    values: dict[str, dict[str, float]] = {str(measure): dict.fromkeys(qrels, 0.0) for measure in measures}
    for metric in ir_measures.iter_calc(measures, qrels, run):
        values[str(metric.measure)][metric.query_id] = float(metric.value)
    return mean_figures(part, values)
