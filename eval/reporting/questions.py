"""A question as a page shows it: what was asked, what is right, what was found and what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.datasets.types import Question
from eval.measures.types import Figure
from eval.reporting.cases import Outcome, cases
from eval.reporting.formats import figures_by_key, number
from eval.reporting.samples import confident_wrong, worst_questions
from eval.results import Report
from eval.running.rows import AnswerRow, FoundPassage, Row

_PASSAGES = 5
_CHIPS = ("RR@10", "passages RR@10", "F1")


@dataclass(frozen=True, slots=True)
class RelevantView:
    """A relevant document: its place among the documents found, None where it was not found."""

    doc_id: str
    place: int | None


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage that was found: ``covers`` a gold answer, from a ``relevant`` document."""

    place: int
    found: FoundPassage
    covers: bool
    relevant: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with all that it gave.

    Attributes:
        question: The question.
        outcome: What became of it, or None where it was only searched for.
        chips: Measures of this question, name and value.
        relevant: The relevant documents, best found first.
        searched: Whether anything was found at all.
        passages: The first passages found.
        answer: The answer or the abstention, or None where it was only searched for.
    """

    question: Question
    outcome: Outcome | None
    chips: tuple[tuple[str, str], ...]
    relevant: tuple[RelevantView, ...]
    searched: bool
    passages: tuple[PassageView, ...]
    answer: AnswerRow | None


def worst(report: Report) -> list[QuestionView]:
    """The questions that went worst."""
    return _views(report, worst_questions(report))


def wrong(report: Report) -> list[QuestionView]:
    """The answers that are wrong, the most confident first."""
    return _views(report, [(case.question, case.row) for case in confident_wrong(report)])


def _views(report: Report, chosen: Sequence[tuple[Question, Row]]) -> list[QuestionView]:
    outcomes = {case.question.query_id: case.outcome for case in cases(report)}
    known = figures_by_key(report)
    return [_view(question, row, outcomes.get(question.query_id), known) for question, row in chosen]


def _view(question: Question, row: Row, outcome: Outcome | None, known: Mapping[str, Figure]) -> QuestionView:
    places = {found.doc_id: place for place, found in reversed(list(enumerate(row.documents, start=1)))}
    relevant = [RelevantView(doc_id, places.get(doc_id)) for doc_id in sorted(question.relevant_docs)]
    return QuestionView(
        question=question,
        outcome=outcome,
        chips=tuple(
            (key, number(known[key].name, known[key].per_query[question.query_id]))
            for key in _CHIPS
            if key in known and question.query_id in known[key].per_query
        ),
        relevant=tuple(sorted(relevant, key=lambda each: each.place or len(row.documents) + 1)),
        searched=bool(row.documents or row.passages),
        passages=tuple(
            PassageView(place, found, found.covers, found.doc_id in question.relevant_docs)
            for place, found in enumerate(row.passages[:_PASSAGES], start=1)
        ),
        answer=row.answer,
    )
