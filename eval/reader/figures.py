"""The figures of a reader: how right, how sure, how fast."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from eval.datasets.types import Question
from eval.measures.abstention import Judged, abstention_figures, judged_answers
from eval.measures.answers import holds, match, overlaps
from eval.measures.bootstrap import list_interval
from eval.measures.figures import list_figure, mean_figures, pairs
from eval.measures.normalise import squad_tokens
from eval.measures.risk import adaptive_calibration_error, calibration_error, ranking_auroc
from eval.measures.types import Figure, Part
from eval.reader.passages import OTHER
from eval.running.rows import Row

_PART = Part.READER
_NAMES = ("F1", "EM", "SQuAD-F1", "SQuAD-EM", "overlap", "holds", "words")


def reader_figures(questions: Sequence[Question], rows: Sequence[Row]) -> tuple[Figure, ...]:
    """The figures of what was read.

    Of the first reading whatever its confidence, over answerable questions given the right passages: ``F1``, ``EM``
    (MLQA's normalisation), ``SQuAD-F1``, ``SQuAD-EM`` (SQuAD's), best over the gold answers; ``overlap``, the share
    whose F1 with a gold answer is at least 0.5; ``holds``, the share that contains a gold answer; ``words``, how long.

    Of the confidence, over all that was read, whatever is read of a question without an answer being wrong: those of
    ``abstention_figures`` (AUROC, coverage and false answers at the reader's threshold, risk, AURC, ECE), and

    - ``AUROC-other``: answerable questions given the right passages against the same given another report's;
    - ``AUROC-unanswerable``: against questions that the dataset says no report answers, given the reports they are of;
    - ``ECE-adaptive``: see ``risk.adaptive_calibration_error``;
    - ``ECE-given``: ECE over answerable questions given the right passages alone.

    Args:
        questions: Answerable or not, each; those given another report have ids that end in ``passages.OTHER``.
        rows: What was read.

    Returns:
        The figures that are defined.

    Raises:
        ValueError: A row has no question.
    """
    values: dict[str, dict[str, float]] = {name: {} for name in _NAMES}
    for question, row in pairs(questions, rows):
        if not question.answerable or row.answer is None:
            continue
        text = row.answer.best_text
        by_mlqa, by_squad = match(question, text), match(question, text, squad_tokens)
        found = (
            by_mlqa.f1,
            by_mlqa.exact,
            by_squad.f1,
            by_squad.exact,
            float(overlaps(question, text)),
            float(holds(question, text)),
            float(len((text or "").split())),
        )
        for name, value in zip(_NAMES, found, strict=True):
            values[name][question.query_id] = value
    judged = judged_answers(questions, rows)
    answerable = {question.query_id for question in questions if question.answerable}
    given = [one for one in judged if one.query_id in answerable]
    others = [one for one in judged if one.query_id.endswith(OTHER)]
    unanswerable = [one for one in judged if one.query_id not in answerable and not one.query_id.endswith(OTHER)]
    return (
        *mean_figures(_PART, values, lower_is_better=("words",)),
        *_auroc("AUROC-other", given, others),
        *_auroc("AUROC-unanswerable", given, unanswerable),
        *_calibration("ECE-adaptive", judged, adaptive_calibration_error),
        *_calibration("ECE-given", given, calibration_error),
        *abstention_figures(questions, rows),
    )


def speed_figures(milliseconds: Mapping[str, float], passages: int) -> tuple[Figure, ...]:
    """``read-8 p50 ms`` and ``read-8 p95 ms`` of reading so many passages, and ``passages/s``.

    Args:
        milliseconds: Of each reading, by question.
        passages: How many were read each time.

    Returns:
        None where nothing was timed.
    """
    if not milliseconds:
        return ()
    values = np.array(list(milliseconds.values()))

    def percentile(percent: float) -> Callable[[NDArray[np.intp]], float]:
        return lambda places: float(np.percentile(values[places], percent))

    def per_second(places: NDArray[np.intp]) -> float:
        return float(1000 * passages * len(places) / values[places].sum())

    everything = np.arange(len(values))
    return tuple(
        Figure(
            Part.LATENCY,
            name,
            statistic(everything),
            *list_interval(statistic, len(values)),
            n=len(values),
            higher_is_better=name == "passages/s",
        )
        for name, statistic in (
            (f"read-{passages} p50 ms", percentile(50)),
            (f"read-{passages} p95 ms", percentile(95)),
            ("passages/s", per_second),
        )
    )


def _auroc(name: str, positives: Sequence[Judged], negatives: Sequence[Judged]) -> tuple[Figure, ...]:
    if not positives or not negatives:
        return ()
    confidences = np.array([one.confidence for one in (*positives, *negatives)])
    labels = np.array([True] * len(positives) + [False] * len(negatives))

    def statistic(places: NDArray[np.intp]) -> float:
        return ranking_auroc(confidences[places], labels[places])

    return (list_figure(_PART, name, statistic, len(labels), float(roc_auc_score(labels, confidences))),)


def _calibration(
    name: str,
    judged: Sequence[Judged],
    error: Callable[[NDArray[np.float64], NDArray[np.bool_]], float],
) -> tuple[Figure, ...]:
    if not judged:
        return ()
    confidences = np.array([one.confidence for one in judged])
    right = np.array([one.right for one in judged])

    def statistic(places: NDArray[np.intp]) -> float:
        return error(confidences[places], right[places])

    return (list_figure(_PART, name, statistic, len(judged), higher_is_better=False),)
