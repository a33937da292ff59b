"""Where a passage says what a sentence says."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.loading.months import MONTHS, fold
from index.text.sentences import sentence_spans
from index.types import Document, ScoredPassage
from rag.llm.matching import Bridge
from rag.llm.words import Word, words_of


@dataclass(frozen=True, slots=True)
class Support:
    """The sentence of a passage that comes nearest to a written sentence.

    Attributes:
        start: Its first character, in the document's text.
        end: One past its last character.
        places: Where in it, as offsets from ``start``, the words of the written sentence stand.
        words: The content words of the written sentence that it has, or the report's title, source or date.
    """

    start: int
    end: int
    places: tuple[tuple[int, int], ...]
    words: frozenset[Word]


def find_support(bridge: Bridge, content: Sequence[Word], found: ScoredPassage) -> Support | None:
    """The sentence of a passage that has most of a written sentence: first of its names and numbers, then of its words.

    Args:
        bridge: Of the written sentence.
        content: Its words that claim something.
        found: The passage.

    Returns:
        Of equals the first; None where no sentence has a word of it.
    """
    document = found.document
    spans = [
        (found.passage.start + start, found.passage.start + end)
        for start, end in sentence_spans(found.passage.text, document.lang)
    ]
    texts = [words_of(document.text[start:end], document.lang) for start, end in spans]
    matches = [{word: bridge.places(word, words) for word in content} for words in texts]
    held = [frozenset(word for word, places in match.items() if places) for match in matches]
    if not any(held):
        return None
    best = max(range(len(spans)), key=lambda i: (_weight(held[i]), -i))
    words = texts[best]
    places = sorted({(words[i].start, words[i].end) for some in matches[best].values() for i in some})
    return Support(*spans[best], tuple(places), held[best] | _from_metadata(bridge, content, document))


def _weight(held: frozenset[Word]) -> tuple[int, int]:
    return sum(word.name or word.number is not None for word in held), len(held)


def _from_metadata(bridge: Bridge, content: Sequence[Word], document: Document) -> frozenset[Word]:
    """The words that the report's title and source have, and those of a date that is its day of publication."""
    headed = [*words_of(document.title, document.lang), *words_of(document.source, document.lang)]
    words = {word for word in content if word.number is None and bridge.places(word, headed)}
    if document.published is not None:
        words |= _of_date(bridge.words, document)
    return frozenset(words)


def _of_date(words: Sequence[Word], document: Document) -> set[Word]:
    """The words of "14 March 2024", in any order, where that is the day of publication; or its year alone."""
    day = document.published
    if day is None:
        return set()
    found: set[Word] = set()
    for place, word in enumerate(words):
        if word.number == str(day.year):
            found.add(word)
        if MONTHS.get(fold(word.text)) == day.month:
            beside = [other for other in words[max(0, place - 1) : place + 2] if other.number == str(day.day)]
            if beside:
                found |= {word, *beside}
    return found
