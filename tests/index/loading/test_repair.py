"""Repair of extracted Arabic."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.loading.repair import repair_arabic

LOGICAL = (
    "وقالت وكالة Reuters News إن الهجوم أسفر عن مقتل 25 من عناصر المجموعة، وأضافت المصادر\n"
    "أن هذه المنطقة التي تسيطر عليها القوات (الفيلق الخامس) شهدت غارات يوم 14/3/2024 على البادية."
)
MIRROR = str.maketrans("()", ")(")


def visual(line: str) -> str:
    """The line as it is painted: from left to right, numbers and Latin words kept, brackets mirrored."""
    kept = re.sub(r"[A-Za-z]+(?: [A-Za-z]+)*|[0-9]+(?:/[0-9]+)*", lambda run: run.group()[::-1], line[::-1])
    return kept.translate(MIRROR)


def in_words(text: str) -> str:
    return re.sub("[\u0620-\u064a]+", lambda word: word.group()[::-1], text)


VISUAL = "\n".join(map(visual, LOGICAL.split("\n")))


@pytest.mark.parametrize(
    ("broken", "note"),
    [
        (VISUAL, "text was in visual order and has been reversed"),
        (in_words(VISUAL), "the words of lines were in visual order and have been reversed"),
        (in_words(LOGICAL), "the letters of words were in visual order and have been reversed"),
    ],
)
def test_visual_order(broken: str, note: str) -> None:
    repaired = repair_arabic(broken)
    assert (repaired.text, repaired.notes) == (LOGICAL, (note,))


def test_correct_text_stays() -> None:
    assert repair_arabic(LOGICAL).text == LOGICAL
    assert repair_arabic(LOGICAL).notes == ()


def test_simply_reversed_lines() -> None:
    line = "هاجمت خلايا التنظيم مواقع عسكرية في بادية الرقة."
    assert repair_arabic(line[::-1]).text == line


def test_presentation_forms() -> None:
    repaired = repair_arabic("ﺍﻟﺴﻼﻡ ﻋﻠﻴﻜﻢ ﷺ ½")
    assert repaired.text == "السلام عليكم ﷺ ½"
    assert repaired.notes == ("Arabic presentation forms were normalised",)


def test_presentation_forms_in_visual_order() -> None:
    assert repair_arabic(".ﺔﻴﺑﺮﻌﻟﺍ ﺔﻐﻠﻟﺎﺑ ﺔﺑﻮﺘﻜﻣ ﺔﻳﺭﺎﺒﺘﺧﺍ ﺓﺮﻘﻓ ﻩﺬﻫ").text == "هذه فقرة اختبارية مكتوبة باللغة العربية."


def test_swapped_lam_alef() -> None:
    repaired = repair_arabic("أعلنت السلطات األمنية واإلدارة")
    assert repaired.text == "أعلنت السلطات الأمنية والإدارة"
    assert repaired.notes == ("lam-alef ligatures in the wrong order were put right",)


def test_weak_signs_are_reported() -> None:
    assert repair_arabic("ةنيدم ىلإ العربية مدينة").notes == ()
    text = "ةنيدم ىلإ ةقرلا المدينة"
    assert repair_arabic(text).text == text
    assert repair_arabic(text).notes == (
        "the Arabic text may be in visual order; it was left as it is: compare it with the original",
    )


def test_persian_is_left_alone() -> None:
    text = "حالا در بالای کوه طلا و کالا را بالا می‌برند. حالا بالا است."
    assert repair_arabic(text).text == text


@given(st.text(alphabet=st.characters(max_codepoint=0x24F, exclude_categories=["Cs"])))
def test_text_without_arabic_is_untouched(text: str) -> None:
    assert repair_arabic(text).text == text
