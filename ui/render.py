"""An answer as HTML: what the reports say, how they say it, who says so and how sure it is."""

from rag.types import Answer, Claim, Stance
from ui.escaping import attribute, inline, isolated
from ui.evidence import citation_links
from ui.strings import ENGLISH, Strings


def answer_html(answer: Answer, turn: int = 1, strings: Strings = ENGLISH) -> str:
    """An answer, or an abstention, without its evidence (``ui.evidence.evidence_html`` gives that).

    Args:
        answer: What the engine answered.
        turn: Which turn of the conversation it is, 1-based; citation numbers link to the evidence of this turn.
        strings: The catalogue.
    """
    if answer.abstained:
        return _abstention(answer, turn, strings)
    claims = "".join(_claim(claim, answer, turn, strings) for claim in answer.claims)
    return (
        f'<div class="m-answer">{_summary(answer, strings)}<ol class="m-claims">{claims}</ol>'
        f'<p class="m-foot">{_confidence(answer.confidence, strings)} · {_engine(answer, strings)}</p></div>'
    )


def problem_html(message: str, strings: Strings = ENGLISH) -> str:
    """Why a question could not be answered, in words."""
    return (
        f'<div class="m-answer m-problem" role="alert"><p>{inline(strings.problem)}</p>'
        f'<p dir="auto">{inline(message)}</p></div>'
    )


def confidence_words(confidence: float, strings: Strings = ENGLISH) -> str:
    """A probability in words.

    >>> confidence_words(0.9), confidence_words(0.0)
    ('High confidence', 'Very low confidence')
    """
    return next(
        (words for least, words in strings.confidence_words if confidence >= least), strings.confidence_words[-1][1]
    )


def _summary(answer: Answer, strings: Strings) -> str:
    """What goes above the claims: nothing where there is one claim and the answer is its words."""
    parts = []
    if answer.text and answer.text not in {claim.answer for claim in answer.claims}:
        parts.append(f'<p class="m-text" dir="auto">{inline(answer.text)}</p>')
        if any(claim.stance is not Stance.REPORTED for claim in answer.claims):
            parts.append(f'<p class="m-note">{inline(strings.read_stances)}</p>')
    if len(answer.claims) > 1:
        parts.append(f'<p class="m-note">{inline(strings.several_claims.format(count=len(answer.claims)))}</p>')
    return "".join(parts)


def _claim(claim: Claim, answer: Answer, turn: int, strings: Strings) -> str:
    stance = (
        f'<span class="m-stance m-{claim.stance}" title="{attribute(strings.stance_notes[claim.stance])}">'
        f"{inline(strings.stances[claim.stance])}</span>"
    )
    speaker = (
        f'<span class="m-speaker">{inline(strings.says)} {isolated(claim.speaker)}</span>' if claim.speaker else ""
    )
    sources = inline(strings.independent_sources.format(count=claim.independent_sources))
    links = citation_links(claim.citations, answer.citations, turn, strings)
    return (
        f'<li class="m-claim">{stance}{speaker}'
        f'<p class="m-words" dir="auto">{inline(claim.answer)} {links}</p>'
        f'<p class="m-facts">{sources}</p></li>'
    )


def _abstention(answer: Answer, turn: int, strings: Strings) -> str:
    numbers = [citation.number for citation in answer.citations]
    nearest = strings.nearest if numbers else strings.no_passages
    return (
        f'<div class="m-answer m-abstained"><p class="m-text">{inline(strings.abstained)}</p>'
        f'<p class="m-note">{inline(nearest)} {citation_links(numbers, answer.citations, turn, strings)}</p></div>'
    )


def _confidence(confidence: float, strings: Strings) -> str:
    figure = strings.confidence_figure.format(figure=f"{confidence:.2f}")
    return (
        f'<span class="m-confidence" title="{attribute(figure)}">{inline(confidence_words(confidence, strings))}</span>'
    )


def _engine(answer: Answer, strings: Strings) -> str:
    seconds = f"{answer.timings_ms.total / 1000:.1f}"
    phrase = strings.extractive_engine if answer.engine == "extractive" else strings.other_engine
    return inline(phrase.format(engine=answer.engine, seconds=seconds))
