import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from index.types import ScoredPassage
from rag.conversation import Turn as Asked
from rag.llm import LlmError, OnText, Written
from rag.reading import Reader
from rag.types import Answer
from tests.ui.samples import ENGLISH as SAMPLE
from tests.ui.samples import FakeEngine
from ui.asking import Asker, Running, take_turn
from ui.strings import ENGLISH
from ui.turns import Narrowing, Phase, Turn


class FakeWriter:
    """Writes three pieces; waits before the last until it may go on."""

    name = "fake:writer"
    destination = "http://203.0.113.7/v1"

    def __init__(self, problem: str = "") -> None:
        self.goes_on = threading.Event()
        self.ended = threading.Event()
        self._problem = problem

    def write(
        self,
        question: str,
        passages: Sequence[ScoredPassage],
        reader: Reader | None = None,
        on_text: OnText | None = None,
    ) -> Written:
        assert on_text is not None
        try:
            if self._problem:
                raise LlmError(self._problem)
            on_text("The army ")
            on_text("accuses ")
            self.goes_on.wait(10)
            on_text("them [1].")
            return Written("The army accuses them [1].", (), abstained=True)
        finally:
            self.ended.set()

    def standalone(self, history: Sequence[Asked], question: str) -> str:
        return f"whole: {question}"


class WrittenEngine(FakeEngine):
    """A fake engine whose reader nobody uses."""

    @property
    def reader(self) -> Reader:
        return None  # type: ignore[return-value]  # handed on, and not used by the fake writer


def turns(asker: Asker, turn: Turn, before: Sequence[Turn] = ()) -> list[Turn]:
    return list(take_turn(asker, turn, before, threading.Event()))


class CopyingEngine(FakeEngine):
    """Cites a report that it has not read, and one that is gone."""

    def ask(self, question: str, **rest: Any) -> Answer:  # noqa: ANN401
        """The second passage is not among those read."""
        given = super().ask(question, **rest)
        gone = replace(given.citations[0], number=3, doc_id="gone.txt")
        return replace(given, passages=given.passages[:1], citations=(*given.citations, gone))


def test_a_report_that_is_cited_unread_is_at_hand() -> None:
    *_, done = turns(Asker(CopyingEngine()), Turn("Who?"))
    assert done.unread == (SAMPLE,)
    *_, done = turns(Asker(FakeEngine()), Turn("Who?"))
    assert done.unread == ()


def test_passages_come_first_and_then_the_answer() -> None:
    engine = FakeEngine()
    asked = Turn("Who?", Narrowing("2023-04-01", "", ("A",), ("ar",), ("khartoum.txt",)))
    reading, done = turns(Asker(engine), asked)
    assert reading.phase is Phase.READING and reading.found is not None and reading.answer is None
    assert [one.number for one in reading.found.citations] == [1, 2] and not reading.found.claims
    assert done.phase is Phase.DONE and done.answer is not None and done.problem is None
    assert engine.asked == [
        {
            "question": "Who?",
            "since": date(2023, 4, 1),
            "until": None,
            "source": ("A",),
            "lang": ("ar",),
            "doc": ("khartoum.txt",),
        }
    ]


@pytest.mark.parametrize(
    ("turn", "problem"),
    [
        (Turn("broken"), "the index <b>is broken</b>: run mustanad verify"),
        (Turn("crash"), ENGLISH.unexpected),
        (Turn("Who?", Narrowing(since="yesterday")), "is not a day: yesterday. Write it as YYYY-MM-DD"),
    ],
)
def test_what_goes_wrong_ends_the_turn_in_words(turn: Turn, problem: str) -> None:
    *_, last = turns(Asker(FakeEngine()), turn)
    assert last.phase is Phase.DONE and last.answer is None
    assert last.problem is not None and problem in last.problem


def test_a_stop_ends_the_turn_at_once() -> None:
    engine, stop = FakeEngine(), threading.Event()
    states = take_turn(Asker(engine), Turn("wait"), (), stop)
    assert next(states).phase is Phase.READING
    stop.set()
    started = time.monotonic()
    (last,) = states
    assert last.phase is Phase.STOPPED and last.found is not None and last.answer is None
    assert time.monotonic() - started < 15  # the engine would wait for 20
    engine.waits.set()


def test_a_wait_that_is_too_long_is_ended_in_words() -> None:
    engine = FakeEngine()
    *_, last = turns(Asker(engine, longest_wait_s=0.3), Turn("wait"))
    assert last.phase is Phase.DONE and last.problem is not None and "No answer came within" in last.problem
    engine.waits.set()


def test_what_a_language_model_writes_is_shown_as_it_comes() -> None:
    writer = FakeWriter()
    states = take_turn(Asker(WrittenEngine(), writer), Turn("Who?"), (), threading.Event())
    written = next(turn for turn in states if turn.written == "The army accuses ")
    assert written.phase is Phase.WRITING and written.answer is not None, "the reports' own words are there already"
    writer.goes_on.set()
    *_, last = states
    assert last.phase is Phase.DONE and last.written == ""
    assert last.answer is not None and any("fake:writer" in note for note in last.answer.notes)


def test_a_stop_ends_the_writing_and_keeps_what_the_reports_say() -> None:
    writer, stop = FakeWriter(), threading.Event()
    states = take_turn(Asker(WrittenEngine(), writer), Turn("Who?"), (), stop)
    next(turn for turn in states if turn.written == "The army accuses ")
    stop.set()
    *_, last = states
    assert last.phase is Phase.STOPPED and last.answer is not None and last.answer.claims
    writer.goes_on.set()
    assert writer.ended.wait(5)


def test_a_language_model_that_fails_leaves_the_reports_own_words() -> None:
    *_, last = turns(Asker(WrittenEngine(), FakeWriter("the host is away")), Turn("Who?"))
    assert last.answer is not None and last.answer.claims
    assert any("the host is away" in note for note in last.answer.notes)


def test_a_follow_up_is_made_whole_within_its_own_collection() -> None:
    engine = FakeEngine()
    *_, first = turns(Asker(engine), Turn("Who attacked the airport of Khartoum?", collection="a"))
    turns(Asker(engine), Turn("And when?", collection="a"), (first,))
    turns(Asker(engine), Turn("And when?", collection="b"), (first,))
    whole, alone = (str(asked["question"]) for asked in engine.asked[-2:])
    assert "Khartoum" in whole and alone == "And when?"


class SearchingEngine(WrittenEngine):
    """Remembers what was searched apart from what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.searched: list[str] = []
        self._asking = False

    def search(self, question: str, k: int = 10, **rest: Any) -> list[ScoredPassage]:  # noqa: ANN401
        """A search inside ``ask`` is none of the page's."""
        if not self._asking:
            self.searched.append(question)
        return super().search(question, k, **rest)

    def ask(self, question: str, **rest: Any) -> Answer:  # noqa: ANN401
        """As ever."""
        self._asking = True
        try:
            return super().ask(question, **rest)
        finally:
            self._asking = False


def test_the_passages_shown_first_are_those_that_are_read_and_found_once() -> None:
    engine = SearchingEngine()
    reading, done = turns(Asker(engine), Turn("Who?"))
    assert reading.found is not None and done.answer is not None
    assert reading.found.passages == done.answer.passages[: len(reading.found.passages)] != ()
    assert engine.searched == []


def test_a_follow_up_that_a_model_makes_whole_shows_passages_meanwhile() -> None:
    engine, writer = SearchingEngine(), FakeWriter()
    writer.goes_on.set()
    *_, first = turns(Asker(engine, writer), Turn("Who attacked the airport of Khartoum?"))
    assert engine.searched == []
    states = turns(Asker(engine, writer), Turn("And when?"), (first,))
    assert [state.phase for state in states][:2] == [Phase.READING, Phase.READING]
    (meanwhile,) = engine.searched
    assert "Khartoum" in meanwhile
    assert [asked["question"] for asked in engine.asked][-1] == "whole: And when?"


def test_who_asks_anew_stops_what_was_asked_before() -> None:
    running = Running()
    first, other = running.begin("tab"), running.begin("another tab")
    second = running.begin("tab")
    assert first.is_set() and not second.is_set() and not other.is_set()
    running.stop("tab")
    running.stop("nobody")
    assert second.is_set() and not other.is_set()


@pytest.mark.parametrize("question", ["؟؟؟!!", "…", "«»"])
def test_marks_alone_are_no_question(question: str) -> None:
    engine = FakeEngine()
    (state,) = turns(Asker(engine), Turn(question))
    assert (state.phase, state.problem, engine.asked) == (Phase.DONE, ENGLISH.no_words, [])
