"""Other reports, in other languages, that blame the same actor or carry its denial."""

import dataclasses
from datetime import date, timedelta

import pytest

from index.types import Bridged, Document
from rag.claims import Evidence, claims_from
from rag.reading.protocol import Reading
from rag.types import Stance
from tests.rag.samples import reading

QUESTION = "Who blew up the Rasvina bridge?"
DAY = date(2024, 5, 9)
BRIDGES = (Bridged("Rasvina", ("راسفينا", "расвин"), "transliteration"),)


def report(doc_id: str, lang: str, text: str, days: int | None = 0) -> Document:
    published = None if days is None else DAY + timedelta(days=days)
    return Document(doc_id=doc_id, text=text, title="", source=f"Source of {doc_id}", published=published, lang=lang)


def read(document: Document, words: str, confidence: float) -> Reading:
    made = reading(document, words, confidence)
    return dataclasses.replace(made, found=dataclasses.replace(made.found, bridged=BRIDGES))


ENGLISH = report("en", "en", "The Interior Ministry blamed the Sundral Movement for blowing up the Rasvina bridge.")
RUSSIAN = report("ru", "ru", "Министерство обвинило движение «Сундрал» в подрыве моста под Расвиной.", 1)
ARABIC = report("ar", "ar", "نفت حركة سوندرال أي صلة لها بتفجير جسر راسفينا.", 2)
SURE = read(ENGLISH, "Sundral Movement", 0.5)
BLAMED = read(RUSSIAN, "движение «Сундрал»", 0.01)
DENIED = read(ARABIC, "حركة سوندرال", 0.01)


def claims(*readings: Reading, question: str = QUESTION) -> Evidence:
    return claims_from(question, readings, 0.25)


def cited(evidence: Evidence) -> list[tuple[str, Stance | None]]:
    return [(citation.doc_id, citation.stance) for citation in evidence.citations]


def test_reports_in_other_languages_that_blame_the_same_actor_or_carry_its_denial_are_cited() -> None:
    evidence = claims(SURE, BLAMED, DENIED)
    (claim,) = evidence.claims
    assert cited(evidence) == [("en", Stance.ACCUSED), ("ru", Stance.ACCUSED), ("ar", Stance.DENIED)]
    assert (claim.answer, claim.stance, claim.independent_sources) == ("Sundral Movement", Stance.ACCUSED, 2)
    assert claim.disputed and evidence.conflict
    assert evidence.confidence == 0.5


def test_agreement_answers_nothing_that_no_report_is_read_to_tell() -> None:
    evidence = claims(dataclasses.replace(SURE, confidence=0.24), BLAMED, DENIED)
    assert (evidence.claims, evidence.confidence) == ((), 0.24)


def test_another_report_in_the_language_of_the_question_counts_as_well() -> None:
    other = report(
        "other", "en", "Villagers spoke. Analysts also suspect the Sundral Movement of the Rasvina bridge blast."
    )
    assert cited(claims(SURE, read(other, "Sundral Movement", 0.01)))[1:] == [("other", Stance.SUSPECTED)]


@pytest.mark.parametrize(
    "other",
    [
        # told plainly: the movement is only named
        read(report("ru", "ru", "Движение «Сундрал» провело съезд под Расвиной."), "Движение «Сундрал»", 0.01),
        # somebody else is blamed
        read(report("ru", "ru", "Министерство обвинило «Бурзак» в подрыве моста под Расвиной."), "«Бурзак»", 0.01),
        # nobody in particular
        read(report("ru", "ru", "Министерство обвинило боевиков в подрыве моста под Расвиной."), "боевиков", 0.01),
        # of another town
        read(report("ru", "ru", "Министерство обвинило «Сундрал» в подрыве склада в Мирзолане."), "«Сундрал»", 0.01),
        # of another time, or of none that is known
        read(dataclasses.replace(RUSSIAN, published=DAY + timedelta(days=32)), "движение «Сундрал»", 0.01),
        read(dataclasses.replace(RUSSIAN, published=None), "движение «Сундрал»", 0.01),
        # in the language of the question, of something else
        read(report("other", "en", "Police accused Sundral of robbing a Tolnara bank."), "Sundral", 0.01),
        # in a script that the search knows none of the question's names in
        dataclasses.replace(BLAMED, found=dataclasses.replace(BLAMED.found, bridged=())),
    ],
)
def test_what_is_told_of_another_actor_or_event_or_only_plainly_is_not_cited(other: Reading) -> None:
    assert cited(claims(SURE, other)) == [("en", Stance.ACCUSED)]


def test_a_copy_of_a_report_that_is_cited_is_no_further_evidence() -> None:
    copy = dataclasses.replace(BLAMED, found=dataclasses.replace(BLAMED.found, copy_of="en"))
    assert cited(claims(SURE, copy)) == [("en", Stance.ACCUSED)]


def test_the_denial_in_the_same_report_is_cited_and_its_other_mentions_are_not() -> None:
    text = (
        "The spokeswoman said that Sundral gunmen blew up the Rasvina bridge. Trains stand still. Grain is short. "
        "Bakers have closed. The Sundral Movement denied it. Police also suspect the Sundral youth."
    )
    document = report("en", "en", text, days=None)
    first, denial, other = (
        read(document, words, sure)
        for words, sure in (("Sundral gunmen", 0.5), ("The Sundral Movement", 0.1), ("the Sundral youth", 0.1))
    )
    assert cited(claims(first, denial, other)) == [("en", Stance.REPORTED), ("en", Stance.DENIED)]
    assert claims(first, denial, other).claims[0].disputed


def test_half_of_what_the_question_names_is_needed() -> None:
    many = (
        *BRIDGES,
        Bridged("Samira", ("самир",), "transliteration"),
        Bridged("Halvuni", ("халвун",), "transliteration"),
    )
    other = dataclasses.replace(BLAMED, found=dataclasses.replace(BLAMED.found, bridged=many))
    assert cited(claims(SURE, other)) == [("en", Stance.ACCUSED)]
    assert (
        len(cited(claims(SURE, dataclasses.replace(other, found=dataclasses.replace(other.found, bridged=many[:2])))))
        == 2
    )


def test_a_name_that_the_search_knows_in_one_script_is_found_in_another_by_its_sound() -> None:
    arabic = report("sure", "ar", "اتهمت الوزارة حركة سوندرال بتفجير جسر راسفينا.")
    question = "من فجر جسر راسفينا؟"
    bridged = (Bridged("راسفينا", ("rasvina",), "transliteration"),)
    evidence = claims(
        *(
            dataclasses.replace(one, found=dataclasses.replace(one.found, bridged=bridged))
            for one in (read(arabic, "حركة سوندرال", 0.5), BLAMED)
        ),
        question=question,
    )
    assert cited(evidence) == [("sure", Stance.ACCUSED), ("ru", Stance.ACCUSED)]


HURT = report("hurt", "en", "Twelve people were hurt when the Rasvina bridge blew up on 9 May 2024 near Zumrin.")
HURT_RU = report(
    "hurt-ru", "ru", "Под Расвиной 9 мая 2024 года взорван мост близ Зумрина: ранены 12 человек, задержаны 13.", 1
)


@pytest.mark.parametrize(
    ("question", "words", "others", "cited_others"),
    [
        ("How many were hurt at the Rasvina bridge?", "Twelve", ("12",), ["hurt-ru"]),
        ("How many were hurt at the Rasvina bridge?", "Twelve", ("13",), []),
        ("When did the Rasvina bridge blow up?", "9 May 2024", ("9 мая 2024 года",), ["hurt-ru"]),
        ("When did the Rasvina bridge blow up?", "9 May 2024", ("2024 года",), []),
        ("Where did the Rasvina bridge blow up?", "Zumrin", ("Зумрина",), ["hurt-ru"]),
        ("Where did the Rasvina bridge blow up?", "Zumrin", ("мост",), []),
    ],
)
def test_the_same_figure_day_or_place_in_another_report_is_cited(
    question: str, words: str, others: tuple[str, ...], cited_others: list[str]
) -> None:
    readings = [read(HURT, words, 0.5), *(read(HURT_RU, other, 0.06) for other in others)]
    assert [doc_id for doc_id, _ in cited(claims(*readings, question=question))] == ["hurt", *cited_others]
    unsure = [readings[0], *(dataclasses.replace(one, confidence=0.04) for one in readings[1:])]
    assert [doc_id for doc_id, _ in cited(claims(*unsure, question=question))] == ["hurt"]


@pytest.mark.parametrize("question", ["Who accused the Sundral Movement over the Rasvina bridge?", "Who is the mayor?"])
def test_only_who_did_it_is_corroborated(question: str) -> None:
    assert "ru" not in [doc_id for doc_id, _ in cited(claims(SURE, BLAMED, question=question))]
