"""Where else a report tells of an answer, as somebody's word: first what happened, later who blames whom for it."""

from collections.abc import Iterator

import regex

from rag.claims.concepts import stems
from rag.claims.context import Span, attribute_in, sentence_around
from rag.claims.relations import Answering
from rag.claims.words import WORD, fold
from rag.reading.question import content_words
from rag.types import Stance

_ARTICLES = ("the", "le", "la", "les", "el", "los", "las", "die", "der", "das", "den", "dem")
_MOST_MENTIONS = 20
_NEARBY = 400  # characters from the quote within which a mention needs no word of the question


def telling_mentions(answer: Answering, question: str) -> Iterator[Span]:
    """Other mentions of a name in the report that are claims, accusations, suspicions or denials of it.

    Only those count that stand near the quote, or in a sentence with a word of the question that is none of the name's:
    a report may tell that an actor is accused of something else.

    Args:
        answer: An answer that is a name.
        question: In any language.

    Yields:
        Start and end in the report's text, the first one for each stance; nothing for an answer that is no name, or
        that names nobody in particular.
    """
    if answer.name is None or answer.name.nobody:
        return
    reading = answer.reading
    document = reading.found.document
    own = {stem for match in WORD.finditer(reading.text) for stem in stems(match.group(), document.lang)}
    asked = {stem for word in WORD.findall(content_words(question)) for stem in stems(word, document.lang)} - own
    seen: set[Stance] = set()
    for start, end in _mentions(reading.text, document.text):
        if start < reading.end and reading.start < end:
            continue
        first, last = sentence_around(document, start, end)
        stance = attribute_in(document, start, end).stance
        if stance is Stance.REPORTED or stance in seen:
            continue
        words = {stem for word in WORD.findall(document.text[first:last]) for stem in stems(word, document.lang)}
        near = min(abs(start - reading.end), abs(reading.start - end)) <= _NEARBY
        if near or words & asked:
            seen.add(stance)
            yield start, end


def _mentions(name: str, text: str) -> list[Span]:
    """Where a name's words stand in a text, as written but for case, article and white space."""
    words = WORD.findall(name)
    if len(words) > 1 and fold(words[0]) in _ARTICLES:
        words = words[1:]
    joined = r"[^\p{L}\p{N}\n]{1,3}".join(map(regex.escape, words))
    pattern = regex.compile(
        rf"(?<![\p{{L}}\p{{N}}])(?:(?:{'|'.join(_ARTICLES)})\s)?{joined}(?![\p{{L}}\p{{N}}])", regex.I
    )
    return [match.span() for match in pattern.finditer(text)][:_MOST_MENTIONS]
