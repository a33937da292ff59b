"""The evidence of an answer by the day of publication, oldest first; undated reports apart."""

from collections.abc import Mapping, Sequence
from datetime import date

from index.types import Document
from rag.types import Answer, Citation
from ui.escaping import attribute, day_html, filled, inline, isolated, paragraph
from ui.evidence import citation_links
from ui.quoting import documents_of, quote_block
from ui.stances import told_html
from ui.strings import ENGLISH, Strings


def timeline_html(
    answer: Answer, turn: int = 1, strings: Strings = ENGLISH, documents: Mapping[str, Document] | None = None
) -> str:
    """An answer's evidence as a list of days, each with what was published on it.

    Args:
        answer: The answer, or the abstention with its nearest passages.
        turn: Which turn of the conversation it is, 1-based; numbers link to its evidence.
        strings: The catalogue.
        documents: Reports by id, besides those of the passages that were read.
    """
    if not answer.citations:
        return paragraph("m-empty", inline(strings.nothing_cited))
    known = documents_of(answer, documents)
    days: dict[date, list[Citation]] = {}
    undated: list[Citation] = []
    for citation in sorted(answer.citations, key=lambda one: one.number):
        (days.setdefault(citation.published, []) if citation.published else undated).append(citation)
    dated = "".join(
        f'<li><p class="m-day">{day_html(day)}</p>{_told(days[day], answer, turn, strings, known)}</li>'
        for day in sorted(days)
    )
    apart = (
        f'<div class="m-undated"><p class="m-subhead">{inline(strings.undated)}</p>'
        f"{_told(undated, answer, turn, strings, known)}</div>"
        if undated
        else ""
    )
    note = paragraph("m-note", inline(strings.nearest) if answer.abstained else "")
    listed = f'<ol class="m-days" aria-label="{attribute(strings.by_date)}">{dated}</ol>' if dated else ""
    return f'<div class="m-timeline">{note}{listed}{apart}</div>'


def _told(
    citations: Sequence[Citation], answer: Answer, turn: int, strings: Strings, documents: Mapping[str, Document]
) -> str:
    return f"<ul>{''.join(_item(one, answer, turn, strings, documents.get(one.doc_id)) for one in citations)}</ul>"


def _item(citation: Citation, answer: Answer, turn: int, strings: Strings, document: Document | None) -> str:
    links = citation_links([citation.number], answer.citations, turn, strings)
    facts = f"{links} {isolated(citation.source or strings.unknown_source)}"
    copied = filled(strings.copy_of, original=citation.copy_of) if citation.copy_of else ""
    told = paragraph("m-told", told_html(citation.stance, citation.speaker, strings))
    return f"<li>{paragraph('m-facts', facts)}{told}{quote_block(citation, document)}{paragraph('m-note', copied)}</li>"
