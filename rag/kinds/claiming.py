"""From readings to what a question is answered with."""

from collections.abc import Sequence

from rag.claims import Evidence, claims_from
from rag.kinds.types import Outcome
from rag.reading.protocol import Reading


def claims_of(question: str, readings: Sequence[Reading], threshold: float) -> Evidence:
    """The claims that readings make in answer to a question; the one place that knows how."""
    return claims_from(question, readings, threshold)


def outcome_of(
    question: str, readings: Sequence[Reading], threshold: float, engine: str, notes: tuple[str, ...] = ()
) -> Outcome:
    """Readings as an outcome: their claims, the first of which is the answer."""
    evidence = claims_of(question, readings, threshold)
    if not evidence.claims:
        return Outcome(evidence, engine, None, readings[0].text if readings else None)
    return Outcome(evidence, engine, evidence.claims[0].answer, None, notes)
