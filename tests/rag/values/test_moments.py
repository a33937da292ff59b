from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.values.comparing import Relation
from rag.values.moments import Moment, compare_moments, moment, without_moments

SATURDAY = date(2024, 3, 16)


@pytest.mark.parametrize(
    ("lang", "text", "written"),
    [
        ("ar", "17 نوفمبر 2022", "2022-11-17"),
        ("ar", "١٧ تشرين الثاني ٢٠٢٢", "2022-11-17"),
        ("en", "17 November 2022", "2022-11-17"),
        ("en", "on 2022-11-17", "2022-11-17"),
        ("fr", "le 17 novembre 2022", "2022-11-17"),
        ("en", "November 17", "--11-17"),
        ("ru", "17 ноября", "--11-17"),
        ("en", "November 2022", "2022-11"),
        ("en", "in 2022", "2022"),
        ("en", "May", "--05"),
        ("en", "Thursday night", "2024-03-14"),
        ("ar", "يوم الخميس", "2024-03-14"),
        ("fa", "پنجشنبه", "2024-03-14"),
        ("de", "gestern", "2024-03-15"),
        ("en", "Saturday", "2024-03-16"),
    ],
)
def test_days(lang: str, text: str, written: str) -> None:
    assert str(moment(text, lang, SATURDAY)) == written


@pytest.mark.parametrize("text", ["between 2019 and 2020", "from 3 to 5 May", "the march began", "at dawn"])
def test_no_one_day(text: str) -> None:
    assert moment(text, "en", SATURDAY) is None


def test_a_day_of_the_week_needs_the_day_of_publication() -> None:
    assert moment("Thursday", "en", None) is None


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (Moment(2022, 11, 17), Moment(2022, 11, 17), Relation.SAME),
        (Moment(None, 11, 17), Moment(2022, 11, 17), Relation.WITHIN),
        (Moment(2022, None, None), Moment(2022, 11, 17), Relation.WITHIN),
        (Moment(None, 11, 17), Moment(2022, 11, None), Relation.OPEN),
        (Moment(None, 11, 17), Moment(None, 11, 18), Relation.DIFFERENT),
        (Moment(2021, 11, 17), Moment(2022, 11, 17), Relation.DIFFERENT),
    ],
)
def test_how_days_stand(one: Moment, other: Moment, relation: Relation) -> None:
    assert compare_moments(one, other) is compare_moments(other, one) is relation


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_in_two_languages_is_the_same(day: date) -> None:
    english = f"{day.day} {day:%B} {day.year}"
    assert moment(english, "en", None) == moment(day.isoformat(), "ar", None) == Moment(day.year, day.month, day.day)


def test_dates_are_taken_out_in_place() -> None:
    text = "12 people on 3 May 2021."
    assert without_moments(text) == "12 people on " + " " * 10 + "."
