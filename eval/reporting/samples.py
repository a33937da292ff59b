"""The questions that a person should look at first: those that went worst."""

from collections.abc import Mapping

from eval.datasets.types import Question
from eval.reporting.cases import Case, Outcome, cases
from eval.reporting.formats import figures_by_key
from eval.results import Report
from eval.running.rows import Row

WORST, CONFIDENT = 20, 10
_SEARCH = ("RR@10", "passages RR@10")
_ANSWER = ("F1", "holds")


def worst_questions(report: Report, most: int = WORST) -> list[tuple[Question, Row]]:
    """The questions that went worst: lowest by the search's RR@10, then by the answer's F1.

    Questions on which neither is below 1 are left out. Ties keep the order of the dataset.
    """
    from eval.measures.figures import pairs

    search, answer = _values(report, _SEARCH), _values(report, _ANSWER)
    rank = {
        question.query_id: (search.get(question.query_id, 1.0), answer.get(question.query_id, 1.0))
        for question in report.questions
    }
    flawed = [
        (question, row)
        for question, row in pairs(report.questions, report.rows)
        if rank[question.query_id] < (1.0, 1.0)
    ]
    return sorted(flawed, key=lambda pair: rank[pair[0].query_id])[:most]


def confident_wrong(report: Report, most: int = CONFIDENT) -> list[Case]:
    """Answers that were given and are not right, the most confident first."""
    wrong = [case for case in cases(report) if case.outcome is Outcome.WRONG]
    return sorted(wrong, key=lambda case: -case.answer.confidence)[:most]


def _values(report: Report, keys: tuple[str, ...]) -> Mapping[str, float]:
    """The values by question of the first of these measures that is there."""
    known = figures_by_key(report)
    return next((known[key].per_query for key in keys if key in known and known[key].per_query), {})
