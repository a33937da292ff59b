"""What a reader is given: passages of the right report, and of the most similar wrong one."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import rag
from eval.datasets.types import Question
from eval.measures.figures import is_answerable
from eval.running.gold import Gold
from index.progress import Progress
from index.types import ScoredPassage
from rag.asking import READ_PASSAGES

OTHER = " (another report)"
"""What the id of a question ends in where it is asked of a wrong report."""
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Given:
    """A question and the passages that it is to be answered from.

    Attributes:
        question: Unanswerable where the passages are of a wrong report.
        passages: As a search within these reports alone ranks them.
    """

    question: Question
    passages: tuple[ScoredPassage, ...]


def give(
    reports: rag.Reports, golds: Sequence[Gold], progress: Progress, label: str
) -> tuple[list[Given], tuple[str, ...]]:
    """Each question with passages of its relevant reports, and each answerable one also with those of a wrong report.

    The passages are those of the index, the best eight that a search within the relevant reports finds: of a context of
    SQuAD mostly the one. The wrong report is the most similar one: the first that a search finds, the relevant ones and
    their copies left out, whose text holds no gold answer as whole words. As many passages of it are given as of the
    right ones, ranked the same way, so that neither their number nor retrieval's scores tell the two apart.

    Args:
        reports: The index.
        golds: The questions.
        progress: Is told how far the work has come.
        label: What the progress is called.

    Returns:
        What is to be read, and notes on the questions left out.
    """
    givens: list[Given] = []
    unknown = alone = 0
    progress.start(f"{label}: passages", len(golds), "question")
    for gold in golds:
        progress.advance(1)
        question = dataclasses.replace(gold.question, answerable=is_answerable(gold.question))
        relevant = sorted(question.relevant_docs) or sorted(gold.places)
        if question.answerable is None or not relevant or (question.answerable and not question.answers):
            unknown += 1
            continue
        right = reports.search(question.text, READ_PASSAGES, doc=relevant)
        givens.append(Given(question, tuple(right)))
        if not question.answerable:
            continue
        wrong = _wrong_report(reports, gold, relevant)
        if wrong is None:
            alone += 1
            continue
        givens.append(Given(_asked_of_another(question), tuple(reports.search(question.text, len(right), doc=[wrong]))))
    notes = []
    if unknown:
        notes.append(f"{unknown} questions name no relevant report, or no answer: not read")
    if alone:
        notes.append(f"{alone} questions have no other report without the answer among the first {_LOOKED_AT}")
    return givens, tuple(notes)


def _wrong_report(reports: rag.Reports, gold: Gold, relevant: Sequence[str]) -> str | None:
    """The id of the most similar report that does not answer."""
    for hit in reports.search_documents(gold.question.text, _LOOKED_AT, without=relevant):
        if set(relevant).isdisjoint(hit.copies) and not gold.holds(hit.document.text):
            return hit.document.doc_id
    return None


def _asked_of_another(question: Question) -> Question:
    return dataclasses.replace(
        question,
        query_id=f"{question.query_id}{OTHER}",
        relevant={},
        answers=(),
        answerable=False,
        spans=(),
        attribution=(),
    )
