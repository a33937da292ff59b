"""Dates and datelines."""

from datetime import date

import pytest

from index.loading.datelines import Dateline, find_dateline
from index.loading.dates import date_of_file_name, parse_date

TODAY = date(2026, 6, 1)
PI_DAY = date(2024, 3, 14)


@pytest.mark.parametrize(
    "value",
    [
        "2024-03-14",
        "2024-03-14T23:30:00+03:00",
        "2024-03-14 10:00:00.000",
        "20240314",
        "2024/3/14",
        "14/03/2024",
        "03/14/2024",
        "14.3.2024",
        "March 14th, 2024",
        "Thu, 14 Mar 2024 10:00:00 +0000",
        "14 marzo 2024",
        "14. März 2024",
        "١٤ آذار ٢٠٢٤",
        "14 مارس 2024",
        "2024年3月14日",
        "1710410400",
        "14 marca 2024",  # Polish: by dateparser
    ],
)
def test_field(value: str) -> None:
    assert parse_date(value, TODAY) == PI_DAY


@pytest.mark.parametrize(
    "value", ["", "March 2024", "yesterday", "2024-13-45", "۲۴ اسفند ۱۴۰۲", "4 رمضان 1445", "1402-12-24"]
)
def test_field_is_not_guessed(value: str) -> None:
    assert parse_date(value, TODAY) is None


def test_two_digit_years() -> None:
    assert parse_date("3 JAN 90", TODAY) == date(1990, 1, 3)
    assert parse_date("3 JAN 24", TODAY) == date(2024, 1, 3)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("BEIRUT, March 14, 2024 (Agency) - Two people", "Agency"),
        ("SAN SALVADOR, 14 MAR 24 -- [REPORT] [COPREFA]", ""),
        ("PRAGUE (CZECHOSLOVAKIA), 14 MAR 24 (EFE) -- [TEXT]", "EFE"),
        ("دمشق - 14 آذار 2024 (سانا) - أعلنت السلطات", "سانا"),
        ("دمشق (سانا) - 14 آذار 2024: أعلنت السلطات", "سانا"),
        ("بيروت، ١٤ آذار/مارس ٢٠٢٤ (وكالة الساحل) – قال", "وكالة الساحل"),
        ("الرياض 04 رمضان 1445 هـ الموافق 14 مارس 2024 م (واس) - نص", "واس"),
        ("Madrid, 14 de marzo de 2024 (EFE).- Texto", "EFE"),
        ("Paris, jeudi 14 mars 2024 (AFP) - Texte", "AFP"),
        ("Berlin, 14. März 2024 (dpa) - Text", "dpa"),
        ("ANKARA, 14 Mart 2024 (AA) - Metin", "AA"),
        ("МОСКВА, 14 марта 2024 года. /ТАСС/. Текст", "ТАСС"),
        ("تهران - ۱۴ مارس ۲۰۲۴ (ایرنا) - متن", "ایرنا"),
        ("A headline\n\nPublished: March 14, 2024\n\nText", ""),
        ("عنوان\n\nتاريخ النشر: 14/03/2024\nنص", ""),
        ("Thursday, March 14, 2024 10:30 GMT\nText", ""),
    ],
)
def test_dateline(text: str, agency: str) -> None:
    found = find_dateline(text, TODAY)
    assert found is not None
    assert (found.published, found.agency) == (PI_DAY, agency)


def test_levantine_month() -> None:
    assert find_dateline("حلب، 2 شباط 2023 (وكالة) - نص", TODAY) == Dateline(date(2023, 2, 2), "وكالة", 26)
    assert find_dateline("حلب، 2 كانون الثاني 2023 - نص", TODAY) == Dateline(date(2023, 1, 2), "", 26)


def test_end_of_a_dateline_is_after_its_dash() -> None:
    text = "BEIRUT, March 14, 2024 (Agency) -- The text"
    found = find_dateline(text, TODAY)
    assert found is not None
    assert text[found.end :] == " The text"


def test_persian_month_with_the_ezafe_mark() -> None:
    assert find_dateline("تهران، ۱۴ مهٔ ۲۰۲۳ (خبرگزاری) — متن", TODAY) == Dateline(date(2023, 5, 14), "خبرگزاری", 31)


@pytest.mark.parametrize(
    "text",
    [
        "The truce of 14 March 2024 was broken.",
        "On 14 March 2024 - a day after the attack - they met.",
        "In Beirut, 14 March 2024 -- a day",
        "وقال في 14 آذار 2024 - كذا",
        "نجيب محفوظ (11 ديسمبر 1911 - 30 أغسطس 2006) روائي مصري",
        "KABUL, 3 JAN 2099 -- in the future",
        "TEGUCIGALPA, 7 FEB (REUTER) -- without a year",
        "تهران، ۲۴ اسفند ۱۴۰۲ - متن",
        "x" * 400 + "\nBEIRUT, March 14, 2024 - too far down",
    ],
)
def test_no_dateline(text: str) -> None:
    assert find_dateline(text, TODAY) is None


def test_file_name() -> None:
    assert date_of_file_name("2024-03-14_apopa.txt", TODAY) == PI_DAY
    assert date_of_file_name("apopa 2024-03-14.txt", TODAY) is None
    assert date_of_file_name("2027-03-14.txt", TODAY) is None
