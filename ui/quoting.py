"""A quote among the words around it: the sentence it stands in, since "the guards" alone does not tell much."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.types import Document
from rag.types import Answer, Citation
from ui.escaping import inline, lang_attribute

MOST_AROUND = 240
"""Characters shown on either side of a quote; a table row or a list can be a sentence of thousands."""
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote and the rest of its sentence.

    Attributes:
        before: What stands before the quote; an ellipsis stands for what is left out.
        quote: The quote, exact to the character.
        after: What stands after it.
    """

    before: str
    quote: str
    after: str


def quoted(citation: Citation, document: Document | None, most: int = MOST_AROUND) -> Quoted:
    """The sentence that a citation's words stand in; the words alone where it is not known.

    Args:
        citation: The citation.
        document: Its report, or None.
        most: Characters on either side, cut between words.
    """
    span = sentence_span(citation, document) if document else None
    if document is None or span is None:
        return Quoted("", citation.quote, "")
    start, end = span
    before, after = document.text[start : citation.start], document.text[citation.end : end]
    if len(before) > most:
        before = f"{_CUT} {before[-most:].partition(' ')[2]}"
    if len(after) > most:
        after = f"{after[:most].rpartition(' ')[0]} {_CUT}"
    return Quoted(before, citation.quote, after)


def quoted_html(citation: Citation, document: Document | None) -> str:
    """The sentence as HTML, the quote in ``<strong>``; nothing stands out of a quote that is the whole sentence."""
    words = quoted(citation, document)
    if not words.before.strip() and not words.after.strip(" .。؟?!۔"):
        return inline(f"{words.quote}{words.after}")
    return f"{inline(words.before)}<strong>{inline(words.quote)}</strong>{inline(words.after)}"


def excerpt(text: str, most: int = MOST_AROUND) -> str:
    """The beginning of a text, cut between words.

    >>> excerpt("Shots were heard", 12)
    'Shots were …'
    """
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[:most]} {_CUT}"


def quote_block(citation: Citation, document: Document | None, after: str = "") -> str:
    """A citation's words in their sentence, as a block with a direction of its own.

    Args:
        citation: The citation; of a whole passage, which answers nothing, the beginning is shown.
        document: Its report, or None.
        after: HTML that follows the words, such as links.
    """
    words = inline(excerpt(citation.quote)) if citation.stance is None else quoted_html(citation, document)
    return f'<p class="m-words" dir="auto"{lang_attribute(citation.lang)}>{words} {after}</p>'


def sentence_span(citation: Citation, document: Document) -> tuple[int, int] | None:
    """Where the sentence around a citation's words begins and ends; None where it is not told or not here."""
    start, end = citation.sentence_start, citation.sentence_end
    if start is None or end is None or not is_of(citation, document):
        return None
    return (start, end) if 0 <= start <= citation.start < citation.end <= end <= len(document.text) else None


def is_of(citation: Citation, document: Document) -> bool:
    """Whether the citation's words are where it says in this report."""
    at = document.text[citation.start : citation.end] if citation.start >= 0 else None
    return document.doc_id == citation.doc_id and at == citation.quote


def documents_of(answer: Answer, documents: Mapping[str, Document] | None = None) -> dict[str, Document]:
    """The reports of an answer by id: those that were read, and others that are given."""
    return {**(documents or {}), **{found.document.doc_id: found.document for found in answer.passages}}
