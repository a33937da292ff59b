"""How a question is answered: tell what it asks for, search, choose what to read, read, put the claims together."""

import time
from collections.abc import Callable

from index.types import ScoredPassage
from rag.claims import nearest_passages
from rag.kinds import STRATEGIES, Material
from rag.kinds.types import Search
from rag.reading.protocol import Reader
from rag.reading.question_kind import question_kind
from rag.reading.sentences import SentenceReader
from rag.types import Answer, Timings

READ_PASSAGES = 8
"""How many passages are read."""

OnFound = Callable[[tuple[ScoredPassage, ...]], None]
"""Is given the passages that will be read, best first, before they are."""


def ask(
    question: str, search: Search, reader: Reader, sentences: SentenceReader, on_found: OnFound | None = None
) -> Answer:
    """Answer a question in the reports' own words, or abstain where they hold no evidence.

    Args:
        question: In any language.
        search: What finds passages, with its filters.
        reader: What finds the words that answer.
        sentences: What finds whole sentences, for the kinds of question that are answered with them.
        on_found: Is given the passages before they are read; what it raises ends the work.

    Returns:
        The answer with its claims and citations.

    Raises:
        ValueError: The question is empty.
    """
    started = time.perf_counter()
    kind = question_kind(question)
    strategy = STRATEGIES[kind]
    chosen = strategy.choose(question, search, READ_PASSAGES)
    retrieved = time.perf_counter()
    if on_found:
        on_found(chosen.read)
    outcome = strategy.answer(Material(question, chosen, reader, sentences))
    finished = time.perf_counter()
    evidence = outcome.evidence
    abstained = not evidence.claims
    return Answer(
        question=question,
        text=outcome.text,
        abstained=abstained,
        confidence=evidence.confidence,
        engine=outcome.engine,
        claims=evidence.claims,
        withheld=outcome.withheld,
        citations=nearest_passages(chosen.read) if abstained else evidence.citations,
        passages=chosen.read,
        timings_ms=Timings(
            retrieve=1000 * (retrieved - started),
            read=1000 * (finished - retrieved),
            total=1000 * (finished - started),
        ),
        kind=kind,
        bridged=chosen.read[0].bridged if chosen.read else (),
        conflict=evidence.conflict,
        changes=evidence.changes,
        more=evidence.more,
        notes=outcome.notes,
    )
