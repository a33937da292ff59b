"""A conversation as two panels of HTML: the questions with their answers, and their evidence. No state is kept here."""

from collections.abc import Sequence

from index.types import Document
from ui.escaping import attribute, day_html, inline, isolated, phrase
from ui.evidence_views import views_html
from ui.render import answer_html, problem_html
from ui.strings import ENGLISH, Strings, language_name
from ui.turns import Narrowing, Phase, Turn


def conversation_html(turns: Sequence[Turn], strings: Strings = ENGLISH, empty: str = "") -> str:
    """The questions and answers, oldest first.

    Args:
        turns: The conversation.
        strings: The catalogue.
        empty: The HTML to show where nothing was asked yet; "" shows the invitation.
    """
    if not turns:
        return empty or f'<p class="m-empty">{inline(strings.invitation)}</p>'
    return "".join(_turn(turn, number, strings) for number, turn in enumerate(turns, start=1))


def evidence_panel_html(turns: Sequence[Turn], strings: Strings = ENGLISH) -> str:
    """The evidence of every turn: the latest open on top, earlier ones folded away under their questions."""
    folds: list[str] = []
    for number, turn in reversed(list(enumerate(turns, start=1))):
        if turn.shown is None or not turn.shown.citations:
            continue
        state = "" if folds else " open"
        folds.append(
            f'<details class="m-fold"{state}><summary><h3 dir="auto">{inline(turn.question)}</h3></summary>'
            f"{views_html(turn.shown, number, strings, turn.collection, _unread(turn))}</details>"
        )
    return "".join(folds) or f'<p class="m-empty">{inline(strings.evidence_empty)}</p>'


def narrowing_html(narrowing: Narrowing, strings: Strings = ENGLISH) -> str:
    """The filters in a line, or "".

    >>> narrowing_html(Narrowing(langs=("ar",), sources=("<A>",)))
    '<bdi>&lt;A&gt;</bdi> · <bdi>Arabic</bdi>'
    """
    days = ((strings.export_since, narrowing.since.strip()), (strings.export_until, narrowing.until.strip()))
    langs = [language_name(lang, strings) for lang in narrowing.langs]
    parts = [phrase(words).format(day=day_html(day)) for words, day in days if day]
    parts += [isolated(name) for name in (*narrowing.sources, *langs, *narrowing.docs)]
    return " · ".join(parts)


def announcement(turn: Turn, strings: Strings = ENGLISH) -> str:
    """What a screen reader says when a turn has come this far."""
    if turn.problem:
        return strings.problem
    if turn.phase is Phase.STOPPED:
        return strings.stopped
    if turn.phase is not Phase.DONE or turn.answer is None:
        return strings.searching
    said = strings.abstention_arrived if turn.answer.abstained else strings.answer_arrived
    return said.format(count=len(turn.answer.citations))


def _turn(turn: Turn, number: int, strings: Strings) -> str:
    filters = narrowing_html(turn.narrowing, strings)
    within = f'<p class="m-within">{inline(strings.within)} {filters}</p>' if filters else ""
    question = f'<h2 class="m-question" dir="auto">{inline(turn.question)}</h2>'
    return (
        f'<section class="m-turn" data-phase="{turn.phase.value}" data-say="{attribute(announcement(turn, strings))}">'
        f"{question}{within}{_reply(turn, number, strings)}</section>"
    )


def _reply(turn: Turn, number: int, strings: Strings) -> str:
    if turn.problem:
        return problem_html(turn.problem, strings)
    answer = answer_html(turn.answer, number, strings, documents=_unread(turn)) if turn.answer else ""
    if turn.phase is Phase.DONE:
        return answer
    if turn.phase is Phase.STOPPED:
        return f'<p class="m-note">{inline(strings.stopped if answer else strings.stopped_early)}</p>{answer}'
    if turn.phase is Phase.READING and turn.found is not None:
        return _waiting(strings.reading.format(count=len(turn.found.passages)))
    if turn.phase is Phase.WRITING:
        text = f'<p class="m-text m-writing" dir="auto">{inline(turn.written)}</p>' if turn.written else ""
        return f"{text}{_waiting(strings.writing)}{answer}"
    return _waiting(strings.searching)


def _unread(turn: Turn) -> dict[str, Document]:
    return {document.doc_id: document for document in turn.unread}


def _waiting(words: str) -> str:
    return f'<p class="m-waiting">{inline(words)}</p>'
