"""Where else a report tells of an answer, as somebody's word: first what happened, later who blames whom for it."""

from collections.abc import Iterator

import regex

from index.bridges import Aliases
from index.types import Document
from rag.attribution import attribute, utterers
from rag.claims.context import Span, attribute_in, sentence_around
from rag.claims.relations import Answering
from rag.reading.question import content_words
from rag.types import Attribution, Stance
from rag.values.comparing import Relation
from rag.values.concepts import stems
from rag.values.names import compare_names, name_of
from rag.values.words import WORD, fold

_ARTICLES = ("the", "le", "la", "les", "el", "los", "las", "die", "der", "das", "den", "dem")
_QUESTION_MARKS = ("?", "؟")
_CLOSING = "\"'”’») "
_MOST_MENTIONS = 20
_SENTENCES = 3
_NEARBY = 400  # characters from the quote within which a mention needs no word of the question


def telling_mentions(answer: Answering, question: str) -> Iterator[Span]:
    """Other mentions of a name in the report that are claims, accusations, suspicions or denials of it.

    Only those count that stand near the quote, or in a sentence with a word of the question that is none of the name's:
    a report may tell that an actor is accused of something else. Neither a question ("is it true that the group claimed
    it?") nor an accusation that is the named one's own tells who did it.

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
        told = attribute_in(document, start, end)
        stance = told.stance
        if stance is Stance.REPORTED or stance in seen or _asks_or_accuses(document, (start, end), (first, last), told):
            continue
        words = {stem for word in WORD.findall(document.text[first:last]) for stem in stems(word, document.lang)}
        near = min(abs(start - reading.end), abs(reading.start - end)) <= _NEARBY
        if near or words & asked:
            seen.add(stance)
            yield start, end


def denials(answer: Answering, aliases: Aliases) -> Iterator[Span]:
    """Where the one whom an answer names denies it right there: "blamed the Sundral Movement; the movement denies it".

    Looked for in the sentence of the quote and the two after it. One who denies is the one named where both names are
    one (see ``compare_names``), or it is only the kind of actor that the name says.

    Args:
        answer: An answer that is a name.
        aliases: Names that go together.

    Yields:
        Start and end in the report's text of the words that name who denies; nothing for an answer that is no name.
    """
    if answer.name is None or answer.name.nobody:
        return
    document, end = answer.reading.found.document, answer.reading.end
    first, last = sentence_around(document, answer.reading.start, end)
    for _ in range(_SENTENCES):
        text = document.text[first:last]
        for left, right in utterers(text, document.lang, (Stance.DENIED,)):
            named = name_of(text[left:right], document.lang, aliases)
            same = compare_names(named, answer.name, lambda _, __: True) in (Relation.SAME, Relation.WITHIN)
            if same and (first + left >= end or first + right <= answer.reading.start):
                yield first + left, first + right
        start = last + len(document.text[last:]) - len(document.text[last:].lstrip())
        if start >= len(document.text):
            return
        first, last = sentence_around(document, start, start + 1)


def _asks_or_accuses(document: Document, mention: Span, sentence: Span, told: Attribution) -> bool:
    """Whether the sentence only asks, or its accusation is that of the one mentioned."""
    first, last = sentence
    if document.text[first:last].rstrip(_CLOSING).endswith(_QUESTION_MARKS):
        return True
    if told.stance not in (Stance.ACCUSED, Stance.SUSPECTED) or told.speaker is not None:
        return False
    accuser = attribute(document.text[first:last], document.lang).speaker
    return accuser is not None and first + accuser[0] < mention[1] and mention[0] < first + accuser[1]


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
