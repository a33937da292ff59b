"""From an extractive answer to a written one: only what was checked is the answer, and no evidence is lost."""

import dataclasses
import time
from collections.abc import Sequence

from index.types import ScoredPassage
from rag.attribution import attribute
from rag.claims import cite
from rag.llm.errors import LlmError
from rag.llm.protocol import CheckedSentence, OnText, Quote, Writer, Written
from rag.reading.protocol import Reader
from rag.types import Answer, Citation, Claim, Stance, Timings, WrittenSentence

_NO_PASSAGES = "there was nothing for the language model to read"
_MOST = 0.6
_ABSTAINED = "found no answer in the passages"


def write_answer(answer: Answer, writer: Writer, reader: Reader | None = None, on_text: OnText | None = None) -> Answer:
    """Have a language model write the answer to a question from the passages that were read.

    The extractive answer's claims and citations stay as they are, with their stances; what the written sentences rest
    on besides is cited after them. Where the extractive reader abstained and a sentence is supported, each quote it
    rests on becomes a claim. The confidence stays that of the evidence: it is not known how sure a model is.

    Args:
        answer: The extractive answer with its passages.
        writer: The language model.
        reader: Helps to check sentences in another language than their passages.
        on_text: Is given the text as it comes, unchecked; what it raises ends the writing and is passed on.

    Returns:
        Where a sentence is supported: the supported sentences, each with its citation numbers, as ``text``; all
        sentences in ``sentences``; the writer's name as ``engine``. Else the extractive answer, with a note that
        says why, and the sentences that were not supported.
    """
    if not answer.passages:
        return dataclasses.replace(answer, notes=(*answer.notes, _NO_PASSAGES))
    started = time.perf_counter()
    try:
        written = writer.write(answer.question, answer.passages, reader, on_text)
    except LlmError as error:
        return _extractive(answer, (), f"{error}; this answer is the extractive one", started)
    if written.abstained:
        return _extractive(answer, (), f"{writer.name} {_ABSTAINED}", started)
    if not written.supported:
        count = len(written.sentences)
        what = "its sentence is" if count == 1 else f"none of its {count} sentences is"
        not_ = " not" if count == 1 else ""
        note = f"{writer.name} wrote an answer, but {what}{not_} supported by the passages cited"
        return _extractive(answer, _apart(written.sentences), note, started)
    return _written(answer, written, writer.name, started)


def _written(answer: Answer, written: Written, name: str, started: float) -> Answer:
    citations = [] if answer.abstained else list(answer.citations)
    sentences: list[WrittenSentence] = []
    for sentence in written.sentences:
        numbers = [_cite(quote, answer.passages, citations) for quote in sentence.quotes]
        sentences.append(_sentence(sentence, tuple(dict.fromkeys(numbers))))
    claims = _claims(citations) if answer.abstained else answer.claims
    left_out = sum(not sentence.supported for sentence in sentences)
    return dataclasses.replace(
        answer,
        text=" ".join(_with_numbers(sentence) for sentence in sentences if sentence.supported),
        abstained=False,
        engine=name,
        claims=claims,
        citations=tuple(citations),
        withheld=None,
        sentences=tuple(sentences),
        notes=(*answer.notes, _left_out(left_out)) if left_out else answer.notes,
        timings_ms=_timings(answer.timings_ms, started),
    )


def _left_out(count: int) -> str:
    if count == 1:
        return "1 sentence that the passages do not support is left out of the answer"
    return f"{count} sentences that the passages do not support are left out of the answer"


def _extractive(answer: Answer, sentences: tuple[WrittenSentence, ...], note: str, started: float) -> Answer:
    timings = _timings(answer.timings_ms, started)
    return dataclasses.replace(answer, sentences=sentences, notes=(*answer.notes, note), timings_ms=timings)


def _apart(sentences: Sequence[CheckedSentence]) -> tuple[WrittenSentence, ...]:
    return tuple(_sentence(sentence, ()) for sentence in sentences)


def _sentence(sentence: CheckedSentence, citations: tuple[int, ...]) -> WrittenSentence:
    return WrittenSentence(sentence.text, citations, sentence.supported, sentence.reason)


def _with_numbers(sentence: WrittenSentence) -> str:
    return f"{sentence.text} {''.join(f'[{number}]' for number in sentence.citations)}"


def _cite(quote: Quote, passages: Sequence[ScoredPassage], citations: list[Citation]) -> int:
    """The number of the citation of a quote: of one that holds it, or all of it but a dateline, or of a new one."""
    found = passages[quote.passage - 1]
    document = found.document
    for citation in citations:
        shared = min(citation.end, quote.end) - max(citation.start, quote.start)
        if citation.doc_id == document.doc_id and shared > _MOST * (quote.end - quote.start):
            return citation.number
    number = len(citations) + 1
    cited = cite(found, quote.start, quote.end, number)
    read = attribute(cited.quote, cited.lang)
    speaker = read.speaker or (None, None)
    citations.append(
        dataclasses.replace(
            cited,
            stance=read.stance,
            speaker=cited.quote[slice(*read.speaker)] if read.speaker else None,
            speaker_start=None if speaker[0] is None else quote.start + speaker[0],
            speaker_end=None if speaker[1] is None else quote.start + speaker[1],
            sentence_start=quote.start,
            sentence_end=quote.end,
        )
    )
    return number


def _claims(citations: Sequence[Citation]) -> tuple[Claim, ...]:
    """Each quote as a claim, in the report's words and with its stance."""
    return tuple(
        Claim(one.quote, one.stance or Stance.REPORTED, one.speaker, (one.number,), independent_sources=1)
        for one in citations
    )


def _timings(timings: Timings, started: float) -> Timings:
    spent = 1000 * (time.perf_counter() - started)
    return dataclasses.replace(timings, read=timings.read + spent, total=timings.total + spent)
