"""Results as a person reads them in a terminal."""

import click

from index.types import Bridged, Document, ScoredPassage
from rag.types import Answer, Citation, Claim, QuestionKind, Stance

_HOW = {
    Stance.REPORTED: "reported",
    Stance.CLAIMED: "claimed by the actor itself",
    Stance.ACCUSED: "an accusation, not established",
    Stance.DENIED: "denied",
    Stance.SUSPECTED: "a suspicion, not established",
}
_NAMED = 5  # copies of a report that are named
# Characters that would move the cursor or reorder the line of a terminal.
_UNSAFE = {code: None for code in [*range(32), 127, *range(0x80, 0xA0)] if code not in (9, 10)} | dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def plain(text: str) -> str:
    r"""Text of a report without control characters: a report must not steer the terminal.

    Examples:
        >>> plain("a\x1b[31mb\u202ec")
        'a[31mbc'
    """
    return text.translate(_UNSAFE)


def one_line(text: str) -> str:
    r"""A name in a report or of a file, without control characters or line breaks.

    Examples:
        >>> one_line("a\x1b[31m\nb.txt")
        'a[31m b.txt'
    """
    return " ".join(plain(text).splitlines())


def print_bridged(bridged: Bridged) -> None:
    """Print what a name in the question also stood for."""
    how = "also searched as" if bridged.kind == "alias" else "spelt in the reports"
    click.echo(f"{one_line(bridged.words)}: {how} {one_line(', '.join(bridged.matched))}")


def print_hit(hit: ScoredPassage) -> None:
    """Print a passage that was found."""
    parts = [
        f"{name} #{score.rank or '–'}"
        for name, score in (("dense", hit.dense), ("bm25", hit.bm25), ("late", hit.late))
        if score
    ]
    head = f"{hit.rank}. {_document(hit.document)}  score {hit.score:.3f} ({', '.join(parts)})"
    click.secho(head, bold=True)
    click.echo(_indented(hit.passage.text))
    click.echo(f"   {one_line(hit.document.doc_id)}[{hit.passage.start}:{hit.passage.end}]{_copies(hit)}\n")


def print_answer(answer: Answer) -> None:
    """Print an answer with its claims and citations, or an abstention with the nearest passages."""
    if answer.searched != answer.question:
        click.echo(f"searched: {one_line(answer.searched)}")
    for bridged in answer.bridged:
        print_bridged(bridged)
    for note in answer.notes:
        click.echo(one_line(note))
    if answer.abstained:
        click.secho(
            f"No answer: the reports hold no sufficient evidence (confidence {answer.confidence:.2f}).", bold=True
        )
        click.echo(
            "The nearest passages:"
            if answer.citations
            else "No passage to show: the index is empty, or the filters let nothing pass."
        )
    days = {citation.number: _day(citation) for citation in answer.citations}
    for claim in answer.claims:
        if answer.kind is QuestionKind.OVERVIEW:
            click.echo(days[claim.citations[0]])
        _print_claim(claim)
    if answer.conflict:
        click.secho("The reports contradict each other.", bold=True)
    if answer.claims:
        click.echo(f"confidence {answer.confidence:.2f}\n")
    texts = {found.document.doc_id: found.document.text for found in answer.passages}
    for citation in answer.citations:
        _print_citation(citation, texts.get(citation.doc_id))


def _print_claim(claim: Claim) -> None:
    numbers = "".join(f"[{number}]" for number in claim.citations)
    click.secho(f"“{plain(claim.answer)}” {numbers}", bold=True)
    says = f", says: {plain(claim.speaker)}" if claim.speaker else ""
    sources = "1 source" if claim.independent_sources == 1 else f"{claim.independent_sources} independent sources"
    disputed = "; some of these deny it" if claim.disputed else ""
    click.echo(f"   {_HOW[claim.stance]}{says}; {sources}{disputed}")


def _print_citation(citation: Citation, text: str | None) -> None:
    parts = (plain(citation.title), plain(citation.source), _day(citation), citation.lang)
    where = " · ".join(part for part in parts if part)
    click.echo(f"[{citation.number}] {where}")
    click.echo(_indented(citation.quote if text is None else in_its_sentence(citation, text)))
    copied = f"  copy of {one_line(citation.copy_of)}" if citation.copy_of else ""
    click.echo(f"   {one_line(citation.doc_id)}[{citation.start}:{citation.end}]{copied}")


def in_its_sentence(citation: Citation, text: str) -> str:
    """The sentence that a quote stands in, on one line, the quote within ⟦ ⟧; the quote alone where it is all of it.

    Args:
        citation: The quote and its places.
        text: The report's text.
    """
    first, last = citation.sentence_start, citation.sentence_end
    if first is None or last is None or text[first:last].strip() == citation.quote.strip():
        return citation.quote
    before, after = text[first : citation.start], text[citation.end : last]
    return " ".join(f"{before}⟦{citation.quote}⟧{after}".split())


def _day(citation: Citation) -> str:
    return citation.published.isoformat() if citation.published else "no date"


def _copies(hit: ScoredPassage) -> str:
    """Which reports a passage's report is a copy of, and which are copies of it; empty where none is."""
    others = [one_line(doc_id) for doc_id in hit.copies if doc_id != hit.copy_of]
    parts = [f"copy of {one_line(hit.copy_of)}"] if hit.copy_of else []
    if others:
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        parts.append(f"+{len(others)} {'copy' if len(others) == 1 else 'copies'}: {', '.join(others[:_NAMED])}{more}")
    return "".join(f"\n   {part}" for part in parts)


def _document(document: Document) -> str:
    day = document.published.isoformat() if document.published else "no date"
    return " · ".join(part for part in (plain(document.title), plain(document.source), day, document.lang) if part)


def _indented(text: str) -> str:
    return "\n".join(f"   {line}" for line in plain(text).splitlines())
