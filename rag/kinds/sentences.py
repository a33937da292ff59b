"""Answers with whole sentences: those that bear on a yes or no, and those that name a cause."""

from collections.abc import Sequence

from rag.kinds.causes import names_cause
from rag.kinds.claiming import outcome_of
from rag.kinds.types import Material, Outcome
from rag.reading.copies import with_copies
from rag.reading.protocol import Reading

BEARING = "a question for yes or no is answered with what the reports say that bears on it, not with yes or no"
NO_CAUSE = "no sentence that was read names a cause in so many words"
_NEAR = 0.6


def bearing(material: Material) -> Outcome:
    """The sentences that bear on a question for yes or no, each with its stance; never a bare yes or no.

    A sentence may confirm what is asked, deny it, or tell of it in other words: which of them it does is for people to
    read. Who denies it is shown as denying it.
    """
    return _by_sentences(material, material.sentences.read(material.question, material.chosen.read), (BEARING,))


def cause(material: Material) -> Outcome:
    """The sentences that answer why: those first that name a cause, if they fit the question nearly as well."""
    readings = material.sentences.read(material.question, material.chosen.read)
    ordered = causes_first(readings)
    named = bool(ordered) and names_cause(ordered[0].text, ordered[0].found.document.lang)
    return _by_sentences(material, ordered, () if named else (NO_CAUSE,))


def causes_first(readings: Sequence[Reading]) -> list[Reading]:
    """Readings that name a cause before the others, where their confidence is at least 60 % of the highest."""
    least = _NEAR * max((reading.confidence for reading in readings), default=0.0)
    return sorted(
        readings,
        key=lambda one: not (one.confidence >= least and names_cause(one.text, one.found.document.lang)),
    )


def _by_sentences(material: Material, readings: Sequence[Reading], notes: tuple[str, ...]) -> Outcome:
    reader = material.sentences
    readings = with_copies(readings, material.chosen.copies)
    return outcome_of(material.question, readings, reader.threshold, reader.name, notes)
