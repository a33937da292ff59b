"""The evidence of an answer as a table, grouped by day, by source or by claim."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.types import Document
from rag.types import Answer, Citation
from ui.escaping import day_html, filled, inline, isolated, lang_attribute, paragraph
from ui.evidence import citation_links
from ui.quoting import documents_of, quote_block
from ui.stances import told_html
from ui.strings import ENGLISH, Strings


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows that belong together: their heading as HTML, and the citations."""

    heading: str
    citations: Sequence[Citation]


def table_html(
    answer: Answer,
    turn: int = 1,
    strings: Strings = ENGLISH,
    documents: Mapping[str, Document] | None = None,
    by: str = "date",
) -> str:
    """An answer's evidence as a table.

    Args:
        answer: The answer, or the abstention with its nearest passages.
        turn: Which turn of the conversation it is, 1-based; numbers link to its evidence.
        strings: The catalogue.
        documents: Reports by id, besides those of the passages that were read.
        by: What rows are grouped by: "date", "source" or "claim".

    Raises:
        ValueError: There is no such grouping.
    """
    if by not in _GROUPINGS:
        raise ValueError(f"there is no table by {by!r}; there is one by {', '.join(_GROUPINGS)}")
    if not answer.citations:
        return paragraph("m-empty", inline(strings.nothing_cited))
    caption = {"date": strings.by_date, "source": strings.by_source, "claim": strings.by_claim}[by]
    known = documents_of(answer, documents)
    bodies = "".join(
        f'<tbody><tr><th scope="rowgroup" colspan="3">{group.heading}</th></tr>'
        f"{''.join(_row(one, answer, turn, strings, known.get(one.doc_id)) for one in group.citations)}</tbody>"
        for group in _GROUPINGS[by](answer, strings)
    )
    columns = (strings.column_citation, strings.column_report, strings.column_words)
    head = "".join(f'<th scope="col">{inline(name)}</th>' for name in columns)
    note = paragraph("m-note", inline(strings.nearest) if answer.abstained else "")
    return (
        f'{note}<table class="m-table"><caption>{inline(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead>{bodies}</table>"
    )


def _by_date(answer: Answer, strings: Strings) -> list[_Group]:
    """By day of publication, oldest first, undated ones last."""
    days: dict[date | None, list[Citation]] = {}
    for citation in _numbered(answer):
        days.setdefault(citation.published, []).append(citation)
    ordered = sorted(days, key=lambda day: (day is None, day or date.max))
    return [_Group(day_html(day) if day else inline(strings.unknown_date), days[day]) for day in ordered]


def _by_source(answer: Answer, strings: Strings) -> list[_Group]:
    """By source, the one cited first on top."""
    sources: dict[str, list[Citation]] = {}
    for citation in _numbered(answer):
        sources.setdefault(citation.source, []).append(citation)
    return [_Group(isolated(source or strings.unknown_source), cited) for source, cited in sources.items()]


def _by_claim(answer: Answer, strings: Strings) -> list[_Group]:
    """By claim in their order; then what else is cited."""
    numbered = {citation.number: citation for citation in _numbered(answer)}
    groups = []
    for claim in answer.claims:
        cited = [numbered[number] for number in claim.citations if number in numbered]
        language = lang_attribute(cited[0].lang) if cited else ""
        words = f'<span class="m-words" dir="auto"{language}>{inline(claim.answer)}</span>'
        groups.append(_Group(f"{told_html(claim.stance, claim.speaker, strings)} {words}", cited))
    claimed = {number for claim in answer.claims for number in claim.citations}
    if rest := [citation for number, citation in numbered.items() if number not in claimed]:
        groups.append(_Group(inline(strings.no_claim), rest))
    return groups


_GROUPINGS: Mapping[str, Callable[[Answer, Strings], list[_Group]]] = {
    "date": _by_date,
    "source": _by_source,
    "claim": _by_claim,
}


def _numbered(answer: Answer) -> list[Citation]:
    return sorted(answer.citations, key=lambda citation: citation.number)


def _row(citation: Citation, answer: Answer, turn: int, strings: Strings, document: Document | None) -> str:
    number = citation_links([citation.number], answer.citations, turn, strings)
    day = day_html(citation.published) if citation.published else isolated(strings.unknown_date)
    report = f"{isolated(citation.source or strings.unknown_source)}<br>{day}"
    copied = filled(strings.copy_of, original=citation.copy_of) if citation.copy_of else ""
    told = paragraph("m-told", told_html(citation.stance, citation.speaker, strings))
    return (
        f'<tr><th scope="row">{number}</th><td>{report}{paragraph("m-note", copied)}</td>'
        f"<td>{told}{quote_block(citation, document)}</td></tr>"
    )
