"""Joining question and passage: order, offsets, windows, capitals."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.spans.inputs import readable_case
from tests.rag.reading.spans.words import word_tokenizer


def test_question_and_passage_are_joined_as_xlm_r_joins_them() -> None:
    (window,) = word_tokenizer().windows("Who fled?", "The army fled.")
    assert window.ids.tolist() == [0, 3, 3, 3, 2, 2, 3, 3, 3, 3, 2]
    assert window.first == 6
    assert window.offsets.tolist() == [[0, 3], [4, 8], [9, 13], [13, 14]]


def test_a_long_passage_is_cut_into_windows_that_overlap() -> None:
    passage = " ".join(f"w{number}" for number in range(20))
    windows = word_tokenizer().windows("Who?", passage, max_tokens=16, stride=4)
    words = [[passage[start:end] for start, end in window.offsets] for window in windows]
    assert [len(window.ids) for window in windows] == [16, 16, 14]
    assert words[0][-4:] == words[1][:4]
    assert [word for group in words for word in group[: None if group is words[-1] else -4]] == passage.split()


def test_a_passage_without_words_has_no_window() -> None:
    assert word_tokenizer().windows("Who?", " \n ") == []


@given(st.text(max_size=60), st.integers(12, 40))
def test_every_character_of_a_word_is_in_a_window(passage: str, room: int) -> None:
    windows = word_tokenizer().windows("Who fled?", passage, max_tokens=room, stride=3)
    covered = np.zeros(len(passage), dtype=bool)
    for window in windows:
        for start, end in window.offsets:
            covered[start:end] = True
    assert all(covered[place] or character.isspace() for place, character in enumerate(passage))
    assert all(len(window.ids) <= room for window in windows)


@given(st.text(max_size=40))
def test_lower_case_keeps_every_place(text: str) -> None:
    assert len(readable_case(text)) == len(text)


def test_a_telex_is_read_in_lower_case_and_an_acronym_is_not() -> None:
    assert readable_case("ARMY UNITS FLED TO İZMİT") == "army units fled to İzmİt"
    assert readable_case("The FMLN fled.") == "The FMLN fled."
    assert readable_case("فرّ الجيش") == "فرّ الجيش"
