"""How a question is asked from the page: passages first, then the answer, then what a language model writes."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from index.errors import MustanadError
from index.types import Document, ScoredPassage
from rag.asking import READ_PASSAGES
from rag.claims import nearest_passages
from rag.conversation import Conversation, is_follow_up
from rag.conversation import Turn as Asked
from rag.types import Answer, Timings
from ui.engine import Engine
from ui.strings import ENGLISH, Strings
from ui.turns import Narrowing, Phase, Turn, read_days

if TYPE_CHECKING:
    from rag.llm import Writer

_log = logging.getLogger(__name__)
LONGEST_WAIT_S = 300.0
_TICK_S = 0.1  # how soon a stop is noticed, and how often text that is being written is shown


class _Filters(TypedDict):
    since: date | None
    until: date | None
    source: Sequence[str]
    lang: Sequence[str]
    doc: Sequence[str]


@dataclass(frozen=True, slots=True)
class Asker:
    """What answers.

    Attributes:
        engine: The collection.
        writer: The language model that writes answers, or None.
        strings: The words for what goes wrong.
        longest_wait_s: Seconds after which a question is given up.
    """

    engine: Engine
    writer: "Writer | None" = None
    strings: Strings = ENGLISH
    longest_wait_s: float = LONGEST_WAIT_S


def take_turn(asker: Asker, asked: Turn, before: Sequence[Turn], stop: threading.Event) -> Iterator[Turn]:
    """The turn as it goes: each state that is worth showing, the last one done or stopped.

    Whatever goes wrong ends the turn in words: a person is waiting for a reply.

    Args:
        asker: What answers.
        asked: The turn with its question and its filters.
        before: The turns before it, oldest first; its question may follow on them.
        stop: Ends the turn when it is set. What is being read goes on unseen until its next step.
    """
    states: queue.SimpleQueue[Turn] = queue.SimpleQueue()
    threading.Thread(
        target=_work, args=(asker, asked, before, states.put, stop), name="mustanad-turn", daemon=True
    ).start()
    until = time.monotonic() + asker.longest_wait_s
    turn = asked
    try:
        while not turn.is_over:
            newest = _newest(states)
            if newest is not None:
                turn = newest
            elif stop.is_set():
                turn = replace(turn, phase=Phase.STOPPED)
            elif time.monotonic() > until:
                turn = _failed(turn, asker.strings.too_long.format(seconds=round(asker.longest_wait_s)))
            else:
                continue
            yield turn
            if turn.phase is Phase.WRITING:
                stop.wait(_TICK_S)
    finally:
        stop.set()


class Running:
    """The questions that are being answered, by who asks, so that each can be stopped. Safe from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stops: dict[str, threading.Event] = {}

    def begin(self, session: str) -> threading.Event:
        """The signal that stops the question that a session asks now; one it asked before is stopped."""
        self.stop(session)
        stop = threading.Event()
        with self._lock:
            self._stops[session] = stop
        return stop

    def stop(self, session: str) -> None:
        """Stop what a session is asking, if it is asking something."""
        with self._lock:
            stop = self._stops.pop(session, None)
        if stop:
            stop.set()


def _newest(states: queue.SimpleQueue[Turn]) -> Turn | None:
    """The latest state, or None where there is none for a while."""
    try:
        turn = states.get(timeout=_TICK_S)
        while not states.empty():
            # A phase is not skipped: it may be there for an instant only, but evidence comes with it.
            if turn.phase is not Phase.WRITING:
                return turn
            turn = states.get()
    except queue.Empty:
        return None
    return turn


def _work(asker: Asker, turn: Turn, before: Sequence[Turn], put: Callable[[Turn], None], stop: threading.Event) -> None:
    strings = asker.strings
    latest = turn

    def show(state: Turn) -> None:
        nonlocal latest
        if stop.is_set():
            raise _Stopped
        latest = state
        put(state)

    try:
        _answer(asker, turn, before, show)
    except _Stopped:
        return
    except (MustanadError, ValueError) as error:
        put(_failed(latest, str(error)))
    except BaseException:
        _log.exception("the question could not be answered")
        put(_failed(latest, strings.unexpected))


def _answer(asker: Asker, turn: Turn, before: Sequence[Turn], show: Callable[[Turn], None]) -> None:
    """Answer a question, in the thread that does the work.

    Args:
        asker: What answers.
        turn: The turn with its question and its filters.
        before: The turns before it.
        show: Is given the states of the turn one after the other, and raises ``_Stopped`` when nobody waits for more.
    """
    engine, writer = asker.engine, asker.writer
    # Marks alone are near to some passage too, as everything is to an embedding model.
    if not any(character.isalnum() for character in turn.question):
        raise ValueError(asker.strings.no_words)
    filters = _filters(turn.narrowing, asker.strings)
    history = [
        Asked(one.question, one.answer.searched, one.answer.text)
        for one in before
        if one.answer is not None and one.collection == turn.collection
    ]
    conversation = Conversation(engine, turns=history)

    def show_found(passages: Sequence[ScoredPassage]) -> None:
        nonlocal turn
        turn = replace(turn, phase=Phase.READING, found=_only_found(turn.question, searched, passages))
        show(turn)

    searched, notes = conversation.standalone(turn.question)
    if writer is not None and history and is_follow_up(turn.question):
        # The model takes its time to make the question whole: what its words alone find is there at once.
        show_found(engine.search(searched, READ_PASSAGES, collapse=True, **filters))
        searched, notes = Conversation(engine, writer, turns=history).standalone(turn.question)
    answer = engine.ask(searched, on_found=show_found, **filters)
    if writer is not None and answer.passages:
        turn = replace(turn, phase=Phase.WRITING, answer=_as_asked(answer, turn.question, searched, notes))
        show(turn)
        answer = _written(answer, writer, engine, turn, show)
    answer = _as_asked(answer, turn.question, searched, notes)
    show(replace(turn, phase=Phase.DONE, written="", answer=answer, unread=tuple(_unread(answer, engine))))


def _filters(chosen: Narrowing, strings: Strings) -> _Filters:
    since, until = read_days(chosen.since, chosen.until, strings)
    return {"since": since, "until": until, "source": chosen.sources, "lang": chosen.langs, "doc": chosen.docs}


def _written(answer: Answer, writer: "Writer", engine: Engine, turn: Turn, show: Callable[[Turn], None]) -> Answer:
    from rag.llm import write_answer

    pieces: list[str] = []

    def show_piece(piece: str) -> None:
        pieces.append(piece)
        show(replace(turn, written="".join(pieces)))

    return write_answer(answer, writer, engine.reader, show_piece)


def _unread(answer: Answer, engine: Engine) -> Iterator[Document]:
    """Reports that an answer cites and no passage of which was read: copies of those that were."""
    read = {found.document.doc_id for found in answer.passages}
    for doc_id in dict.fromkeys(citation.doc_id for citation in answer.citations):
        if doc_id not in read:
            with suppress(ValueError):  # removed meanwhile: its words are shown alone
                yield engine.document(doc_id)


def _only_found(question: str, searched: str, found: Sequence[ScoredPassage]) -> Answer:
    """Passages before they are read: no claim, and the passages as evidence."""
    return Answer(
        question=question,
        text=None,
        abstained=True,
        confidence=0.0,
        engine="extractive",
        claims=(),
        citations=nearest_passages(found),
        passages=tuple(found),
        timings_ms=Timings(0.0, 0.0, 0.0),
        searched=searched,
    )


def _as_asked(answer: Answer, question: str, searched: str, notes: tuple[str, ...]) -> Answer:
    return replace(answer, question=question, searched=searched, notes=(*notes, *answer.notes))


def _failed(turn: Turn, problem: str) -> Turn:
    return replace(turn, phase=Phase.DONE, problem=problem, answer=None, written="")


class _Stopped(Exception):
    """Nobody waits for the answer any more."""
