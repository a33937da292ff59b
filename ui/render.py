"""An answer as HTML: what the reports say, how they say it, who says so and how sure it is."""

from collections.abc import Mapping

from index.types import Bridged, Document, Filters
from rag.types import Answer, Citation, Stance
from ui.claims import changes_html, claims_html
from ui.escaping import day_html, filled, inline, isolated, lang_attribute, paragraph, phrase
from ui.evidence import citation_links
from ui.notes import note_html
from ui.quoting import documents_of, excerpt
from ui.strings import ENGLISH, Strings, language_name
from ui.written import unsupported_html, written_html


def answer_html(
    answer: Answer,
    turn: int = 1,
    strings: Strings = ENGLISH,
    filters: Filters | None = None,
    documents: Mapping[str, Document] | None = None,
) -> str:
    """An answer, or an abstention, without its evidence (``ui.evidence.evidence_html`` gives that).

    Args:
        answer: What the engine answered.
        turn: Which turn of the conversation it is, 1-based; citation numbers link to the evidence of this turn.
        strings: The catalogue.
        filters: What the search was narrowed to; an abstention says it.
        documents: Reports by id, besides those of the passages that were read, for the sentences around the claims.
    """
    if answer.abstained:
        return _abstention(answer, turn, strings, filters)
    claims = claims_html(answer, turn, strings, documents_of(answer, documents))
    return (
        f'<div class="m-answer">{_before(answer, strings)}{_text(answer, turn, strings)}'
        f"{claims}{changes_html(answer, turn, strings)}{unsupported_html(answer, strings)}"
        f'<p class="m-foot">{_confidence(answer.confidence, strings)} · {_engine(answer, strings)}</p></div>'
    )


def problem_html(message: str, strings: Strings = ENGLISH) -> str:
    """Why a question could not be answered, in words."""
    return (
        f'<div class="m-answer m-problem" role="alert"><p>{inline(strings.problem)}</p>'
        f'<p dir="auto">{phrase(message)}</p></div>'
    )


def confidence_words(confidence: float, strings: Strings = ENGLISH) -> str:
    """A probability in words.

    >>> confidence_words(0.9), confidence_words(0.0)
    ('High confidence', 'Very low confidence')
    """
    return next(
        (words for least, words in strings.confidence_words if confidence >= least), strings.confidence_words[-1][1]
    )


def filters_html(filters: Filters, strings: Strings = ENGLISH) -> str:
    """What a search was narrowed to, in words; "" where nothing narrows it."""
    parts = []
    for name, day in ((strings.since, filters.since), (strings.until, filters.until)):
        if day:
            parts.append(f"{inline(name)} {day_html(day)}")
    langs = [language_name(lang, strings) for lang in filters.langs]
    for name, names in (
        (strings.sources, filters.sources),
        (strings.languages_label, langs),
        (strings.reports, filters.doc_ids),
        (strings.reports_left_out, filters.without),
    ):
        if names:
            parts.append(f"{inline(name)}: {' · '.join(isolated(one) for one in names)}")
    return "; ".join(parts)


def _before(answer: Answer, strings: Strings) -> str:
    """What was searched, where that is not just the question, and what is to be known of the answer."""
    parts = []
    if answer.searched != answer.question:
        parts.append(paragraph("m-note", filled(strings.searched, question=answer.searched)))
    if answer.bridged:
        names = "".join(f"<li>{_bridged(one, strings)}</li>" for one in answer.bridged)
        head = filled(strings.bridged, count=len(answer.bridged))
        parts.append(f'<details class="m-bridged"><summary>{head}</summary><ul>{names}</ul></details>')
    notes = "".join(f"<li>{note_html(note, strings)}</li>" for note in answer.notes)
    if notes:
        parts.append(f'<ul class="m-notes">{notes}</ul>')
    return "".join(parts)


def _bridged(one: Bridged, strings: Strings) -> str:
    kind = strings.bridged_alias if one.kind == "alias" else strings.bridged_spelling
    other = " · ".join(isolated(name) for name in one.matched)
    return f"{isolated(one.words)} – {inline(kind)} {other}"


def _text(answer: Answer, turn: int, strings: Strings) -> str:
    """What a language model wrote; the reader's own text is that of the claims, which say more of it."""
    if answer.engine == "extractive" or not answer.text:
        return ""
    written = written_html(answer, turn, strings) or f'<p class="m-text" dir="auto">{inline(answer.text)}</p>'
    stances = any(claim.stance is not Stance.REPORTED for claim in answer.claims)
    note = paragraph("m-note", inline(strings.read_stances)) if stances else ""
    return f"{written}{note}{paragraph('m-subhead', inline(strings.in_their_words)) if answer.claims else ''}"


def _abstention(answer: Answer, turn: int, strings: Strings, filters: Filters | None) -> str:
    searched = [filled(strings.passages_read, count=len(answer.passages))]
    if filters and (narrowed := filters_html(filters, strings)):
        searched.append(f"{inline(strings.narrowed_to)} {narrowed}")
    nearest = "".join(_nearest(citation, answer, turn, strings) for citation in answer.citations)
    searched.append(inline(strings.nearest if nearest else strings.no_passages))
    notes = "".join(paragraph("m-note", part) for part in searched)
    listed = f'<ol class="m-nearest">{nearest}</ol>' if nearest else ""
    return (
        f'<div class="m-answer m-abstained">{paragraph("m-text", inline(strings.abstained))}'
        f"{_before(answer, strings)}{notes}{listed}{unsupported_html(answer, strings)}</div>"
    )


def _nearest(citation: Citation, answer: Answer, turn: int, strings: Strings) -> str:
    links = citation_links([citation.number], answer.citations, turn, strings)
    day = day_html(citation.published) if citation.published else isolated(strings.unknown_date)
    facts = f"{isolated(citation.source or strings.unknown_source)} · {day}"
    words = f'<p class="m-words" dir="auto"{lang_attribute(citation.lang)}>{inline(excerpt(citation.quote))}</p>'
    return f'<li><p class="m-facts">{links} {facts}</p>{words}</li>'


def _confidence(confidence: float, strings: Strings) -> str:
    """In words; the figure shows on hover and on focus, and is always there for screen readers."""
    figure = filled(strings.confidence_figure, figure=f"{confidence:.2f}")
    return (
        f'<span class="m-confidence" tabindex="0">{inline(confidence_words(confidence, strings))}'
        f'<span class="m-tip"> ({figure})</span></span>'
    )


def _engine(answer: Answer, strings: Strings) -> str:
    seconds = f"{answer.timings_ms.total / 1000:.1f}"
    words = strings.extractive_engine if answer.engine == "extractive" else strings.other_engine
    return filled(words, engine=answer.engine, seconds=seconds)
