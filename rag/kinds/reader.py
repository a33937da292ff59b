"""Answers with what the reader finds, or across languages with the sentence that holds it."""

from rag.attribution import attribute, reactors
from rag.claims import cite_answer
from rag.kinds.claiming import outcome_of
from rag.kinds.types import Material, Outcome
from rag.reading.asks_speaker import asks_for_reactor
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
    words = outcome_of(question, with_copies(found, material.chosen.copies), reader.threshold, reader.name)
    if isinstance(reader, SentenceReader) or any(_stands(question, one, reader.threshold) for one in found):
        return words
    sentences = whole_sentences(material)
    return sentences if sentences.text is not None else outcome_of(question, found, _NEVER, reader.name)


def whole_sentences(material: Material) -> Outcome:
    """The sentences that answer the question, where one in another language than the question's does.

    Asked for somebody, only a sentence that says whose word it is will do: a plain one on the same subject is as likely
    to name those who were hit. Asked who condemns or investigates something, only one that tells somebody who does.
    """
    question, reader = material.question, material.sentences
    found = reader.read(question, material.chosen.read)
    if expected_answer(question) is Expected.PERSON:
        fits = _tells_of_reaction if asks_for_reactor(question) else _is_told
        found = [one for one in found if fits(one)]
    crosses = any(one.confidence >= reader.threshold and not in_language_of(question, one.found) for one in found)
    least = reader.threshold if crosses else _NEVER
    return outcome_of(question, with_copies(found, material.chosen.copies), least, reader.name, (WHOLE_SENTENCE,))


def _stands(question: str, reading: Reading, threshold: float) -> bool:
    if reading.confidence < threshold:
        return False
    told = expected_answer(question) is Expected.PERSON and _is_presented(reading)
    return reading.confidence >= _SURE or told or in_language_of(question, reading.found)


def _is_presented(reading: Reading) -> bool:
    citation = cite_answer(reading.found, reading.start, reading.end)
    return citation.stance in (Stance.CLAIMED, Stance.ACCUSED, Stance.SUSPECTED)


def _is_told(reading: Reading) -> bool:
    told = attribute(reading.text, reading.found.document.lang)
    return told.stance is not Stance.REPORTED or told.speaker is not None


def _tells_of_reaction(reading: Reading) -> bool:
    return bool(reactors(reading.text, reading.found.document.lang))
