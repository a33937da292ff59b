import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.values.comparing import Relation
from rag.values.numbers import Bound, Quantity, compare_quantities, quantity


@pytest.mark.parametrize(
    ("lang", "text", "written"),
    [
        ("en", "twenty-five", "25"),
        ("en", "one hundred and twelve people", "112"),
        ("en", "three thousand two hundred", "3200"),
        ("en", "12 million", "12000000"),
        ("en", "at least 1,500", ">=1500"),
        ("en", "some 40 people", "~40"),
        ("ar", "٣", "3"),
        ("ar", "ثلاثة", "3"),
        ("ar", "خمسة وعشرون", "25"),
        ("ar", "مئة وخمسة وعشرون قتيلاً", "125"),
        ("ar", "خمسة عشر", "15"),
        ("ar", "ثلاثمئة", "300"),
        ("ar", "ما لا يقل عن 12 شخصاً", ">=12"),
        ("tr", "yirmi beş kişi", "25"),
        ("tr", "12'den fazla", ">=12"),
        ("ru", "двадцать пять человек", "25"),
        ("fr", "quatre-vingt-dix-sept", "97"),
        ("fr", "une douzaine", "~12"),
        ("fr", "un mort", "1"),
        ("es", "treinta y dos", "32"),
        ("de", "fünfundzwanzig", "25"),
        ("de", "dreihundertzwanzig", "320"),
        ("de", "1.500", "1500"),
        ("fa", "بیست و پنج", "25"),
        ("xx", "۱۴", "14"),
    ],
)
def test_figures(lang: str, text: str, written: str) -> None:
    assert str(quantity(text, lang)) == written


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "3 of 12"),
        ("en", "12 dead and 30 wounded"),
        ("ar", "12 قتيلاً و30 جريحاً"),
        ("fr", "le groupe a posé une bombe"),
        ("en", "the rebels fled"),
        ("xx", "twelve"),
    ],
)
def test_no_one_figure(lang: str, text: str) -> None:
    assert quantity(text, lang) is None


@given(st.integers(0, 10**9))
def test_digits_of_any_script(number: int) -> None:
    arabic = str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert quantity(arabic, "ar") == quantity(str(number), "en") == quantity(f"{number:,}", "en") == Quantity(number)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (Quantity(12), Quantity(12), Relation.SAME),
        (Quantity(12, Bound.AT_LEAST), Quantity(12), Relation.WITHIN),
        (Quantity(12, Bound.AT_LEAST), Quantity(15), Relation.OPEN),
        (Quantity(12), Quantity(15, Bound.AT_MOST), Relation.OPEN),
        (Quantity(15, Bound.AT_LEAST), Quantity(12), Relation.DIFFERENT),
        (Quantity(12), Quantity(15), Relation.DIFFERENT),
        (Quantity(100, Bound.ABOUT), Quantity(97), Relation.OPEN),
        (Quantity(100, Bound.ABOUT), Quantity(50), Relation.DIFFERENT),
    ],
)
def test_how_figures_stand(one: Quantity, other: Quantity, relation: Relation) -> None:
    assert compare_quantities(one, other) is compare_quantities(other, one) is relation
