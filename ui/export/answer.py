"""A packed answer as HTML: how the reports tell a claim comes before its words, as on the page."""

from rag.types import Answer, Change, Claim, WrittenSentence
from ui.escaping import inline, isolated
from ui.export.phrases import changed_days, confidence_words, heading, told_of
from ui.notes import note_html
from ui.stances import told_html
from ui.strings import Strings


def answer_html(answer: Answer, turn: int, strings: Strings) -> str:
    """What was answered, without its evidence.

    Args:
        answer: The answer, or the abstention.
        turn: Number of the question in the pack, part of the ids that citations link to.
        strings: The catalogue.
    """
    notes = "".join(f'<p class="note">{note_html(one, strings)}</p>' for one in answer.notes)
    if answer.abstained:
        return f'<p class="abstained">{inline(strings.abstained)}</p>{notes}{_unsupported(answer, strings)}'
    conflict = heading(answer, strings)
    warned = f'<p class="conflict">{inline(conflict)}</p>' if conflict else ""
    claims = "".join(_claim(claim, turn, strings) for claim in answer.claims)
    more = note(strings.more_claims.format(count=answer.more)) if answer.more else ""
    figure = strings.confidence_figure.format(figure=f"{answer.confidence:.2f}")
    return (
        f"{_written(answer, turn, strings)}<h3>{inline(strings.export_claims)}</h3>{notes}{warned}"
        f'<ul class="claims">{claims}</ul>{more}{_changes(answer, turn, strings)}{_unsupported(answer, strings)}'
        f"<p>{inline(confidence_words(answer, strings))} <small>({inline(figure)})</small></p>"
    )


def note(words: str) -> str:
    """A remark in a paragraph of its own."""
    return f'<p class="note" dir="auto">{inline(words)}</p>'


def _claim(claim: Claim, turn: int, strings: Strings) -> str:
    sources = inline(strings.independent_sources.format(count=claim.independent_sources))
    disputed = f'<p class="disputed">{inline(strings.disputed)}</p>' if claim.disputed else ""
    return (
        f'<li><p class="told">{told_html(claim.stance, claim.speaker, strings)}</p>'
        f"{note(strings.stance_notes[claim.stance])}"
        f'<p class="claim" dir="auto">{inline(claim.answer)} {_links(claim.citations, turn)}</p>{disputed}'
        f'<p class="fact">{sources}</p></li>'
    )


def _changes(answer: Answer, turn: int, strings: Strings) -> str:
    items = "".join(f"<li>{_change(change, answer, turn, strings)}</li>" for change in answer.changes)
    return f"<h3>{inline(strings.changes)}</h3><ul>{items}</ul>" if items else ""


def _change(change: Change, answer: Answer, turn: int, strings: Strings) -> str:
    told = _ascribed(change.citations, answer, strings)
    return f"{isolated(changed_days(change))} {told}{isolated(change.answer)} {_links(change.citations, turn)}"


def _written(answer: Answer, turn: int, strings: Strings) -> str:
    supported = [_sentence(one, answer, turn, strings) for one in answer.sentences if one.supported]
    return note(strings.export_written.format(engine=answer.engine)) + "".join(supported) if supported else ""


def _sentence(sentence: WrittenSentence, answer: Answer, turn: int, strings: Strings) -> str:
    told = _ascribed(sentence.citations, answer, strings)
    before = f'<p class="told">{told}</p>' if told else ""
    return f'{before}<p class="written" dir="auto">{inline(sentence.text)} {_links(sentence.citations, turn)}</p>'


def _unsupported(answer: Answer, strings: Strings) -> str:
    apart = "".join(f'<li dir="auto"><s>{inline(one.text)}</s></li>' for one in answer.sentences if not one.supported)
    return f"{note(strings.export_unsupported)}<ul>{apart}</ul>" if apart else ""


def _ascribed(numbers: tuple[int, ...], answer: Answer, strings: Strings) -> str:
    told = dict.fromkeys(told_html(one.stance, one.speaker, strings) for one in told_of(numbers, answer))
    return "".join(f"{one} " for one in told)


def _links(numbers: tuple[int, ...], turn: int) -> str:
    return " ".join(f'<a href="#c{turn}-{number}"><bdi>[{number}]</bdi></a>' for number in numbers)
