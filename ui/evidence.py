"""Citations as cards: where the words are from, and the passage with exactly those words marked."""

from collections.abc import Iterable, Sequence

from index.types import Passage, ScoredPassage
from rag.types import Answer, Citation
from ui.escaping import attribute, inline, isolated, lang_attribute, web_address
from ui.strings import ENGLISH, Strings, language_name


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


def evidence_html(answer: Answer, turn: int = 1, strings: Strings = ENGLISH) -> str:
    """The citation cards of an answer, in the order of their numbers.

    Args:
        answer: The answer, or the abstention with its nearest passages.
        turn: Which turn of the conversation it is, 1-based; part of the ids.
        strings: The catalogue.
    """
    passages = {found.passage.passage_id: found for found in answer.passages}
    return "".join(
        _card(citation, passages.get(citation.passage_id), turn, strings)
        for citation in sorted(answer.citations, key=lambda citation: citation.number)
    )


def marked(citation: Citation, passage: Passage) -> str | None:
    """The passage as HTML with the quote in ``<mark>``, found by offsets; None where the quote is not in it.

    Where the quote is the whole passage nothing is marked: no words of it stand out.
    """
    start, end = citation.start - passage.start, citation.end - passage.start
    if passage.doc_id != citation.doc_id or start < 0 or passage.text[start:end] != citation.quote:
        return None
    if citation.quote == passage.text:
        return inline(passage.text)
    quote = inline(citation.quote)
    return f"{inline(passage.text[:start])}<mark>{quote}</mark>{inline(passage.text[end:])}"


def _card(citation: Citation, found: ScoredPassage | None, turn: int, strings: Strings) -> str:
    body = marked(citation, found.passage) if found else None
    note = ""
    if body is None:
        body = f"<mark>{inline(citation.quote)}</mark>"
        note = f'<p class="m-note">{inline(strings.quote_alone)}</p>'
    facts = [
        citation.source or strings.unknown_source,
        citation.published.isoformat() if citation.published else strings.unknown_date,
        language_name(citation.lang, strings),
    ]
    address = web_address(citation.url)
    link = (
        f' · <a class="m-open" href="{attribute(address)}" target="_blank" rel="noopener noreferrer">'
        f"{inline(strings.open_report)}</a>"
        if address
        else ""
    )
    language = lang_attribute(citation.lang)
    return (
        f'<article class="m-card" id="{card_id(turn, citation.number)}" tabindex="-1">'
        f'<header><span class="m-number"><bdi>[{citation.number}]</bdi></span>'
        f'<h4 dir="auto"{language}>{inline(citation.title or strings.untitled)}</h4></header>'
        f'<p class="m-facts">{" · ".join(isolated(fact) for fact in facts)}{link}</p>'
        f'<blockquote class="m-passage" dir="auto"{language}>{body}</blockquote>{note}'
        f"{_copies(citation, found, strings)}</article>"
    )


def _copies(citation: Citation, found: ScoredPassage | None, strings: Strings) -> str:
    """Which report this one is a copy of, or else which reports are copies of it."""
    if citation.copy_of:
        return f'<p class="m-note">{inline(strings.copy_of.format(original=citation.copy_of))}</p>'
    if found and found.copies:
        return f'<p class="m-note">{inline(strings.copies.format(copies=", ".join(found.copies)))}</p>'
    return ""
