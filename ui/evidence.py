"""Citations as cards: where the words are from, and the passage with exactly those words marked."""

import html
from collections.abc import Iterable, Mapping, Sequence

from index.types import Document, Passage, ScoredPassage
from rag.types import Answer, Citation
from ui.citing import citation_text, context_address
from ui.escaping import attribute, day_html, filled, inline, isolated, lang_attribute, paragraph, web_address
from ui.marking import Mark, marked_html
from ui.quoting import documents_of, sentence_span
from ui.stances import told_html
from ui.strings import ENGLISH, Strings, language_name
from ui.why import why_html


def card_id(turn: int, number: int) -> str:
    """The id of a citation's card: unique in a conversation.

    >>> card_id(2, 1)
    'm-turn2-citation1'
    """
    return f"m-turn{turn}-citation{number}"


def citation_links(numbers: Iterable[int], citations: Sequence[Citation], turn: int, strings: Strings = ENGLISH) -> str:
    """The numbers as links to their cards, [1] [2]; a number without a citation is left out."""
    known = {citation.number for citation in citations}
    return " ".join(
        f'<a class="m-link" href="#{card_id(turn, number)}"'
        f' aria-label="{attribute(strings.cited_in.format(number=number))}"><bdi>[{number}]</bdi></a>'
        for number in numbers
        if number in known
    )


def evidence_html(
    answer: Answer,
    turn: int = 1,
    strings: Strings = ENGLISH,
    collection: str = "",
    documents: Mapping[str, Document] | None = None,
) -> str:
    """The citation cards of an answer, in the order of their numbers.

    Args:
        answer: The answer, or the abstention with its nearest passages.
        turn: Which turn of the conversation it is, 1-based; part of the ids.
        strings: The catalogue.
        collection: Name of the collection, for the address of the report in context.
        documents: Reports by id, besides those of the passages that were read (a copy that is cited was not read).
    """
    passages = {found.passage.passage_id: found for found in answer.passages}
    known = documents_of(answer, documents)
    langs = sorted({found.document.lang for found in answer.passages})
    cards = []
    for citation in sorted(answer.citations, key=lambda citation: citation.number):
        found = passages.get(citation.passage_id)
        document = known.get(citation.doc_id)
        why = why_html(answer.searched, found, langs, strings) if found else ""
        actions = _actions(citation, answer.citations, document, collection, strings)
        cards.append(_card(citation, found, document, turn, strings, actions + why))
    return "".join(cards)


def marked(citation: Citation, passage: Passage, strings: Strings = ENGLISH) -> str | None:
    """The passage as HTML with the quote marked, and who says so if named in it; None where the quote is not in it.

    Both are found by offsets. Where the quote is the whole passage it is not marked: no words of it stand out.
    """
    start, end = citation.start - passage.start, citation.end - passage.start
    if passage.doc_id != citation.doc_id or start < 0 or passage.text[start:end] != citation.quote:
        return None
    marks = [] if citation.quote == passage.text else [Mark(citation.start, citation.end, "quote", citation.number)]
    first, last = citation.speaker_start, citation.speaker_end
    if first is not None and last is not None and passage.start <= first < last:
        if passage.text[first - passage.start : last - passage.start] == citation.speaker:
            marks.append(Mark(first, last, "speaker", citation.number))
    return marked_html(passage.text, marks, strings, passage.start)


def _card(
    citation: Citation, found: ScoredPassage | None, document: Document | None, turn: int, strings: Strings, foot: str
) -> str:
    body = marked(citation, found.passage, strings) if found else None
    note = ""
    if body is None:
        sentence = _sentence(citation, document)
        body = marked(citation, sentence, strings) if sentence else None
        note = strings.sentence_alone if body else strings.quote_alone
    if body is None:
        mark = Mark(citation.start, citation.end, "quote", citation.number)
        body = marked_html(citation.quote, [mark], strings, citation.start)
    shown = [
        isolated(citation.source or strings.unknown_source),
        day_html(citation.published) if citation.published else isolated(strings.unknown_date),
        isolated(language_name(citation.lang, strings)),
    ]
    if found:
        scale = attribute(strings.rank_note.format(score=f"{found.score:.2f}"))
        shown.append(f'<span class="m-rank" title="{scale}">{filled(strings.rank, rank=found.rank)}</span>')
    language = lang_attribute(citation.lang)
    label = attribute(strings.cited_in.format(number=citation.number))
    return (
        f'<article class="m-card" id="{card_id(turn, citation.number)}" tabindex="-1" aria-label="{label}">'
        f'<header><span class="m-number"><bdi>[{citation.number}]</bdi></span>'
        f'<h4 dir="auto"{language}>{inline(citation.title or strings.untitled)}</h4></header>'
        f"{paragraph('m-facts', ' · '.join(shown))}"
        f"{paragraph('m-told', told_html(citation.stance, citation.speaker, strings))}"
        f'<blockquote class="m-passage" dir="auto"{language}>{body}</blockquote>'
        f"{paragraph('m-note', inline(note))}{_copies(citation, found, strings)}{foot}</article>"
    )


def _sentence(citation: Citation, document: Document | None) -> Passage | None:
    """The sentence around the words, of a report whose passage was not read."""
    span = sentence_span(citation, document) if document else None
    if document is None or span is None or span == (citation.start, citation.end):
        return None
    start, end = span
    return Passage(citation.passage_id, citation.doc_id, start, end, document.text[start:end])


def _actions(
    citation: Citation, citations: Sequence[Citation], document: Document | None, collection: str, strings: Strings
) -> str:
    """Open in context, copy the citation, go to the original."""
    context = html.escape(context_address(citation, tuple(citations), collection, strings.lang))
    # The text has been made safe; a line break has to be written out to outlast every reader of the page.
    copied = html.escape(citation_text(citation, document, strings)).replace("\n", "&#10;")
    address = web_address(citation.url)
    link = (
        f'<a class="m-open" href="{attribute(address)}" target="_blank" rel="noopener noreferrer">'
        f"{inline(strings.open_report)}</a>"
        if address
        else ""
    )
    return (
        f'<div class="m-actions"><button type="button" class="m-context" data-address="{context}">'
        f"{inline(strings.open_in_context)}</button>"
        f'<button type="button" class="m-copy" data-citation="{copied}">{inline(strings.copy_citation)}</button>'
        f"{link}</div>"
    )


def _copies(citation: Citation, found: ScoredPassage | None, strings: Strings) -> str:
    """Which report this one is a copy of, or else which reports are copies of it."""
    if citation.copy_of:
        return paragraph("m-note", filled(strings.copy_of, original=citation.copy_of))
    if found and found.copies:
        names = " · ".join(isolated(copy) for copy in found.copies)
        return paragraph("m-note", f"{inline(strings.copies)} {names}")
    return ""
