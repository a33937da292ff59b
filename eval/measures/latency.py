"""How long it takes."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from eval.datasets.types import Question
from eval.measures.bootstrap import list_interval
from eval.measures.figures import pairs
from eval.measures.types import Figure, Part
from eval.running.rows import Row


def latency_figures(questions: Sequence[Question], rows: Sequence[Row]) -> tuple[Figure, ...]:
    """Median and 95th percentile of milliseconds, interpolated linearly (Hyndman & Fan, 1996, type 7).

    ``search`` is the search for passages, where there was one; ``ask`` is a question in all, ``read`` its reading.
    ``per_query`` holds the milliseconds themselves.

    Args:
        questions: The questions.
        rows: What was given.

    Returns:
        The figures that have a question to be over.

    Raises:
        ValueError: A row has no question.
    """
    measured = [row for _, row in pairs(questions, rows)]
    search = {row.query_id: row.search_ms for row in measured if row.search_ms > 0}
    ask = {row.query_id: row.answer.total_ms for row in measured if row.answer is not None}
    read = {row.query_id: row.answer.read_ms for row in measured if row.answer is not None}
    return (
        *_percentile("search p50 ms", search, 50),
        *_percentile("search p95 ms", search, 95),
        *_percentile("ask p50 ms", ask, 50),
        *_percentile("ask p95 ms", ask, 95),
        *_percentile("read p50 ms", read, 50),
    )


def _percentile(name: str, milliseconds: Mapping[str, float], percent: float) -> tuple[Figure, ...]:
    if not milliseconds:
        return ()
    values = np.array(list(milliseconds.values()))

    def statistic(places: NDArray[np.intp]) -> float:
        return float(np.percentile(values[places], percent))

    interval = list_interval(statistic, len(values))
    value = float(np.percentile(values, percent))
    return (Figure(Part.LATENCY, name, value, *interval, len(values), False, dict(milliseconds)),)
