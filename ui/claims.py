"""Claims as HTML: how a report tells it and who says so, then its words in their sentence, then who else says it."""

from collections.abc import Mapping, Sequence

from index.types import Document
from rag.types import Answer, Citation, Claim, QuestionKind, Stance
from ui.escaping import day_html, filled, inline, lang_attribute, paragraph
from ui.evidence import citation_links
from ui.quoting import quoted_html
from ui.stances import told_html
from ui.strings import ENGLISH, Strings

_NONE: Mapping[str, Document] = {}


def claims_html(
    answer: Answer, turn: int, strings: Strings = ENGLISH, documents: Mapping[str, Document] = _NONE
) -> str:
    """The claims of an answer: side by side where the reports contradict each other, else one below the other.

    Args:
        answer: The answer.
        turn: Which turn of the conversation it is, 1-based.
        strings: The catalogue.
        documents: The reports by id, for the sentences around the claims.
    """
    shown = "".join(_claim(claim, answer, turn, strings, documents) for claim in answer.claims)
    if not shown:
        return ""
    side = " m-side" if answer.conflict and len(answer.claims) > 1 else ""
    more = paragraph("m-note", filled(strings.more_claims, count=answer.more) if answer.more else "")
    return f'{_heading(answer, strings)}<ol class="m-claims{side}">{shown}</ol>{more}'


def changes_html(answer: Answer, turn: int, strings: Strings = ENGLISH) -> str:
    """How a figure or day changed from report to report; "" where it did not."""
    if not answer.changes:
        return ""
    by_number = {citation.number: citation for citation in answer.citations}
    lines = []
    for change in answer.changes:
        days = day_html(change.first)
        if change.last != change.first:
            days += f" – {day_html(change.last)}"
        cited = [by_number[number] for number in change.citations if number in by_number]
        told = ascribed_html(cited, strings)
        links = citation_links(change.citations, answer.citations, turn, strings)
        value = f'<bdi class="m-value"{_lang(cited)}>{inline(change.answer)}</bdi>'
        lines.append(f"<li>{days}{told}: {value} {links}</li>")
    return f'<div class="m-changes"><p class="m-subhead">{inline(strings.changes)}</p><ol>{"".join(lines)}</ol></div>'


def ascribed_html(cited: Sequence[Citation], strings: Strings = ENGLISH) -> str:
    """How citations tell their words where that is not in a report's own voice, each way once; "" where all are."""
    told = dict.fromkeys(
        told_html(one.stance, one.speaker, strings)
        for one in cited
        if one.stance is not None and (one.stance is not Stance.REPORTED or one.speaker)
    )
    return "".join(f" {each}" for each in told)


def _heading(answer: Answer, strings: Strings) -> str:
    if answer.conflict:
        several = len(answer.claims) > 1
        return f'<p class="m-conflict">{inline(strings.conflict if several else strings.conflict_denied)}</p>'
    if len(answer.claims) < 2:
        return ""
    if answer.kind is QuestionKind.OVERVIEW:
        return f'<p class="m-note">{inline(strings.in_order)}</p>'
    return f'<p class="m-note">{filled(strings.several_claims, count=len(answer.claims))}</p>'


def _claim(claim: Claim, answer: Answer, turn: int, strings: Strings, documents: Mapping[str, Document]) -> str:
    cited = [one for number in claim.citations for one in answer.citations if one.number == number]
    note = "" if claim.stance is Stance.REPORTED else inline(strings.stance_notes[claim.stance])
    disputed = paragraph("m-disputed", inline(strings.disputed) if claim.disputed else "")
    # The best citation whose words the claim is, told as the claim is; without one, the words alone.
    alike = (one for one in cited if one.quote == claim.answer and one.stance in (claim.stance, None))
    source = next(alike, None)
    words = quoted_html(source, documents.get(source.doc_id)) if source else inline(claim.answer)
    links = citation_links(claim.citations, answer.citations, turn, strings)
    day = _day(source, strings) if answer.kind is QuestionKind.OVERVIEW else ""
    return (
        f'<li class="m-claim"><p class="m-told">{day}{told_html(claim.stance, claim.speaker, strings)}</p>'
        f"{paragraph('m-note', note)}"
        f'<p class="m-words" dir="auto"{_lang(cited)}>{words} {links}</p>{disputed}'
        f"{_others(claim, cited, answer, turn, strings)}"
        f'<p class="m-facts">{filled(strings.independent_sources, count=claim.independent_sources)}</p></li>'
    )


def _others(claim: Claim, cited: Sequence[Citation], answer: Answer, turn: int, strings: Strings) -> str:
    """Citations that tell the claim otherwise, or name somebody else who says so."""
    lines = [
        f"<li>{citation_links([one.number], answer.citations, turn, strings)}"
        f" {told_html(one.stance, one.speaker, strings)}</li>"
        for one in cited
        if one.stance is not None and (one.stance, one.speaker) != (claim.stance, claim.speaker)
    ]
    if not lines:
        return ""
    return f'<p class="m-note">{inline(strings.told_otherwise)}</p><ul class="m-others">{"".join(lines)}</ul>'


def _day(citation: Citation | None, strings: Strings) -> str:
    if citation is None or citation.published is None:
        return f'<span class="m-day">{inline(strings.unknown_date)}</span> '
    return f'<span class="m-day">{day_html(citation.published)}</span> '


def _lang(cited: Sequence[Citation]) -> str:
    return lang_attribute(cited[0].lang) if cited else ""
