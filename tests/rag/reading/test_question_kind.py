"""What questions ask for, in each language of the table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.question_kind import question_kind
from rag.types import QuestionKind
from tests.rag.reading.kind_questions import QUESTIONS

CASES = [(lang, kind, question) for lang, questions in QUESTIONS.items() for kind, question in questions]


@pytest.mark.parametrize(("lang", "kind", "question"), CASES)
def test_question_kind(lang: str, kind: str, question: str) -> None:
    assert question_kind(question) == kind


def test_every_language_asks_every_kind() -> None:
    for questions in QUESTIONS.values():
        assert {kind for kind, _ in questions} == set(QuestionKind)
        assert len(questions) >= 15


@pytest.mark.parametrize("lang", ["ar", "fa"])
def test_without_the_question_mark_interrogatives_still_ask(lang: str) -> None:
    asked = [
        (kind, question) for kind, question in QUESTIONS[lang] if kind not in ("other", "yes_no") and "؟" in question
    ]
    assert [question_kind(question.rstrip("؟")) for _, question in asked] == [kind for kind, _ in asked]


@pytest.mark.parametrize("lang", ["en", "de", "fr", "es", "ru"])
def test_capitals_ask_the_same(lang: str) -> None:
    for kind, question in QUESTIONS[lang]:
        assert question_kind(question.upper()) == kind, question


@pytest.mark.parametrize("question", ["", "?", "¶ ¶", "Who", "\u202e؟", "من", "kim mi kim"])
def test_anything_has_a_kind(question: str) -> None:
    assert question_kind(question) in QuestionKind


@given(st.text(max_size=60))
def test_no_text_is_refused(question: str) -> None:
    assert question_kind(question) in QuestionKind
