"""A question beside what was answered, judged right or wrong."""

from dataclasses import dataclass
from enum import StrEnum

from eval.datasets.types import Question
from eval.results import Report
from eval.running.rows import AnswerRow, Row


class Outcome(StrEnum):
    """What became of a question. ``UNJUDGED``: it was answered, and no gold answer is known."""

    RIGHT = "right"
    WRONG = "wrong"
    WITHHELD = "withheld"
    UNJUDGED = "not judged"


@dataclass(frozen=True, slots=True)
class Case:
    """A question that was asked.

    Attributes:
        question: The question.
        row: All that it gave.
        answer: The answer, or the abstention.
        right: Whether what was answered, or would have been, is right; None where the dataset does not say. Whatever
            is answered to a question that has no answer is wrong.
    """

    question: Question
    row: Row
    answer: AnswerRow
    right: bool | None

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        if self.answer.abstained:
            return Outcome.WITHHELD
        if self.right is None:
            return Outcome.UNJUDGED
        return Outcome.RIGHT if self.right else Outcome.WRONG


def cases(report: Report) -> tuple[Case, ...]:
    """The questions that were asked, in their order; those that were only searched for are left out."""
    from eval.measures.figures import pairs

    return tuple(
        Case(question, row, row.answer, _right(question, row.answer.best_text))
        for question, row in pairs(report.questions, report.rows)
        if row.answer is not None
    )


def judged_cases(report: Report) -> tuple[Case, ...]:
    """The questions that were asked and whose answers are known."""
    return tuple(case for case in cases(report) if case.right is not None)


def _right(question: Question, text: str | None) -> bool | None:
    from eval.measures.answers import has_gold, right

    return right(question, text) if has_gold(question) else None
