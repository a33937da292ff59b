import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bridges.similarity import similarity
from index.bridges.sounds import sounds

heard = st.text("abdefgGhHiIjJklmnopqrsStTuUvwWxYyzZ'AcCD", max_size=10)


@given(heard)
def test_a_word_is_wholly_like_itself(word: str) -> None:
    assert similarity(word, word) == (1.0 if word else 0.0)


@given(heard, heard)
def test_order_does_not_matter_and_the_bounds_hold(one: str, other: str) -> None:
    alike = similarity(one, other)
    assert alike == pytest.approx(similarity(other, one))
    assert 0.0 <= alike <= 1.0


@given(heard, heard, st.floats(0, 1))
def test_only_similarities_below_the_least_of_use_are_cut_off(one: str, other: str, least: float) -> None:
    alike, cut = similarity(one, other), similarity(one, other, least)
    assert cut == alike or (cut == 0.0 and alike < least)


def test_the_cost_of_one_exchange() -> None:
    # b for p costs 0.1; each word has two consonants and a vowel: a mass of 2.25.
    assert similarity("pat", "bat") == pytest.approx(1 - 0.1 / 2.25)


def test_the_cost_of_a_vowel_that_is_not_written() -> None:
    # a costs 0.15; the masses are 2.25 and 2.
    assert similarity("pat", "pt") == pytest.approx(1 - 0.15 / 2.125)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("Newton", "نيوتن", "انتون"),
        ("Luther", "لوثر", "لتطور"),
        ("Sadr", "صدر", "سدود"),
        ("Haftar", "حفتر", "هتلر"),
        ("Navalny", "Навальный", "Налив"),
        ("Burhan", "برهان", "برلمان"),
        ("حميدتي", "Hemedti", "committee"),
    ],
)
def test_a_name_is_more_like_itself_in_another_script_than_like_other_words(name: str, right: str, wrong: str) -> None:
    asked = sounds(name)
    assert similarity(asked, sounds(right)) > max(0.85, similarity(asked, sounds(wrong)))
