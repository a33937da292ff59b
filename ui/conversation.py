"""A conversation as it grows: turns, and the two panels that show them. No state is kept here."""

import logging
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.errors import MustanadError
from rag.types import Answer
from ui.engine import Engine
from ui.escaping import inline
from ui.evidence import evidence_html
from ui.render import answer_html, problem_html
from ui.strings import ENGLISH, Strings

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters as typed into the page.

    Attributes:
        since: First day of publication, or "".
        until: Last day, or "".
        sources: Sources chosen; empty allows all.
        langs: Languages chosen (ISO 639-1); empty allows all.
    """

    since: str = ""
    until: str = ""
    sources: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it.

    Attributes:
        question: As asked.
        answer: The answer, or None while it is sought and where there was a problem.
        problem: Why there is no answer, in words, or None.
    """

    question: str
    answer: Answer | None = None
    problem: str | None = None


def take_turn(engine: Engine, question: str, narrowing: Narrowing, strings: Strings = ENGLISH) -> Turn:
    """Ask, and turn whatever goes wrong into words: a person is waiting for a reply."""
    try:
        since, until = read_days(narrowing.since, narrowing.until, strings)
        answer = engine.ask(question, since=since, until=until, source=narrowing.sources, lang=narrowing.langs)
    except (MustanadError, ValueError) as error:
        return Turn(question, problem=str(error))
    except Exception:
        _log.exception("the question could not be answered")
        return Turn(question, problem=strings.unexpected)
    return Turn(question, answer)


def read_days(since: str, until: str, strings: Strings = ENGLISH) -> tuple[date | None, date | None]:
    """Both ends of the period as typed, in any digits.

    >>> read_days("2022-04-16", " ")
    (datetime.date(2022, 4, 16), None)

    Raises:
        ValueError: One is not a day, or the first is later than the last.
    """
    first, last = _read_day(since, strings.since, strings), _read_day(until, strings.until, strings)
    if first and last and first > last:
        raise ValueError(strings.days_reversed.format(since=first, until=last))
    return first, last


def conversation_html(turns: Sequence[Turn], strings: Strings = ENGLISH) -> str:
    """The questions and answers, oldest first; the invitation where there are none."""
    if not turns:
        return f'<p class="m-empty">{inline(strings.invitation)}</p>'
    return "".join(_turn(turn, number, strings) for number, turn in enumerate(turns, start=1))


def evidence_panel_html(turns: Sequence[Turn], strings: Strings = ENGLISH) -> str:
    """The evidence of every turn: the latest open on top, earlier ones folded away under their questions."""
    folds: list[str] = []
    for number, turn in reversed(list(enumerate(turns, start=1))):
        if turn.answer is None or not turn.answer.citations:
            continue
        state = "" if folds else " open"
        folds.append(
            f'<details class="m-fold"{state}><summary dir="auto">{inline(turn.question)}</summary>'
            f"{evidence_html(turn.answer, number, strings)}</details>"
        )
    body = "".join(folds) or f'<p class="m-empty">{inline(strings.evidence_empty)}</p>'
    return f'<h3 class="m-heading">{inline(strings.evidence)}</h3>{body}'


def _turn(turn: Turn, number: int, strings: Strings) -> str:
    if turn.answer:
        reply = answer_html(turn.answer, number, strings)
    elif turn.problem:
        reply = problem_html(turn.problem, strings)
    else:
        reply = f'<p class="m-waiting" role="status">{inline(strings.searching)}</p>'
    return f'<section class="m-turn"><p class="m-question" dir="auto">{inline(turn.question)}</p>{reply}</section>'


def _read_day(text: str, label: str, strings: Strings) -> date | None:
    # Days are also typed in Arabic, Persian and other digits.
    day = "".join(str(unicodedata.decimal(character, character)) for character in text.strip())
    if not day:
        return None
    try:
        return date.fromisoformat(day)
    except ValueError as error:
        raise ValueError(strings.bad_day.format(label=label, day=text.strip())) from error
