"""A whole report with the cited words marked in it, and buttons to go from one to the next."""

from collections.abc import Iterator, Sequence

from index.types import Document
from ui.citing import document_hash
from ui.escaping import attribute, day_html, filled, inline, isolated, lang_attribute, paragraph, web_address
from ui.marking import Mark, checked_marks, marked_html
from ui.strings import ENGLISH, Strings, language_name

__all__ = ["Mark", "context_html"]


def context_html(
    document: Document, marks: Sequence[Mark], strings: Strings = ENGLISH, copies: Sequence[str] = ()
) -> str:
    """A report as an HTML fragment.

    Each quote begins at an element with the id ``m-hit-N``, N its number; every piece of it has N in ``data-hits``. The
    page's script steps through the ids with the buttons ``m-previous`` and ``m-next``, in the order of the text, and
    writes where it is into ``m-hit-place``.

    Args:
        document: The report.
        marks: The words that are cited, and those that name who says so.
        strings: The catalogue.
        copies: The doc_ids of reports that are copies of one text with it.

    Raises:
        ValueError: A mark lies outside the text, is empty or of no known kind, or two quotes have one number.
    """
    checked = checked_marks(document.text, marks)
    language = lang_attribute(document.lang)
    body = "".join(
        f'<p dir="auto">{marked_html(line, checked, strings, offset, anchors=True)}</p>'
        for line, offset in _lines(document.text)
    )
    return (
        f'<article class="m-report"><header>'
        f'<h2 dir="auto"{language}>{inline(document.title or strings.untitled)}</h2>'
        f"{_facts(document, strings)}{_copies(document, copies, strings)}</header>{_buttons(checked, strings)}"
        f'<div class="m-report-text"{language}>{body}</div></article>'
    )


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """The lines that hold anything, each with its offset."""
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            yield line, offset
        offset += len(line) + 1


def _facts(document: Document, strings: Strings) -> str:
    day = day_html(document.published) if document.published else isolated(strings.unknown_date)
    source, language = document.source or strings.unknown_source, language_name(document.lang, strings)
    shown = f"{isolated(source)} · {day} · {isolated(language)}"
    if address := web_address(document.url):
        shown += (
            f' · <a class="m-open" href="{attribute(address)}" target="_blank" rel="noopener noreferrer">'
            f"{inline(strings.open_report)}</a>"
        )
    identity = f"{filled(strings.report_id, document=document.doc_id)}<br>" + filled(
        strings.report_hash, hash=document_hash(document)
    )
    return paragraph("m-facts", shown) + paragraph("m-facts m-identity", identity)


def _copies(document: Document, copies: Sequence[str], strings: Strings) -> str:
    names = " · ".join(isolated(copy) for copy in copies if copy != document.doc_id)
    return paragraph("m-note", f"{inline(strings.copies)} {names}" if names else "")


def _buttons(marks: Sequence[Mark], strings: Strings) -> str:
    hits = sum(mark.kind == "quote" for mark in marks)
    if not hits:
        return ""
    place = f'<bdi dir="ltr"><span class="m-hit-place">1</span> / {hits}</bdi>'
    return (
        f'<div class="m-hits" role="group" aria-label="{attribute(strings.hits)}">'
        f'<button type="button" class="m-previous">{inline(strings.previous_hit)}</button>'
        f'<span class="m-hit-count" role="status">{place}</span>'
        f'<button type="button" class="m-next">{inline(strings.next_hit)}</button></div>'
    )
