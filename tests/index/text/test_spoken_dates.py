import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.pipeline import Pipeline
from index.text.analysis import FoldingAnalyzer
from index.text.chunking import Chunking
from index.text.spoken_dates import spoken_date
from index.types import Document
from tests.fakes import HashEmbedder

LANGS = ["ar", "de", "en", "es", "fa", "fr", "ru", "tr"]


@pytest.mark.parametrize(
    ("lang", "month", "words"),
    [
        ("ar", 1, "9 يناير كانون الثاني 1990"),
        ("ar", 4, "9 أبريل نيسان 1990"),
        ("ar", 12, "9 ديسمبر كانون الأول 1990"),
        ("de", 3, "9 März 1990"),
        ("en", 9, "9 September 1990"),
        ("es", 1, "9 enero 1990"),
        ("fa", 5, "9 مه 1990"),
        ("fr", 8, "9 août 1990"),
        ("ru", 5, "9 мая 1990"),
        ("tr", 12, "9 Aralık 1990"),
        ("so", 12, "9 1990"),
        ("und", 1, "9 1990"),
    ],
)
def test_a_day_in_the_words_of_a_language(lang: str, month: int, words: str) -> None:
    assert spoken_date(date(1990, month, 9), lang) == words


def test_english_months_are_those_of_the_standard_library() -> None:
    for month in range(1, 13):
        assert spoken_date(date(2022, month, 30 if month != 2 else 28), "en").split()[1] == calendar.month_name[month]


@pytest.mark.parametrize("lang", LANGS)
def test_every_month_has_a_name_of_its_own(lang: str) -> None:
    names = {spoken_date(date(2022, month, 7), lang).removeprefix("7 ").removesuffix(" 2022") for month in range(1, 13)}
    assert len(names) == 12
    assert all(name.replace(" ", "").isalpha() for name in names)


@given(day=st.dates(), lang=st.sampled_from([*LANGS, "xx"]))
def test_day_and_year_stand_around_the_month_in_plain_words(day: date, lang: str) -> None:
    words = spoken_date(day, lang).split(" ")
    assert (words[0], words[-1]) == (str(day.day), str(day.year))
    assert all(word.isalnum() for word in words)
    assert (len(words) == 2) == (lang == "xx")


@pytest.mark.parametrize(
    ("lang", "question"),
    [("ar", "١٦ نيسان ٢٠٢٢"), ("ar", "16 أبريل 2022"), ("en", "16 April 2022"), ("tr", "16 Nisan 2022"),
     ("ru", "16 апреля 2022"), ("so", "16 2022")],
)  # fmt: skip
def test_a_question_that_names_the_day_has_the_terms_of_its_passages(lang: str, question: str) -> None:
    pipeline = Pipeline(HashEmbedder(), FoldingAnalyzer(), Chunking(40, 8))
    document = Document("a", "xyz", published=date(2022, 4, 16), lang=lang)
    (passage,) = pipeline.passages(document)
    asked = set(pipeline.analyzer.query_terms(question, [lang]))
    assert asked and asked <= set(pipeline.terms(document, passage))
    undated = Document("a", "xyz", lang=lang)
    assert pipeline.terms(undated, passage) == ["xyz"]
