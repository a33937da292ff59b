"""Where gold answers stand, and what covers them."""

import pytest

from eval.datasets.types import DatasetError, GoldSpan, Question
from eval.running.gold import locate
from tests.rag.samples import ALL, BRIDGE, COPY, DENIAL, HARVEST, MARKET

BRIGADE = "The Northern Brigade"


def place(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def test_given_spans_are_the_places() -> None:
    start, end = place(BRIDGE.text, BRIGADE)
    question = Question("q", "Who?", relevant={"bridge.txt": 1}, spans=(GoldSpan("bridge.txt", start, BRIGADE),))
    (gold,), notes = locate([question], ALL)
    assert gold.places == {"bridge.txt": ((start, end),)}
    assert notes == ()
    assert gold.covers("bridge.txt", start, end)
    assert gold.covers("bridge.txt", 0, len(BRIDGE.text))
    assert not gold.covers("bridge.txt", start + 1, end)
    assert not gold.covers("bridge.txt", 0, end - 1)
    assert not gold.covers("copy.txt", 0, len(COPY.text))


def test_a_span_that_does_not_match_is_moved_and_noted() -> None:
    start, end = place(BRIDGE.text, BRIGADE)
    question = Question("q", "Who?", relevant={"bridge.txt": 1}, spans=(GoldSpan("bridge.txt", start + 2, BRIGADE),))
    (gold,), notes = locate([question], ALL)
    assert gold.places == {"bridge.txt": ((start, end),)}
    assert gold.question.spans == (GoldSpan("bridge.txt", start, BRIGADE),)
    assert notes == ("1 gold spans did not match the text at their offsets: moved, or left out",)


def test_answers_without_spans_are_found_in_relevant_documents_as_whole_words() -> None:
    relevant = {"bridge.txt": 1, "harvest.txt": 1, "denial.txt": 0}
    question = Question("q", "Who?", relevant=relevant, answers=("the northern  brigade", "engineer"))
    (gold,), _ = locate([question], ALL)
    assert gold.places == {"bridge.txt": (place(BRIDGE.text, BRIGADE),)}  # neither "Engineers", nor a document judged 0


def test_where_nothing_is_judged_every_document_counts() -> None:
    question = Question("q", "Who?", answers=("لواء الصقور", "Northern Brigade"))
    (gold,), _ = locate([question], ALL)
    assert gold.places == {
        "bridge.txt": (place(BRIDGE.text, "Northern Brigade"),),
        "copy.txt": (place(COPY.text, "Northern Brigade"),),
        "denial.txt": (place(DENIAL.text, "Northern Brigade"),),
        "market.txt": (place(MARKET.text, "لواء الصقور"),),
    }


def test_holding_an_answer_goes_by_whole_words_in_any_text() -> None:
    question = Question("q", "How many?", relevant={"harvest.txt": 1}, answers=("7",))
    (gold,), _ = locate([question], ALL)
    assert gold.holds("there were 7.")
    assert not gold.holds("there were 17, or 7th")
    assert gold.places == {}


def test_a_question_without_answers_holds_nothing() -> None:
    (gold,), _ = locate([Question("q", "Who?", relevant={"harvest.txt": 1}, answerable=False)], ALL)
    assert (gold.places, gold.holds(HARVEST.text)) == ({}, False)


def test_documents_that_are_not_there_are_counted_and_the_first_named() -> None:
    question = Question(
        "q", "Who?", relevant={"zebra": 1, "bridge.txt": 1, "unjudged": 0}, spans=(GoldSpan("apple", 0, "x"),)
    )
    with pytest.raises(DatasetError) as raised:
        locate([question], ALL)
    assert str(raised.value) == (
        "the index lacks 2 of 3 documents that the dataset names (first: apple); "
        "add them with mustanad index, or leave --index out to have one built"
    )
