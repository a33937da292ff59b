"""Follow-ups in eight languages: recognised, made whole; what stands alone is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.conversation.followups import exchange, is_follow_up, resolve
from rag.conversation.types import Turn
from tests.rag.conversation.dialogues import ALONE, DIALOGUES

CASES = [(lang, *dialogue) for lang, dialogues in DIALOGUES.items() for dialogue in dialogues]
STANDING = [(lang, question) for lang, questions in ALONE.items() for question in questions]


@pytest.mark.parametrize(("lang", "before", "answer", "question", "searched"), CASES)
def test_a_follow_up_is_made_whole(lang: str, before: str, answer: str | None, question: str, searched: str) -> None:
    assert resolve([Turn(before, before, answer)], question) == searched


@pytest.mark.parametrize(("lang", "question"), STANDING)
def test_a_question_that_stands_alone_is_not_changed(lang: str, question: str) -> None:
    assert not is_follow_up(question)
    assert resolve([Turn("Who shelled Zumrin?", "Who shelled Zumrin?")], question) == question


def test_each_language_has_dialogues() -> None:
    counts = {lang: len(dialogues) for lang, dialogues in DIALOGUES.items()}
    assert min(counts["ar"], counts["en"]) >= 8
    assert min(counts.values()) >= 3


def test_without_a_question_before_nothing_is_carried() -> None:
    assert resolve([], "And when?") == "And when?"


def test_what_was_searched_is_carried_not_what_was_asked() -> None:
    history = [Turn("Who shelled Zumrin?", "Who shelled Zumrin?"), Turn("When?", "When shelled Zumrin?")]
    assert resolve(history, "Why?") == "Why shelled Zumrin?"


def test_a_long_answer_is_not_carried_for_somebody() -> None:
    long = "The Northern Brigade blew up the railway bridge on Thursday."
    before = [Turn("Who blew up the bridge?", "Who blew up the bridge?", long)]
    assert resolve(before, "Where are they based?") == "Where are based blew bridge?"


@pytest.mark.parametrize(
    ("question", "other", "exchanged"),
    [
        ("Who shelled markets?", "schools", "Who shelled schools?"),
        ("", "x", ""),
        ("Who shelled Tolnara?", "", "Who shelled Tolnara?"),
    ],
)
def test_exchange(question: str, other: str, exchanged: str) -> None:
    assert exchange(question, other) == exchanged


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_is_refused_or_emptied(before: str, question: str) -> None:
    searched = resolve([Turn(before, before)], question)
    assert bool(searched.strip()) or not question.strip() or not before.strip()
