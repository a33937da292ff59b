"""Where and when a question is set, and what of reports is set there. All places and events are invented."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from index.text.analysis import FoldingAnalyzer
from index.types import Bridged, Document
from rag.reading.places import places_told
from rag.reading.scene import ABSENT, ASIDE, ELSEWHERE, PAST, Scene
from tests.rag.samples import found

FIRE = "Who set the mill fire in Nardum?"
ARABIC_FIRE = "من نفذ إحراق المصنع في كدران؟"


def equal_weights(terms: Sequence[str]) -> NDArray[np.float64]:
    return np.ones(len(terms))


def factor(
    question: str, sentence: str, *, lang: str = "en", title: str = "", before: str = "", source: str = "",
    bridged: tuple[Bridged, ...] = (), published: date | None = date(2024, 6, 1),
) -> float:  # fmt: skip
    document = Document("one.txt", f"{before}{sentence}", title=title, lang=lang, source=source, published=published)
    passage = found(document)
    passage = type(passage)(**{**{name: getattr(passage, name) for name in passage.__slots__}, "bridged": bridged})
    return Scene(question, FoldingAnalyzer(), equal_weights).factor(passage, sentence)


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("Who sabotaged the bridge in Vexholm in March 2024?", "en", ["Vexholm"]),
        ("Shots were heard in the Wardusa quarter and at New Olmeth.", "en", ["New Olmeth"]),
        ("It happened in the morning, at noon.", "en", []),
        ("من نفذ الهجوم في مدينة كدران في آذار؟", "ar", ["كدران"]),
        ("تبنى التنظيم الهجوم في بيان نشر في السوق", "ar", []),
        ("Кто взорвал мост в городе Надруме в марте?", "ru", ["Надруме"]),
        ("Qui a attaqué le marché à Nardoume ?", "fr", ["Nardoume"]),
        ("¿Quién atacó el mercado en la ciudad de Nardum?", "es", ["Nardum"]),
        ("Wer hat den Markt in Nardum angegriffen?", "de", ["Nardum"]),
        ("Nardum'daki pazara kim saldırdı?", "tr", ["Nardum"]),
        ("چه کسی به بازار در شهر کدران حمله کرد؟", "fa", ["کدران"]),
        ("谁袭击了市场?", "zh", []),
    ],
)
def test_places_are_told_by_the_words_before_them(text: str, lang: str, names: list[str]) -> None:
    assert [" ".join(told.name) for told in places_told(text, lang)] == names


@pytest.mark.parametrize(
    ("question", "sentence", "lang", "expected"),
    [
        (FIRE, "The Brigade set the mill fire in Nardum.", "en", 1.0),
        (FIRE, "A court blamed the Brigade for the mill fire in Harvosk.", "en", ELSEWHERE),
        (FIRE, "A court blamed the Brigade for the fires in Harvosk and in Nardum.", "en", 1.0),
        (FIRE, "The Brigade robbed the bank in Nardum in 2019.", "en", PAST),
        (FIRE, "The Brigade set the fire in Nardum in 2019.", "en", 1.0),
        (FIRE, "The Brigade said that it had set the mill alight.", "en", ABSENT),
        ("Who set the mill fire?", "A court blamed the Brigade for the mill fire in Harvosk.", "en", 1.0),
        (ARABIC_FIRE, "تبنت الكتائب إحراق المصنع في كدران.", "ar", 1.0),
        (ARABIC_FIRE, "تبنت الكتائب إحراق المصنع في سيرو.", "ar", ELSEWHERE),
        (ARABIC_FIRE, "تبنت الكتائب السطو على المصرف في كدران عام 2019.", "ar", PAST),
    ],
)  # fmt: skip
def test_the_same_elsewhere_is_not_what_was_asked_about(
    question: str, sentence: str, lang: str, expected: float
) -> None:
    assert factor(question, sentence, lang=lang) == expected


def test_a_report_set_at_the_place_need_not_name_it_in_each_sentence() -> None:
    sentence = "The Brigade said that it had set the mill alight."
    filling = "Bakers asked for a cut in the tax on fuel. It was a cold day for the time of the year. "
    assert factor(FIRE, sentence, title="Nardum: mill burns") == 1.0
    assert (
        factor(FIRE, sentence, before=f"The mill of Nardum burned to the ground on Friday, crews said. {filling}")
        == 1.0
    )
    assert factor(FIRE, sentence, before=f"{filling}People had come from Nardum. ") == 1.0
    assert factor(FIRE, sentence, before=f"{filling}The mill in Nardum was insured. {filling}") == ASIDE
    assert factor(FIRE, sentence, before=f"{filling}A match in Nardum was put off. {filling}") == ABSENT


def test_the_place_in_the_name_of_a_source_sets_no_scene() -> None:
    text = "Harvosk, 12 May 2024 (The Nardum Post) — The Brigade said that it had set the mill alight."
    assert factor(FIRE, text, source="The Nardum Post") == ABSENT


def test_a_part_of_the_town_where_a_report_is_set_is_no_other_place() -> None:
    title = "Mill fire in Wardusa, outside Nardum"
    assert factor(FIRE, "The Brigade claimed the mill fire in Wardusa.", title=title) == 1.0
    assert factor(FIRE, "The Brigade claimed the mill fire in Harvosk.", title=title) == ELSEWHERE


def test_across_languages_a_place_counts_as_missing_only_where_the_search_knows_its_name() -> None:
    sentence = "تبنت الكتائب إحراق المصنع في سيرو."
    known = (Bridged("Nardum", ("ناردوم",), "transliteration"),)
    assert factor(FIRE, sentence, lang="ar") == 1.0
    assert factor(FIRE, sentence, lang="ar", bridged=known) == ABSENT
    assert factor(FIRE, "تبنت الكتائب إحراق المصنع في ناردوم.", lang="ar", bridged=known) == 1.0
    assert factor(FIRE, sentence, lang="ar", bridged=known, title="Nardum") == 1.0
    in_latin = (Bridged("كدران", ("kadran",), "transliteration"),)
    assert factor(ARABIC_FIRE, "تبنت الكتائب إحراق المصنع.", lang="ar", bridged=in_latin, title="Kadran fire") == 1.0


def test_what_was_published_before_the_day_asked_about_cannot_tell_of_it() -> None:
    question = "Who set the mill fire on 12 May 2024?"
    sentence = "The Brigade set the mill fire."
    assert factor(question, sentence, published=date(2024, 5, 11)) == ABSENT
    assert factor(question, sentence, published=date(2024, 5, 12)) == 1.0
    assert factor(question, sentence, published=None) == 1.0
    assert factor(question, "The Brigade claimed the mill fire of 3 January 2024.") == PAST
    assert factor(question, "On 14 May 2024 the Brigade claimed the mill fire.") == 1.0
    assert factor(question, "The Brigade admitted to a mill fire in 2019.") == PAST
    assert factor(question, "The Brigade had threatened the mill since 2023; in 2024 it burned.") == 1.0


def test_where_another_sentence_tells_the_day_one_that_tells_another_place_is_of_something_else() -> None:
    question = "Where did the mill fire on 12 May 2024 take place?"
    dated = "Fire broke out at the old mill in Nardum in the night of 12 May 2024. "
    other = "The valley has not recovered from the mill fire in Harvosk."
    assert factor(question, other, before=dated) == PAST
    assert (
        factor(question, other, before="Fire broke out at the old mill by the river in the night of 12 May 2024. ")
        == 1.0
    )
    assert factor(question, other, before=dated, title="Nardum and Harvosk mourn") == 1.0
    assert factor(question, "Flames were seen from far away.", before=dated) == 1.0
    assert factor("Where was the mill fire?", other, before=dated) == 1.0


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Who attacked the market in Syria?", "en"),
        ("من هاجم السوق في السعودية؟", "ar"),
        ("A BOMB WENT OFF IN THE MARKET IN HARVOSK.", "en"),
    ],
)
def test_countries_and_words_all_in_capitals_tell_no_place(text: str, lang: str) -> None:
    assert places_told(text, lang) == []


def test_whom_the_question_names_tells_the_event_better_than_its_place() -> None:
    question = "Who kidnapped Amina Selvar in Nardum?"
    assert factor(question, "The Brigade kidnapped Amina Selvar, an engineer.") == 1.0
    assert factor(question, "The Brigade kidnapped Karim Odran, an engineer.") == ABSENT


def test_a_question_for_no_event_is_set_nowhere() -> None:
    assert factor("What is the mill called in Nardum?", "The mill is called the Old Wheel.") == 1.0
