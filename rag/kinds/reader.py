"""Answers with what the reader finds, or across languages with the sentence that holds it."""

from collections.abc import Sequence
from dataclasses import replace

from rag.attribution import attribute, reactors
from rag.claims import cite_answer, is_sentence
from rag.claims.context import sentence_around
from rag.kinds.claiming import outcome_of
from rag.kinds.types import Material, Outcome
from rag.reading.asks_speaker import asks_for_reactor
from rag.reading.casualties import asked_for, figures_of, may_count
from rag.reading.copies import with_copies
from rag.reading.coverage import in_language_of
from rag.reading.expected import Expected, expected_answer
from rag.reading.protocol import Reading
from rag.reading.sentences import SentenceReader
from rag.types import Stance

WHOLE_SENTENCE = "the question and the report are in different languages: a whole sentence is quoted"
_SURE = 0.5
_NEVER = 2.0  # no probability reaches it


def by_reader(material: Material) -> Outcome:
    """What the reader finds, and the same words in copies of the reports it reads.

    Words in another language than the question are taken by themselves only where they are more likely right than not,
    or, asked for somebody, where the report presents them as claimed, blamed or suspected.
    Where nothing is surer than that, the sentences in other languages are asked for by meaning, which crosses languages
    better than the marking of words does; see docs/answering.md for what was measured.
    """
    question, reader = material.question, material.reader
    found = reader.read(question, material.chosen.read)
    if expected_answer(question) is Expected.NUMBER:
        found = [_figure_of(question, one) for one in found]
        if asked_for(question) is not None and not isinstance(reader, SentenceReader):
            found = sorted([*found, *_counting_sentences(material, found)], key=lambda one: -one.confidence)
    words = outcome_of(question, with_copies(found, material.chosen.copies), reader.threshold, reader.name)
    if isinstance(reader, SentenceReader) or any(_stands(question, one, reader.threshold) for one in found):
        return words
    sentences = whole_sentences(material)
    return sentences if sentences.text is not None else outcome_of(question, found, _NEVER, reader.name)


def whole_sentences(material: Material) -> Outcome:
    """The sentences that answer the question, where one in another language than the question's does.

    Asked for somebody, only a sentence that says whose word it is will do: a plain one on the same subject is as likely
    to name those who were hit. Asked who condemns or investigates something, only one that tells somebody who does.
    Asked how many, only one with a figure; where it has just one of the dead, or of whom else the question asks for,
    that figure is quoted, in the question's language as well: the trained reader marks few of them.
    """
    question, reader = material.question, material.sentences
    found = reader.read(question, material.chosen.read)
    expected = expected_answer(question)
    if expected is Expected.PERSON:
        fits = _tells_of_reaction if asks_for_reactor(question) else _is_told
        found = [one for one in found if fits(one)]
    elif expected is Expected.NUMBER:
        found = [_figure_of(question, one) for one in found if may_count(question, one.text, one.found.document.lang)]
    passing = [one for one in found if one.confidence >= reader.threshold]
    whole = [one for one in passing if is_sentence(one)]
    answers = len(whole) < len(passing) or any(not in_language_of(question, one.found) for one in whole)
    least = reader.threshold if answers else _NEVER
    notes = (WHOLE_SENTENCE,) if whole else ()
    return outcome_of(question, with_copies(found, material.chosen.copies), least, reader.name, notes)


def _counting_sentences(material: Material, marked: Sequence[Reading]) -> list[Reading]:
    """The figures of whom the question asks for in sentences that answer it, one of each sentence.

    In every language, and beside what the trained reader marks: a toll changes from report to report. None is surer
    than the surest figure that it marks and that stands by itself.
    """
    question, reader = material.question, material.sentences
    passing = [one for one in reader.read(question, material.chosen.read) if one.confidence >= reader.threshold]
    figures = [(_figure_of(question, one), one) for one in passing]
    standing = [one.confidence for one in marked if _stands(question, one, material.reader.threshold)]
    most = max(standing, default=1.0)
    return [
        replace(figure, confidence=min(most, figure.confidence))
        for figure, sentence in figures
        if figure is not sentence
    ]


def _figure_of(question: str, reading: Reading) -> Reading:
    """The one figure in a reading's words that counts whom the question asks for, else the reading as it is."""
    document = reading.found.document
    first, last = sentence_around(document, reading.start, reading.end)
    counted = figures_of(question, document.text[first:last], document.lang)
    inside = [
        (first + start, first + end)
        for start, end in counted
        if reading.start <= first + start and first + end <= reading.end
    ]
    return replace(reading, start=inside[0][0], end=inside[0][1]) if len(inside) == 1 else reading


def _stands(question: str, reading: Reading, threshold: float) -> bool:
    if reading.confidence < threshold:
        return False
    if expected_answer(question) is Expected.NUMBER and _counts(question, reading):
        return True
    told = expected_answer(question) is Expected.PERSON and _is_presented(reading)
    return reading.confidence >= _SURE or told or in_language_of(question, reading.found)


def _counts(question: str, reading: Reading) -> bool:
    """Whether a reading is a figure that its sentence gives for whom the question asks for, in whatever language."""
    document = reading.found.document
    first, last = sentence_around(document, reading.start, reading.end)
    place = reading.start - first, reading.end - first
    return place in figures_of(question, document.text[first:last], document.lang)


def _is_presented(reading: Reading) -> bool:
    citation = cite_answer(reading.found, reading.start, reading.end)
    return citation.stance in (Stance.CLAIMED, Stance.ACCUSED, Stance.SUSPECTED)


def _is_told(reading: Reading) -> bool:
    told = attribute(reading.text, reading.found.document.lang)
    return told.stance is not Stance.REPORTED or told.speaker is not None


def _tells_of_reaction(reading: Reading) -> bool:
    return bool(reactors(reading.text, reading.found.document.lang))
