"""A dialogue with a collection."""

from collections.abc import Sequence

import pytest

import rag
from index.errors import MustanadError
from rag.conversation import Conversation, Turn
from rag.types import Answer
from tests.rag.samples import WHO_BRIDGE, WHO_MARKET


class Rewrites:
    """A writer that gives what it was told to, and remembers what it was asked."""

    def __init__(self, given: str | MustanadError) -> None:
        self.given = given
        self.asked: list[tuple[tuple[Turn, ...], str]] = []

    def standalone(self, history: Sequence[Turn], question: str) -> str:
        self.asked.append((tuple(history), question))
        if isinstance(self.given, MustanadError):
            raise self.given
        return self.given


def test_a_follow_up_is_searched_with_the_words_before_it(reports: rag.Reports) -> None:
    talk = Conversation(reports)
    first = talk.ask(WHO_BRIDGE)
    assert (first.question, first.searched) == (WHO_BRIDGE, WHO_BRIDGE)
    second = talk.ask("And when?")
    assert (second.question, second.searched) == ("And when?", "when blew railway bridge?")
    assert second.kind is rag.QuestionKind.WHEN
    assert second.claims == reports.ask("when blew railway bridge?").claims
    assert {citation.doc_id for citation in second.citations} >= {"bridge.txt"}
    assert [turn.searched for turn in talk.turns] == [first.searched, second.searched]
    assert talk.turns[0].answer == first.text


def test_another_question_starts_anew(reports: rag.Reports) -> None:
    talk = Conversation(reports)
    talk.ask(WHO_BRIDGE)
    answer = talk.ask(WHO_MARKET)
    assert (answer.searched, answer.notes) == (WHO_MARKET, ())


def test_filters_hold_in_a_conversation(reports: rag.Reports) -> None:
    talk = Conversation(reports)
    talk.ask(WHO_BRIDGE)
    answer = talk.ask("When?", source=["Sahil Press"])
    assert {citation.doc_id for citation in answer.citations} <= {"denial.txt", "harvest.txt"}


def test_a_language_model_makes_it_whole_only_where_it_must(reports: rag.Reports) -> None:
    writer = Rewrites(" When was the railway bridge blown up? ")
    talk = Conversation(reports, writer)
    talk.ask(WHO_BRIDGE)
    assert writer.asked == []
    answer = talk.ask("And when?")
    assert (answer.searched, answer.notes) == ("When was the railway bridge blown up?", ())
    ((history, question),) = writer.asked
    assert (question, [turn.question for turn in history]) == ("And when?", [WHO_BRIDGE])


@pytest.mark.parametrize(
    ("given", "note"),
    [
        (MustanadError("no answer from the model"), "no answer from the model; the question was made whole with words"),
        ("  ", "the language model gave no question; it was made whole with words"),
    ],
)
def test_where_the_model_fails_words_are_carried_and_it_is_said(
    reports: rag.Reports, given: str | MustanadError, note: str
) -> None:
    talk = Conversation(reports, Rewrites(given))
    talk.ask(WHO_BRIDGE)
    answer = talk.ask("And when?")
    assert answer.searched == "when blew railway bridge?"
    assert answer.notes[0].startswith(note)


def test_what_writes_is_given_the_whole_question(reports: rag.Reports) -> None:
    seen: list[Answer] = []

    def write(answer: Answer) -> Answer:
        seen.append(answer)
        return answer

    talk = Conversation(reports, write=write)
    talk.ask(WHO_BRIDGE)
    talk.ask("And when?")
    assert [answer.question for answer in seen] == [WHO_BRIDGE, "when blew railway bridge?"]


def test_questions_asked_before_are_remembered(reports: rag.Reports) -> None:
    talk = Conversation(reports)
    talk.remember(WHO_BRIDGE)
    assert talk.remember("When?").searched == "When blew railway bridge?"
    assert talk.ask("why?").searched == "why blew railway bridge?"
    with pytest.raises(ValueError, match="the question before is empty"):
        talk.remember(" ")
    with pytest.raises(ValueError, match="the question is empty"):
        talk.ask("")
