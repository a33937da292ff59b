"""Whether an answer is right, by the harness's own measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eval.answers.questions import AnnotatedQuestion
from eval.measures.answers import right
from eval.measures.figures import pairs
from eval.running.rows import AnswerRow, Row


class Verdict(StrEnum):
    """What became of a question.

    ``RIGHT``: it has an answer, and the answer given holds or overlaps a gold one. ``WITHHELD``: it has none, and none
    was given, which is right, too. ``WRONG``: another answer was given, or any to a question that has none.
    ``MISSED``: it has an answer, and none was given.
    """

    RIGHT = "right"
    WITHHELD = "rightly withheld"
    WRONG = "wrong"
    MISSED = "missed"

    @property
    def good(self) -> bool:
        """Whether it is as it should be."""
        return self in (Verdict.RIGHT, Verdict.WITHHELD)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, judged.

    Attributes:
        asked: The question.
        answer: What was given.
        verdict: Of the answer, which is that of the first claim.
        right_claim: Number, from 1, of the first claim that is right; None where none is.
    """

    asked: AnnotatedQuestion
    answer: AnswerRow
    verdict: Verdict
    right_claim: int | None


def judge(asked: Sequence[AnnotatedQuestion], rows: Sequence[Row]) -> tuple[Answered, ...]:
    """Judge the answers to some questions; those that were not asked are left out.

    An answer is right when it contains a gold answer as consecutive words, or when its token F1 with one is at least
    0.5, both with MLQA's normalisation in the language of the gold answer; see ``eval.measures.answers.right``.

    Raises:
        ValueError: A row has no question.
    """
    by_id = {one.question.query_id: one for one in asked}
    judged = []
    for question, row in pairs([one.question for one in asked], rows):
        if row.answer is None:
            continue
        claims = enumerate(row.answer.claims, start=1)
        first = next((number for number, claim in claims if right(question, claim.answer)), None)
        verdict = _verdict(question.answerable, row.answer, right(question, row.answer.text))
        judged.append(Answered(by_id[question.query_id], row.answer, verdict, first))
    return tuple(judged)


def _verdict(answerable: bool | None, answer: AnswerRow, is_right: bool) -> Verdict:
    if answer.abstained:
        return Verdict.MISSED if answerable else Verdict.WITHHELD
    return Verdict.RIGHT if is_right else Verdict.WRONG
