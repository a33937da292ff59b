"""Answers with whole sentences: those that bear on a yes or no, and those that name a cause."""

from collections.abc import Sequence
from dataclasses import replace

from rag.attribution import attribute
from rag.kinds.causes import names_cause
from rag.kinds.claiming import outcome_of
from rag.kinds.types import Material, Outcome
from rag.reading.copies import with_copies
from rag.reading.protocol import Reading
from rag.types import Stance

BEARING = "a question for yes or no is answered with what the reports say that bears on it, not with yes or no"
NO_CAUSE = "no sentence that was read names a cause in so many words"
_NEAR = 0.8
_OTHER_SIDE = 0.9
_SAID_OF_IT = (Stance.ACCUSED, Stance.SUSPECTED, Stance.CLAIMED)


def bearing(material: Material) -> Outcome:
    """The sentences that bear on a question for yes or no, each with its stance; never a bare yes or no.

    A sentence may confirm what is asked, deny it, or tell of it in other words: which of them it does is for people to
    read. Who denies it is shown as denying it, with the accusation right before it, and an accusation with the denial
    right after it (see ``both_sides``).
    """
    readings = both_sides(_read(material), _threshold(material))
    return _by_sentences(material, readings, (BEARING,))


def both_sides(readings: Sequence[Reading], threshold: float) -> list[Reading]:
    """The readings with those that are the other side of one that passes: nearly as sure as that, the best first.

    The sentence before a denial, where it tells an accusation, a suspicion or a claim, says what is denied, in words
    that may have little in common with the question; so does the denial after an accusation.

    Args:
        readings: Whole sentences.
        threshold: Least confidence of an answer.
    """
    sure: dict[int, float] = {}
    for one in (reading for reading in readings if reading.confidence >= threshold):
        for place, other in enumerate(readings):
            if other.confidence < threshold and _answer_each_other(one, other):
                sure[place] = max(sure.get(place, 0.0), max(threshold, _OTHER_SIDE * one.confidence))
    raised = [replace(one, confidence=sure.get(place, one.confidence)) for place, one in enumerate(readings)]
    return sorted(raised, key=lambda one: -one.confidence)


def _answer_each_other(one: Reading, other: Reading) -> bool:
    """Whether one of two neighbouring sentences of a report denies what the other one accuses of, or claims."""
    document = one.found.document
    if document.doc_id != other.found.document.doc_id:
        return False
    between = document.text[min(one.end, other.end) : max(one.start, other.start)]
    if one.start == other.start or between.strip():
        return False
    first, second = (attribute(each.text, document.lang).stance for each in (one, other))
    return (first is Stance.DENIED and second in _SAID_OF_IT) or (second is Stance.DENIED and first in _SAID_OF_IT)


def cause(material: Material) -> Outcome:
    """The sentences that answer why: those first that name a cause, if they fit the question nearly as well."""
    ordered = causes_first(_read(material))
    named = bool(ordered) and names_cause(ordered[0].text, ordered[0].found.document.lang)
    return _by_sentences(material, ordered, () if named else (NO_CAUSE,))


def causes_first(readings: Sequence[Reading]) -> list[Reading]:
    """Readings that name a cause before the others, where their confidence is at least 80 % of the highest."""
    least = _NEAR * max((reading.confidence for reading in readings), default=0.0)
    return sorted(
        readings,
        key=lambda one: not (one.confidence >= least and names_cause(one.text, one.found.document.lang)),
    )


def with_spans(sentences: Sequence[Reading], spans: Sequence[Reading]) -> list[Reading]:
    """Sentences by the mean of their own confidence and that of the best span that lies in them, the best first.

    Each reader sees what the other does not: one how well a whole sentence fits the question, one what in it answers.

    Args:
        sentences: What the reader of sentences found.
        spans: What the other reader found in the same passages.
    """
    together = []
    for sentence in sentences:
        within = (
            span.confidence
            for span in spans
            if span.found.document.doc_id == sentence.found.document.doc_id
            and span.start < sentence.end
            and sentence.start < span.end
        )
        together.append(replace(sentence, confidence=(sentence.confidence + max(within, default=0.0)) / 2))
    return sorted(together, key=lambda one: -one.confidence)


def _read(material: Material) -> list[Reading]:
    question, passages = material.question, material.chosen.read
    return with_spans(material.sentences.read(question, passages), material.reader.read(question, passages))


def _by_sentences(material: Material, readings: Sequence[Reading], notes: tuple[str, ...]) -> Outcome:
    readings = with_copies(readings, material.chosen.copies)
    return outcome_of(material.question, readings, _threshold(material), material.sentences.name, notes)


def _threshold(material: Material) -> float:
    return (material.sentences.threshold + material.reader.threshold) / 2
