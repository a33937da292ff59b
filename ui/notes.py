"""What the engine remarks on an answer: in the interface's words where it has them, else in English as it comes."""

import re
from collections.abc import Mapping

from rag.kinds.reader import WHOLE_SENTENCE
from rag.kinds.sentences import BEARING, NO_CAUSE
from ui.escaping import inline, phrase
from ui.strings import ENGLISH, Strings

_KNOWN: Mapping[str, str] = {BEARING: "bearing", NO_CAUSE: "no_cause", WHOLE_SENTENCE: "whole_sentence"}
_WORD = re.compile(r"[a-z]+(?=[ ,;]|$)")


def known_note(note: str, strings: Strings = ENGLISH) -> str | None:
    """A note in the interface's words, or None where it has none for it.

    >>> known_note("no sentence that was read names a cause in so many words")
    'No sentence that was read names a cause in so many words.'
    """
    known = _KNOWN.get(note)
    return strings.engine_notes[known] if known else None


def engine_html(words: str) -> str:
    """Words of the engine, which are English, in a line of another language."""
    return f'<bdi dir="ltr" lang="en">{inline(words)}</bdi>'


def note_html(note: str, strings: Strings = ENGLISH) -> str:
    """A note as HTML: a sentence of the interface, with the engine's own words in it where it has no others.

    >>> note_html("the model is silent")
    '<bdi dir="ltr" lang="en">The model is silent</bdi>'
    """
    known = known_note(note, strings)
    return phrase(known) if known else phrase(strings.engine_note).format(note=engine_html(sentence_case(note)))


def sentence_case(words: str) -> str:
    """English words with a capital first; what looks like a name or a place is left as it is written.

    >>> sentence_case("the model is silent"), sentence_case("ollama:tiny found no answer")
    ('The model is silent', 'ollama:tiny found no answer')
    """
    return f"{words[0].upper()}{words[1:]}" if _WORD.match(words) else words
