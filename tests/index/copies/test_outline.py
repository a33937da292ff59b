"""What of a text is compared."""

from datetime import date

import numpy as np
import pytest

from index.copies import outline
from index.copies.outline import shingle_spans, units
from tests.index.copies.texts import ARABIC, ARABIC_VOWELLED, CHINESE, THAI, WIRE


def test_a_text_of_five_words_has_three_shingles() -> None:
    assert shingle_spans(units("He was killed in Kadran")) == [(0, 3), (1, 4), (2, 5)]


def test_six_characters_count_as_three_words_in_a_script_without_spaces() -> None:
    assert shingle_spans(units("七人在卡德兰")) == [(0, 6), (1, 6), (2, 6), (3, 6)]
    assert shingle_spans(units("7人在卡德兰")) == [(0, 3), (1, 6), (2, 6), (3, 6)]


def test_shingles_are_ascending_and_each_once() -> None:
    shingles = outline("to be or not to be or not to be or not").shingles
    assert len(shingles) == 4  # to be or, be or not, or not to, not to be
    assert (np.diff(shingles.astype(object)) > 0).all()


def test_case_marks_and_digits_are_folded() -> None:
    assert outline(ARABIC_VOWELLED).key == outline(ARABIC).key != 0
    assert outline(WIRE.upper().replace("'", "’")).key == outline(WIRE).key


def test_of_the_dateline_only_the_day_counts() -> None:
    one = outline("KADRAN, March 14, 2024 (Sahil Press) - The bridge was closed to all traffic on Thursday.")
    assert one.day == date(2024, 3, 14)
    assert one.key == outline("OLMETH, 14 March 2024 — The bridge was closed to all traffic on Thursday.").key
    assert one.key != outline("OLMETH, 15 March 2024 — The bridge was closed to all traffic on Thursday.").key
    assert outline("The bridge was closed to all traffic on Thursday.").day is None


def test_a_headline_above_the_dateline_is_kept() -> None:
    body = "OLMETH, 14 March 2024 — The bridge was closed to all traffic on Thursday."
    assert outline(f"Traffic news\n\n{body}").key != outline(body).key


@pytest.mark.parametrize(
    "text", ["", "…", "Photo: Reuters", "one two three four five six seven", "七人在卡德兰七人在卡德兰七人在"]
)
def test_a_text_that_is_too_short_has_no_key(text: str) -> None:
    assert (outline(text).key, len(outline(text).shingles)) == (0, 0)


@pytest.mark.parametrize(
    "text", ["one two three four five six seven eight", "七人在卡德兰七人在卡德兰七人在卡", CHINESE, THAI]
)
def test_a_text_that_is_long_enough_has_one(text: str) -> None:
    assert outline(text).key != 0


def test_numbers_are_masked_where_they_stand() -> None:
    one, other = outline("they killed 7 men near the old bridge"), outline("they killed 9 men near the old bridge")
    assert np.count_nonzero(one.numbers) == 3
    assert set(one.numbers.tolist()) == set(other.numbers.tolist())
    assert len(np.intersect1d(one.shingles, other.shingles)) == 3


def test_the_key_is_the_same_on_every_machine() -> None:
    assert outline("one two three four five six seven eight").key == 14495845268216019648
