"""Which texts are copies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.copies import are_copies, likeness, outline
from tests.index.copies.texts import ARABIC, CHINESE, OTHER, REPRINT, THAI, UPDATE, WIRE, made_up


def copies(first: str, second: str) -> bool:
    one, other = outline(first), outline(second)
    assert are_copies(one, other) == are_copies(other, one)
    return are_copies(one, other)


def test_likeness_by_hand() -> None:
    first, second = outline("a b c d e f g h"), outline("a b c d e f g x y z")
    found = likeness(first, second)  # 6 and 8 shingles, of which abc bcd cde def efg are in both
    assert (found.resemblance, found.containment) == (5 / 9, 5 / 6)
    assert (found.other_numbers, found.replaced, found.days_apart) == (0, 0, 0)
    found = likeness(outline("a b c d e f g h"), outline("a b c x e f g h"))
    assert found.replaced == 1 / 6
    found = likeness(outline("a b c 4 e f g h"), outline("a b c 5 e f g h"))
    assert found.other_numbers == 3


def test_a_reprint_with_another_head_and_a_cut_end_is_a_copy() -> None:
    assert copies(WIRE, REPRINT)


@pytest.mark.parametrize("text", [WIRE, ARABIC, CHINESE, THAI])
def test_a_text_with_its_end_cut_is_a_copy_and_a_quoted_part_is_not(text: str) -> None:
    assert copies(text, text[: int(len(text) * 0.7)])
    assert not copies(text, f"{OTHER} {text[: len(text) // 3]}")


def test_other_figures_are_another_report() -> None:
    assert not copies(WIRE, UPDATE)
    assert not copies(CHINESE, CHINESE.replace("7人", "9人"))
    assert not copies(CHINESE, CHINESE.replace("三个", "四个"))
    assert not copies(THAI, THAI.replace("12 คน", "15 คน"))
    assert not copies(ARABIC, ARABIC.replace("7 أشخاص", "٩ أشخاص"))


def test_text_added_that_changes_no_figure_makes_an_update_that_is_a_copy() -> None:
    assert copies(WIRE, f"{WIRE} The council will meet again next week, its speaker said.")
    assert not copies(WIRE, f"{WIRE} {OTHER} {made_up(1)}")


def test_datelines_days_apart_are_other_reports() -> None:
    body = "No violation of the ceasefire was recorded in the district, the monitors said in their daily bulletin."
    assert copies(f"KADRAN, March 14, 2024 - {body}", f"KADRAN, March 16, 2024 - {body}")
    assert not copies(f"KADRAN, March 14, 2024 - {body}", f"KADRAN, March 17, 2024 - {body}")


def test_a_translation_and_another_subject_are_none() -> None:
    assert not copies(WIRE, ARABIC)
    assert not copies(WIRE, OTHER)


def test_texts_that_are_too_short_are_never_copies() -> None:
    assert not copies("Photo: Reuters", "Photo: Reuters")


@given(st.integers(0, 1000), st.sets(st.integers(0, 199), max_size=6))
def test_few_words_dropped_leave_a_copy(seed: int, dropped: set[int]) -> None:
    words = made_up(seed).split()
    assert copies(" ".join(words), " ".join(word for place, word in enumerate(words) if place not in dropped))


@given(st.integers(0, 1000), st.integers(0, 199), st.integers(1, 9), st.integers(11, 99))
def test_a_number_changed_makes_another_report(seed: int, place: int, first: int, second: int) -> None:
    words = made_up(seed).split()
    one, other = [*words[:place], str(first), *words[place:]], [*words[:place], str(second), *words[place:]]
    assert not copies(" ".join(one), " ".join(other))
    assert copies(" ".join(one), " ".join(words))
