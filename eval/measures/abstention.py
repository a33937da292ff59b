"""How well it knows when to answer and when to abstain."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from eval.datasets.types import Question
from eval.measures.answers import has_gold, right
from eval.measures.figures import list_figure, mean_figures, pairs
from eval.measures.risk import area_under_risk, calibration_error, ranking_auroc
from eval.measures.types import Figure, Part
from eval.running.rows import AnswerRow, Row

_PART = Part.ABSTENTION
_LOWER_IS_BETTER = ("false-answers", "false-answers-without", "risk")


class Judged(NamedTuple):
    """An answer whose question says whether it is answerable, and which can be judged right or wrong.

    Attributes:
        query_id: The question.
        confidence: From 0 to 1.
        right: Whether the answer, or what was withheld, is right; never for an unanswerable question.
    """

    query_id: str
    confidence: float
    right: bool


def judged_answers(questions: Sequence[Question], rows: Sequence[Row]) -> list[Judged]:
    """What the risk-coverage curve and the calibration are over: answers and what was withheld.

    Questions that do not say whether they are answerable, answerable ones without a gold answer, and those that were
    not asked are left out.

    Raises:
        ValueError: A row has no question.
    """
    return [
        Judged(question.query_id, answer.confidence, right(question, answer.best_text))
        for question, answer in _asked(questions, rows)
        if has_gold(question)
    ]


def abstention_figures(questions: Sequence[Question], rows: Sequence[Row]) -> tuple[Figure, ...]:
    """The figures of abstention, over questions that say whether they are answerable.

    Those that end in ``-without`` take, in place of unanswerable questions, any question asked with its relevant
    documents left out.

    - ``AUROC``: of the confidence, answerable against unanswerable ones; see ``risk.ranking_auroc``.
    - ``coverage``: share of answerable ones that are answered.
    - ``false-answers``: share of unanswerable ones that are answered.
    - ``abstain-precision``, ``abstain-recall``: share of abstentions that are on unanswerable ones, share of
      unanswerable ones abstained on (van Rijsbergen, "Information retrieval", 1979).
    - ``risk``: share of the answers given that are not right (El-Yaniv & Wiener, JMLR 2010), an answer to an
      unanswerable question being wrong.
    - ``AURC`` and ``ECE``: of the answers and what was withheld; see ``risk.area_under_risk``,
      ``risk.calibration_error``.

    Args:
        questions: The questions.
        rows: What was given.

    Returns:
        The figures that are defined.

    Raises:
        ValueError: A row has no question.
    """
    asked = _asked(questions, rows)
    positives = {question.query_id: answer for question, answer in asked if question.answerable}
    negatives = {question.query_id: answer for question, answer in asked if not question.answerable}
    without = {row.query_id: row.without for row in rows if row.without is not None}
    # Over no unanswerable question precision says nothing.
    abstained = [pair for pair in asked if pair[1].abstained] if positives and negatives else []
    given = [(question, answer) for question, answer in asked if not answer.abstained and has_gold(question)]
    means = {
        "coverage": {query_id: float(not answer.abstained) for query_id, answer in positives.items()},
        "false-answers": {query_id: float(not answer.abstained) for query_id, answer in negatives.items()},
        "false-answers-without": {query_id: float(not answer.abstained) for query_id, answer in without.items()},
        "abstain-precision": {question.query_id: float(not question.answerable) for question, _ in abstained},
        "abstain-recall": {query_id: float(answer.abstained) for query_id, answer in negatives.items()},
        "risk": {question.query_id: float(not right(question, answer.text)) for question, answer in given},
    }
    return (
        *_auroc("AUROC", positives, negatives),
        *_auroc("AUROC-without", positives, without),
        *mean_figures(_PART, means, _LOWER_IS_BETTER),
        *_confidence_figures(judged_answers(questions, rows)),
    )


def _asked(questions: Sequence[Question], rows: Sequence[Row]) -> list[tuple[Question, AnswerRow]]:
    return [
        (question, row.answer)
        for question, row in pairs(questions, rows)
        if question.answerable is not None and row.answer is not None
    ]


def _auroc(name: str, positives: Mapping[str, AnswerRow], negatives: Mapping[str, AnswerRow]) -> tuple[Figure, ...]:
    """Resampled by question: one that is on both sides is drawn, or not, with both."""
    if not positives or not negatives:
        return ()
    query_ids = list({**positives, **negatives})
    confidences = np.array(
        [
            [side[query_id].confidence if query_id in side else np.nan for query_id in query_ids]
            for side in (positives, negatives)
        ]
    )
    labels = np.array([[True] * len(query_ids), [False] * len(query_ids)])

    def chosen(places: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        there = ~np.isnan(confidences[:, places])
        return confidences[:, places][there], labels[:, places][there]

    def statistic(places: NDArray[np.intp]) -> float:
        return ranking_auroc(*chosen(places))

    found, positive = chosen(np.arange(len(query_ids)))
    value = float(roc_auc_score(positive, found))
    return (list_figure(_PART, name, statistic, len(query_ids), value),)


def _confidence_figures(judged: Sequence[Judged]) -> tuple[Figure, ...]:
    if not judged:
        return ()
    confidences = np.array([answer.confidence for answer in judged])
    correct = np.array([answer.right for answer in judged])

    def area(places: NDArray[np.intp]) -> float:
        return area_under_risk(confidences[places], correct[places])

    def error(places: NDArray[np.intp]) -> float:
        return calibration_error(confidences[places], correct[places])

    return tuple(
        list_figure(_PART, name, statistic, len(judged), higher_is_better=False)
        for name, statistic in (("AURC", area), ("ECE", error))
    )
