import unicodedata

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from index.text.folding import fold_arabic, fold_case, fold_digits, fold_latin
from tests.index.text.strategies import texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("İSTANBUL", "istanbul"),
        ("I\u0307stanbul", "istanbul"),
        ("МОСКВА", "москва"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("ΟΔΟΣ", "οδοσ"),
        ("e\u0301", "é"),
        ("الهجوم", "الهجوم"),
    ],
)
def test_fold_case(text: str, expected: str) -> None:
    assert fold_case(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
        ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
        ("०१२", "012"),
        ("４２", "42"),
        ("a1", "a1"),
        ("½", "½"),
    ],
)
def test_fold_digits(text: str, expected: str) -> None:
    assert fold_digits(text) == expected


def test_a_digit_unknown_to_python_stays() -> None:
    digits = regex.findall(r"\p{Nd}", "".join(map(chr, range(0x110000))))
    assert len(digits) > 600
    for digit in digits:
        assert fold_digits(digit) == str(unicodedata.decimal(digit, digit))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أحمد إحمد آحمد ٱحمد", "احمد احمد احمد احمد"),
        ("مستشفى", "مستشفي"),
        ("مدرسة", "مدرسه"),
        ("مُدَرِّسَةٌ", "مدرسه"),
        ("كتــــاب", "كتاب"),
        ("یکی", "يكي"),
        ("گرگ", "كرك"),
        ("مسؤول", "مسوول"),
        ("بئر", "بير"),
    ],
)
def test_fold_arabic(text: str, expected: str) -> None:
    assert fold_arabic(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("é ñ ü ç", "e n u c"),
        ("Łódź".lower(), "lodz"),
        ("ısı", "isi"),
        ("ø đ", "o d"),
        ("a\u0301\u0302b", "ab"),
        ("ά", "α"),
        ("й", "й"),
        ("कि", "कि"),
        ("が", "が"),
    ],
)
def test_fold_latin_takes_marks_from_latin_and_greek_letters_only(text: str, expected: str) -> None:
    assert fold_latin(text) == expected


@settings(max_examples=200, deadline=None)
@given(texts, st.sampled_from([fold_arabic, fold_latin, fold_digits]))
def test_folding_twice_changes_nothing_more(text: str, fold: object) -> None:
    assert callable(fold)
    once = fold(text)
    assert fold(once) == once
