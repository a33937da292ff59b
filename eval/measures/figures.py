"""What all measures begin and end with: questions beside their rows, and means as figures."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from eval.datasets.types import Question
from eval.measures.bootstrap import Statistic, list_interval, mean_interval
from eval.measures.types import Figure, Part
from eval.running.rows import Row


def pairs(questions: Sequence[Question], rows: Sequence[Row]) -> list[tuple[Question, Row]]:
    """Each row beside its question, in the order of the rows; questions without a row are left out.

    Raises:
        ValueError: A row has no question, or two rows or questions have the same id.
    """
    by_id = {question.query_id: question for question in questions}
    if len(by_id) < len(questions):
        raise ValueError("two questions have the same id; give each its own")
    if len({row.query_id for row in rows}) < len(rows):
        raise ValueError("two rows are of the same question; give one for each")
    for row in rows:
        if row.query_id not in by_id:
            raise ValueError(f"there is a row of {row.query_id!r} but no such question; give the dataset it is from")
    return [(by_id[row.query_id], row) for row in rows]


def is_answerable(question: Question) -> bool | None:
    """Whether the reports hold an answer: as the dataset says, else yes where it gives one, else None (unknown)."""
    return question.answerable if question.answerable is not None else (True if question.answers else None)


def mean_figures(
    part: Part, values: Mapping[str, Mapping[str, float]], lower_is_better: Collection[str] = ()
) -> tuple[Figure, ...]:
    """Figures that are means over questions.

    Args:
        part: What they look at.
        values: Value by query id, by the name of the measure.
        lower_is_better: Names of those where less is better.

    Returns:
        A figure for each measure that has a value.
    """
    return tuple(
        Figure(
            part,
            name,
            float(np.mean(list(per_query.values()))),
            *mean_interval(list(per_query.values())),
            n=len(per_query),
            higher_is_better=name not in lower_is_better,
            per_query=dict(per_query),
        )
        for name, per_query in values.items()
        if per_query
    )


def list_figure(
    part: Part, name: str, statistic: Statistic, n: int, value: float | None = None, *, higher_is_better: bool = True
) -> Figure:
    """A figure that is a statistic of the whole list.

    Args:
        part: What it looks at.
        name: The measure.
        statistic: See ``list_interval``.
        n: How many questions the statistic is over, at least one.
        value: Its value where another implementation gives it; None for the statistic of all questions.
        higher_is_better: Which way is good.
    """
    exact = statistic(np.arange(n)) if value is None else value
    return Figure(part, name, float(exact), *list_interval(statistic, n), n=n, higher_is_better=higher_is_better)
