import pytest

from eval.generated.counting import PERSON, ArabicNoun, Case, attach_li, count_arabic, count_english, words_english

SHELL = ArabicNoun("قذيفة", "قذائف")


@pytest.mark.parametrize(
    ("number", "persons", "shells"),
    [
        (1, "شخص واحد", "قذيفة واحدة"),
        (2, "شخصان", "قذيفتان"),
        (3, "3 أشخاص", "3 قذائف"),
        (4, "4 أشخاص", "4 قذائف"),
        (5, "5 أشخاص", "5 قذائف"),
        (6, "6 أشخاص", "6 قذائف"),
        (7, "7 أشخاص", "7 قذائف"),
        (8, "8 أشخاص", "8 قذائف"),
        (9, "9 أشخاص", "9 قذائف"),
        (10, "10 أشخاص", "10 قذائف"),
        (11, "11 شخصاً", "11 قذيفة"),
        (12, "12 شخصاً", "12 قذيفة"),
        (99, "99 شخصاً", "99 قذيفة"),
        (100, "100 شخص", "100 قذيفة"),
        (102, "102 شخص", "102 قذيفة"),
        (103, "103 أشخاص", "103 قذائف"),
        (111, "111 شخصاً", "111 قذيفة"),
    ],
)
def test_arabic_nouns_follow_the_number_that_counts_them(number: int, persons: str, shells: str) -> None:
    assert count_arabic(number, PERSON) == persons
    assert count_arabic(number, SHELL) == shells


@pytest.mark.parametrize(
    ("case", "one", "two"),
    [
        ("nominative", "شخص واحد", "شخصان"),
        ("accusative", "شخصاً واحداً", "شخصين"),
        ("genitive", "شخص واحد", "شخصين"),
    ],
)
def test_one_and_two_show_their_case(case: Case, one: str, two: str) -> None:
    assert count_arabic(1, PERSON, case) == one
    assert count_arabic(2, PERSON, case) == two
    assert count_arabic(3, PERSON, case) == "3 أشخاص"


def test_nothing_is_not_counted() -> None:
    with pytest.raises(ValueError, match="there is none"):
        count_arabic(0, PERSON)


def test_li_swallows_the_alef_of_the_article_only() -> None:
    assert attach_li("الانفجار") == "للانفجار"
    assert attach_li("اغتيال القاضي") == "لاغتيال القاضي"


def test_english_spells_numbers_below_ten() -> None:
    assert count_english(9, "person", "people") == "nine people"
    assert count_english(10, "person", "people") == "10 people"
    assert [words_english(number) for number in (13, 30, 58)] == ["thirteen", "thirty", "fifty-eight"]
