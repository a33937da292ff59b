"""Citations: a report's own words, checked, with the sentence they stand in and who says so."""

import dataclasses
from collections.abc import Sequence

from index.types import ScoredPassage
from rag.attribution import utterers
from rag.claims.context import Span, attribute_in, sentence_around
from rag.types import Attribution, Citation, Stance

_NEAREST = 3
_NAME_WORDS = 5


def cite(found: ScoredPassage, start: int, end: int, number: int) -> Citation:
    """The citation of a stretch of a report, without stance and speaker.

    Args:
        found: A passage of the report.
        start: First character, in the report's text.
        end: One past the last character.
        number: Shown as [1].

    Raises:
        ValueError: The stretch lies outside the report.
    """
    document = found.document
    if not 0 <= start < end <= len(document.text):
        raise ValueError(f"{document.doc_id}[{start}:{end}] lies outside its text of {len(document.text)} characters")
    return Citation(
        number=number,
        doc_id=document.doc_id,
        passage_id=found.passage.passage_id,
        start=start,
        end=end,
        quote=document.text[start:end],
        title=document.title,
        source=document.source,
        published=document.published,
        url=document.url,
        lang=document.lang,
        copy_of=found.copy_of,
    )


def cite_answer(found: ScoredPassage, start: int, end: int, number: int = 0) -> Citation:
    """The citation of words that answer a question: also how the report presents them, who says so, and where.

    Args:
        found: A passage of the report.
        start: First character, in the report's text.
        end: One past the last character.
        number: Shown as [1].

    Raises:
        ValueError: The stretch lies outside the report.
    """
    plain = cite(found, start, end, number)
    document = found.document
    attribution = attribute_in(document, start, end)
    sentence = sentence_around(document, start, end)
    named = _whole_name(attribution, (start, end), len(plain.quote.split()))
    speaker = named or (None, None)
    return dataclasses.replace(
        plain,
        stance=attribution.stance,
        speaker=document.text[slice(*named)] if named else None,
        speaker_start=speaker[0],
        speaker_end=speaker[1],
        sentence_start=sentence[0],
        sentence_end=sentence[1],
    )


def _whole_name(attribution: Attribution, answer: Span, words: int) -> Span | None:
    """Who says so; where an actor claims it and its name was read longer as the answer, as the answer has it."""
    speaker = attribution.speaker
    longer = speaker is not None and speaker[0] == answer[0] and speaker[1] < answer[1]
    return answer if longer and words <= _NAME_WORDS and attribution.stance is Stance.CLAIMED else speaker


def cite_speaker(found: ScoredPassage, start: int, end: int, number: int = 0) -> Citation:
    """The citation of words that answer who says, accuses or suspects something; arguments as for ``cite_answer``.

    That they are the ones who say so is the report's own word: they are not accused. Where they are not the ones who
    speak in their sentence it is as ``cite_answer`` has it.

    Raises:
        ValueError: The stretch lies outside the report.
    """
    citation = cite_answer(found, start, end, number)
    first, last = citation.sentence_start or 0, citation.sentence_end or 0
    spoken = utterers(found.document.text[first:last], found.document.lang)
    if any(first + left < end and start < first + right for left, right in spoken):
        return dataclasses.replace(citation, stance=Stance.REPORTED, speaker=None, speaker_start=None, speaker_end=None)
    return citation


def nearest_passages(passages: Sequence[ScoredPassage]) -> tuple[Citation, ...]:
    """The best passages as citations, for an answer that abstains."""
    return tuple(
        cite(found, found.passage.start, found.passage.end, number)
        for number, found in enumerate(passages[:_NEAREST], start=1)
    )
