"""Splitting what a model wrote into sentences with their citations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.llm.sentences import cited_sentences


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Rain fell [1].", "en", [("Rain fell.", (1,))]),
        ("Rain fell. [1]", "en", [("Rain fell.", (1,))]),
        ("Rain fell.[1] Snow fell.[2]", "en", [("Rain fell.", (1,)), ("Snow fell.", (2,))]),
        ("Rain fell [1][2]. Snow.", "en", [("Rain fell.", (1, 2)), ("Snow.", ())]),
        ("Rain fell [1, 2]; [3].", "en", [("Rain fell;.", (1, 2, 3))]),
        ("Rain fell [1-3].", "en", [("Rain fell.", (1, 2, 3))]),
        ("Rain fell [1] [1].", "en", [("Rain fell.", (1,))]),
        ("Rain [1] and snow [2] fell.", "en", [("Rain and snow fell.", (1, 2))]),
        ("Rain fell [passage 2].", "en", [("Rain fell.", (2,))]),
        ("Rain fell 【2】.", "en", [("Rain fell.", (2,))]),
        ("[1] Rain fell.\n[2] Snow fell.", "en", [("Rain fell.", (1,)), ("Snow fell.", (2,))]),
        ("[1] [2] Rain fell.", "en", [("Rain fell.", (1, 2))]),
        ("- **Rain** fell [1].\n2. Snow fell [2].", "en", [("Rain fell.", (1,)), ("Snow fell.", (2,))]),
        (
            "Dr. Halvuni left at 5.30 p.m. [2] Rain fell.",
            "en",
            [("Dr. Halvuni left at 5.30 p.m.", (2,)), ("Rain fell.", ())],
        ),
        ("هطل المطر [١]. وتساقط الثلج [٢، ٣].", "ar", [("هطل المطر.", (1,)), ("وتساقط الثلج.", (2, 3))]),
        ("هل هطل المطر؟ [١] نعم هطل [۲].", "ar", [("هل هطل المطر؟", (1,)), ("نعم هطل.", (2,))]),
        ("Yağmur yağdı [1]!", "tr", [("Yağmur yağdı!", (1,))]),
        ("[1]", "en", []),
        ("", "en", []),
        ("A [note] and [x1] stay.", "en", [("A [note] and [x1] stay.", ())]),
    ],
)
def test_sentences_and_numbers(text: str, lang: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(sentence.text, sentence.cites) for sentence in cited_sentences(text, lang)] == expected


def test_a_huge_range_is_no_work() -> None:
    (sentence,) = cited_sentences("Rain fell [1-9999].", "en")
    assert len(sentence.cites) < 30


@given(st.text(alphabet="Ab .[]1٢,\n-", max_size=60))
def test_nothing_breaks_it_and_no_number_is_lost(text: str) -> None:
    found = cited_sentences(text, "en")
    assert all("\n" not in sentence.text for sentence in found)
    assert all(sentence.text for sentence in found)
