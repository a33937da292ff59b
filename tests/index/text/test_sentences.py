import time

import pytest
from hypothesis import example, given, settings

from index.text.sentences import sentence_spans, trim
from tests.index.text.strategies import langs, texts


def sentences(text: str, lang: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, lang)]


@settings(max_examples=400, deadline=None)
@given(texts, langs)
@example("x\n \n\u2028y", "en")
@example("؛\n؛", "ar")
def test_spans_are_ordered_trimmed_and_cover_every_character_that_is_not_white_space(text: str, lang: str) -> None:
    spans = sentence_spans(text, lang)
    previous = 0
    for start, end in spans:
        assert previous <= start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert text[previous:start].strip() == ""
        previous = end
    assert text[previous:].strip() == ""


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ar", "قال د. أحمد إن الهجوم وقع. ثم غادر.", ["قال د. أحمد إن الهجوم وقع.", "ثم غادر."]),
        ("en", "Dr. Smith said so. He left.", ["Dr. Smith said so.", "He left."]),
        ("und", "Dr. Smith said so. He left.", ["Dr. Smith said so.", "He left."]),
        ("en", "It fell to 3.14 percent. Then it rose.", ["It fell to 3.14 percent.", "Then it rose."]),
        ("en", "The U.S. army came. It left.", ["The U.S. army came.", "It left."]),
        ("ar", "بلغت النسبة 3.14 في المئة. ثم ارتفعت.", ["بلغت النسبة 3.14 في المئة.", "ثم ارتفعت."]),
        ("ru", "Это было в 1941 г. в Москве. Потом ушли.", ["Это было в 1941 г. в Москве.", "Потом ушли."]),
        ("en", "J. Smith met A. B. Jones. They left.", ["J. Smith met A. B. Jones.", "They left."]),
    ],
)
def test_abbreviations_initials_and_decimals_stay_whole(lang: str, text: str, expected: list[str]) -> None:
    assert sentences(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "They came. Who? Run! End", ["They came.", "Who?", "Run!", "End"]),
        ("ar", "جاؤوا؟ نعم؛ ثم غادروا. انتهى", ["جاؤوا؟", "نعم؛", "ثم غادروا.", "انتهى"]),
        ("ur", "وہ آیا۔ وہ گیا۔", ["وہ آیا۔", "وہ گیا۔"]),
        ("zh", "他来了。我走了！真的？", ["他来了。", "我走了！", "真的？"]),
        ("hi", "वह आया। मैं गया।", ["वह आया।", "मैं गया।"]),
    ],
)
def test_sentences_end_at_the_full_stops_of_every_script(lang: str, text: str, expected: list[str]) -> None:
    assert sentences(text, lang) == expected


def test_characters_beyond_the_basic_plane_count_as_one() -> None:
    assert sentences("😀 Hello there. 🇸🇾 Bye now. 𐤀𐤁") == ["😀 Hello there.", "🇸🇾 Bye now.", "𐤀𐤁"]


def test_a_line_break_ends_a_sentence_in_text_that_is_not_wrapped() -> None:
    assert sentences("Headline\nThe first line \r\n  The second\n\n\nThe third") == [
        "Headline",
        "The first line",
        "The second",
        "The third",
    ]


WRAPPED = """\
The convoy left the village before dawn and took the road
that follows the river down to the old bridge, where a group
of soldiers had waited since the evening. Nobody knew who had
told them. The first shots fell when the second truck reached
the middle of the bridge and the drivers tried to turn around
on the narrow road, which was blocked by the burning vehicle.

The governor said on Sunday that the attack had been expected
by the police and that the ministry had been warned about it."""


def test_line_breaks_inside_hard_wrapped_text_are_spaces() -> None:
    found = sentences(WRAPPED)
    assert found[0].startswith("The convoy left")
    assert found[0].endswith("since the evening.")
    assert found[1:2] == ["Nobody knew who had\ntold them."]
    assert [sentence.split()[0] for sentence in found] == ["The", "Nobody", "The", "The"]


def test_a_blank_line_ends_a_sentence_in_hard_wrapped_text() -> None:
    found = sentences(WRAPPED.replace("burning vehicle.\n\n", "burning vehicle\n \n"))
    assert found[-2].endswith("burning vehicle")
    assert found[-1].startswith("The governor")


def test_short_lines_are_not_taken_for_wrapped_text() -> None:
    assert len(sentences("\n".join(["a list item"] * 8))) == 8


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\u2028", "\x1c"])
def test_white_space_has_no_sentences(text: str) -> None:
    assert sentence_spans(text, "en") == []


@pytest.mark.parametrize("text", ["a" + " " * 60_000 + "b", "a" * 200_000, "a\n" + " " * 60_000 + "\n", ".\t" * 30_000])
def test_monsters_take_no_quadratic_time(text: str) -> None:
    began = time.process_time()
    assert sentence_spans(text, "en")
    assert time.process_time() - began < 2


def test_trim() -> None:
    assert trim(" \u3000ab\n ", 0, 6) == (2, 4)
    start, end = trim("   ", 0, 3)
    assert start == end
