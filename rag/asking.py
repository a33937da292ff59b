"""How a question is answered: search, choose what to read, read, and put the claims together."""

import time
from collections.abc import Callable

from index.types import ScoredPassage
from rag.choosing import choose
from rag.claims import claims_from, nearest_passages
from rag.reading.copies import with_copies
from rag.reading.protocol import Reader
from rag.reading.question_kind import question_kind
from rag.types import Answer, Timings

READ_PASSAGES = 8
"""How many passages are read."""

Search = Callable[[str, int], list[ScoredPassage]]
"""A question and k to the k best passages, best first."""


def ask(question: str, search: Search, reader: Reader) -> Answer:
    """Answer a question in the reports' own words, or abstain where they hold no evidence.

    Args:
        question: In any language.
        search: What finds passages, with its filters.
        reader: What finds answers in passages.

    Returns:
        The answer with its claims and citations.

    Raises:
        ValueError: The question is empty.
    """
    started = time.perf_counter()
    chosen = choose(question, search, READ_PASSAGES)
    retrieved = time.perf_counter()
    readings = with_copies(reader.read(question, chosen.read), chosen.copies)
    evidence = claims_from(question, readings, reader.threshold)
    finished = time.perf_counter()
    abstained = not evidence.claims
    return Answer(
        question=question,
        text=None if abstained else evidence.claims[0].answer,
        abstained=abstained,
        confidence=evidence.confidence,
        engine=reader.name,
        claims=evidence.claims,
        withheld=readings[0].text if abstained and readings else None,
        citations=nearest_passages(chosen.read) if abstained else evidence.citations,
        passages=chosen.read,
        timings_ms=Timings(
            retrieve=1000 * (retrieved - started),
            read=1000 * (finished - retrieved),
            total=1000 * (finished - started),
        ),
        kind=question_kind(question),
        bridged=chosen.read[0].bridged if chosen.read else (),
        conflict=evidence.conflict,
        changes=evidence.changes,
        more=evidence.more,
    )
