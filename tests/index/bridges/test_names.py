import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bridges.names import NameWord, is_common, name_words


@pytest.mark.parametrize(
    ("question", "certain"),
    [
        ("Who carried out the attack in Khartoum?", {"Khartoum": True}),
        ("Hemedti left? When did Burhan speak?", {"Hemedti": False, "Burhan": True}),
        ("Did it happen? Burhan spoke.", {"Burhan": False}),
        ("Где жил Ньютон?", {"Ньютон": True}),
        ("WHO ATTACKED NARDUM", {"NARDUM": False}),
        ("من قتل خاشقجي؟", {"خاشقجي": False}),
        ("What happened on Monday in the North?", {}),
        ("Wo ist Darfurs Grenze in 2024?", {"Darfurs": True, "Grenze": True}),
        ("", {}),
    ],
)
def test_words_that_look_like_names(question: str, certain: dict[str, bool]) -> None:
    assert name_words(question) == tuple(NameWord(*pair) for pair in certain.items())


def test_a_name_within_a_sentence_is_certain_though_it_starts_another() -> None:
    assert name_words("Burhan spoke to Burhan") == (NameWord("Burhan", True),)


@pytest.mark.parametrize("word", ["The", "WHO", "متى", "متي", "Который", "été", "Ministre", "کدام", "क्या"])
def test_common_words_whatever_their_case_and_marks(word: str) -> None:
    assert is_common(word)


@given(st.text(max_size=60))
def test_any_question_has_words_of_its_own(question: str) -> None:
    assert all(word.text in question for word in name_words(question))
