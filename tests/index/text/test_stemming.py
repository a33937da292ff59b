import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.text.stemming import snowball, stem_arabic


@pytest.mark.parametrize(
    "word",
    ["الهجوم", "وهجوم", "والهجوم", "بالهجوم", "كالهجوم", "فالهجوم", "للهجوم", "وبالهجوم", "هجومها", "هجومي", "هجومه"],
)
def test_article_conjunction_preposition_and_pronoun_come_off(word: str) -> None:
    assert stem_arabic(word) == "هجوم"


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("المسلحون", "مسلح"), ("مسلحين", "مسلح"), ("مسلحان", "مسلح"),
        ("طايرات", "طاير"), ("طايره", "طاير"), ("مدنيه", "مدن"),
        ("ولد", "ولد"),  # three letters: its wa is no conjunction
        ("ال", "ال"), ("و", "و"), ("", ""), ("والد", "والد"),
    ],
)  # fmt: skip
def test_light_stems(word: str, stem: str) -> None:
    assert stem_arabic(word) == stem


@settings(max_examples=300)
@given(st.text("اببتنيهولكمس", max_size=12))
def test_a_stem_is_inside_its_word_and_keeps_two_letters(word: str) -> None:
    stem = stem_arabic(word)
    assert stem in word
    assert len(stem) >= min(len(word), 2)


@pytest.mark.parametrize(
    ("word", "lang", "stem"),
    [
        ("bridges", "en", "bridg"),
        ("войска", "ru", "войск"),
        ("brücken", "de", "bruck"),
        ("तस्वीरें", "hi", "तस्वीर"),
        ("bridges", "und", "bridges"),
        ("bridges", "zh", "bridges"),
    ],
)
def test_snowball(word: str, lang: str, stem: str) -> None:
    assert snowball(word, lang) == stem


def test_snowball_in_many_threads() -> None:
    words = [f"{word}{ending}" for word in ("attack", "bridg", "convoy") for ending in ("s", "ing", "ed", "ers")]
    expected = [snowball(word, "en") for word in words]
    wrong: list[list[str]] = []

    def work() -> None:
        for _ in range(200):
            found = [snowball(word, "en") for word in words]
            if found != expected:
                wrong.append(found)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
