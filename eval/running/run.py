"""The loop over the questions."""

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass

from eval.datasets.types import Question
from eval.running.engine import AskingEngine, Engine, ReportHolder
from eval.running.gold import Gold
from eval.running.journal import Journal
from eval.running.rows import AnswerRow, ClaimRow, FoundDocument, FoundPassage, JudgedCitation, Row
from index.errors import MustanadError
from index.progress import Progress
from index.types import ScoredPassage
from rag.types import Answer, Citation

DEPTH = 100
_EXCERPTS, _EXCERPT_LENGTH = 5, 400


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of the engine for each question.

    Attributes:
        search: Whether to search.
        ask: Whether to ask.
        without: Whether every answerable question is asked again with its relevant documents left out.
    """

    search: bool = True
    ask: bool = True
    without: bool = False

    def __post_init__(self) -> None:
        if not self.search and not self.ask:
            raise ValueError("neither searching nor asking is left to do; leave one on")
        if self.without and not self.ask:
            raise ValueError("asking without the relevant documents needs asking; leave it on")


def run(
    engine: Engine, golds: Sequence[Gold], plan: Plan, journal: Journal, progress: Progress, label: str
) -> tuple[tuple[Row, ...], float]:
    """Ask an engine all questions; those that the journal holds are not asked again.

    Args:
        engine: What is measured.
        golds: The questions with where their answers stand.
        plan: What to ask of it.
        journal: Where rows are written as they come.
        progress: Is told how far the work has come.
        label: What the progress is called.

    Returns:
        A row for each question in their order, and the seconds they took in all.

    Raises:
        MustanadError: The plan is to ask, and the engine does not answer.
    """
    asking = engine if isinstance(engine, AskingEngine) else None
    if plan.ask and asking is None:
        raise MustanadError(f"{type(engine).__qualname__} does not answer questions; evaluate its search only")
    done = journal.rows()
    journal.start(done)
    progress.start(label, len(golds), "question")
    progress.advance(sum(gold.question.query_id in done for gold in golds))
    waiting = [gold for gold in golds if gold.question.query_id not in done]
    if waiting:
        engine.search(waiting[0].question.text, 1)  # what is loaded on first use is no question's time
    for gold in waiting:
        started = time.perf_counter()
        row = _row(engine, asking if plan.ask else None, gold, plan)
        seconds = time.perf_counter() - started
        journal.append(row, seconds)
        done[row.query_id] = row, seconds
        progress.advance(1)
    rows = [done[gold.question.query_id] for gold in golds]
    return tuple(row for row, _ in rows), sum(seconds for _, seconds in rows)


def _row(engine: Engine, asking: AskingEngine | None, gold: Gold, plan: Plan) -> Row:
    question = gold.question
    passages: Sequence[ScoredPassage] = ()
    documents: Sequence[ScoredPassage] = ()
    search_ms = 0.0
    if plan.search:
        started = time.perf_counter()
        passages = engine.search(question.text, DEPTH)
        search_ms = 1000 * (time.perf_counter() - started)
        documents = engine.search_documents(question.text, DEPTH)
    answer = without = None
    if asking is not None:
        holder = engine if isinstance(engine, ReportHolder) else None
        answer = answer_row(asking.ask(question.text), gold, holder)
        if plan.without and _has_another(question):
            without = answer_row(asking.ask(question.text, without=sorted(question.relevant_docs)), gold, holder)
    return Row(
        query_id=question.query_id,
        documents=tuple(FoundDocument(hit.document.doc_id, hit.score) for hit in documents),
        passages=tuple(_found(hit, gold, place) for place, hit in enumerate(passages)),
        units=len(gold.places),
        search_ms=search_ms,
        answer=answer,
        without=without,
    )


def _has_another(question: Question) -> bool:
    """Whether the question has an answer that goes away with its relevant documents."""
    return question.answerable is True and bool(question.relevant_docs)


def _found(hit: ScoredPassage, gold: Gold, place: int) -> FoundPassage:
    passage = hit.passage
    return FoundPassage(
        passage_id=passage.passage_id,
        doc_id=passage.doc_id,
        start=passage.start,
        end=passage.end,
        score=hit.score,
        covers=gold.covers(passage.doc_id, passage.start, passage.end),
        excerpt=passage.text[:_EXCERPT_LENGTH] if place < _EXCERPTS else "",
    )


def answer_row(answer: Answer, gold: Gold, holder: ReportHolder | None = None) -> AnswerRow:
    """An answer, its citations judged; an abstention's nearest passages rest no claim and are left out.

    Args:
        answer: What was answered.
        gold: The question with where its answers stand.
        holder: Where cited reports are that no passage was read of, such as copies; without it their quotes cannot be
            checked, and are taken for not verbatim.
    """
    read = {hit.passage.passage_id: hit for hit in answer.passages}
    return AnswerRow(
        text=answer.text,
        withheld=answer.withheld,
        confidence=answer.confidence,
        claims=tuple(ClaimRow(claim.answer, claim.stance, claim.speaker, claim.citations) for claim in answer.claims),
        citations=()
        if answer.abstained
        else tuple(_judged(citation, read.get(citation.passage_id), gold, holder) for citation in answer.citations),
        retrieve_ms=answer.timings_ms.retrieve,
        read_ms=answer.timings_ms.read,
        total_ms=answer.timings_ms.total,
    )


def _judged(citation: Citation, hit: ScoredPassage | None, gold: Gold, holder: ReportHolder | None) -> JudgedCitation:
    """A citation checked against its report; of a passage that was not read only the quote is judged."""
    text = hit.document.text if hit is not None and hit.document.doc_id == citation.doc_id else ""
    if not text and holder is not None:
        with contextlib.suppress(ValueError):  # a report that is not there: its quote is nobody's word
            text = holder.document(citation.doc_id).text
    return JudgedCitation(
        number=citation.number,
        doc_id=citation.doc_id,
        passage_id=citation.passage_id,
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
        verbatim=citation.quote != "" and text[citation.start : citation.end] == citation.quote,
        relevant=citation.doc_id in gold.question.relevant_docs,
        holds_answer=gold.holds(hit.passage.text if hit is not None else citation.quote),
        stance=citation.stance,
    )
