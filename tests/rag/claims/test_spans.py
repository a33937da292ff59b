"""Short answers from several reports, in several languages, as claims."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.types import Document
from rag.claims import Evidence, claims_from
from rag.reading.protocol import Reading
from rag.types import Stance
from tests.rag.samples import reading

WHO, WHEN, HOW_MANY = "Who blew up the bridge?", "When was the bridge blown up?", "How many were killed?"


def report(doc_id: str, text: str, lang: str = "en", day: int | None = None, source: str = "") -> Document:
    return Document(doc_id, text, source=source, lang=lang, published=date(2024, 3, day) if day else None)


def answers(evidence: Evidence) -> list[tuple[str, tuple[int, ...], int]]:
    return [(claim.answer, claim.citations, claim.independent_sources) for claim in evidence.claims]


ACCUSED = report("accused.txt", "The army accused the Zarfan Brigades of blowing up the bridge.")
DENIED = report("denied.txt", "The Zarfan Brigades denied any part in the attack on the bridge.")
ARABIC = report("arabic.txt", "قال سكان إن كتائب زرفان فجرت الجسر ليلاً.", "ar")
FALCONS = report("falcons.txt", "Residents said that the Falcons blew up the bridge.")


def test_one_claim_across_languages_with_all_its_citations() -> None:
    evidence = claims_from(
        WHO, [reading(ACCUSED, "the Zarfan Brigades", 0.9), reading(ARABIC, "كتائب زرفان", 0.8)], 0.5
    )
    assert answers(evidence) == [("the Zarfan Brigades", (1, 2), 2)]
    assert [(one.stance, one.speaker) for one in evidence.citations] == [
        (Stance.ACCUSED, "The army"),
        (Stance.REPORTED, "سكان"),
    ]
    assert not evidence.conflict


@pytest.mark.parametrize(
    ("question", "answer", "stance", "speaker"),
    [
        ("Who accused the Zarfan Brigades?", "The army", Stance.REPORTED, None),
        ("Who accused the Zarfan Brigades?", "the Zarfan Brigades", Stance.ACCUSED, "The army"),
        (WHO, "the Zarfan Brigades", Stance.ACCUSED, "The army"),
        (WHO, "The army", Stance.ACCUSED, None),
    ],
)
def test_asked_for_the_accuser_it_is_not_the_accuser_who_is_accused(
    question: str, answer: str, stance: Stance, speaker: str | None
) -> None:
    (citation,) = claims_from(question, [reading(ACCUSED, answer, 0.9)], 0.5).citations
    assert (citation.stance, citation.speaker) == (stance, speaker)


def test_an_accusation_and_a_denial_are_one_claim_that_shows_both() -> None:
    denial, accusation = reading(DENIED, "The Zarfan Brigades", 0.95), reading(ACCUSED, "the Zarfan Brigades", 0.9)
    evidence = claims_from(WHO, [denial, accusation], 0.5)
    (claim,) = evidence.claims
    assert (claim.stance, claim.speaker, claim.independent_sources, claim.disputed) == (
        Stance.ACCUSED, "The army", 1, True,
    )  # fmt: skip
    assert [(one.doc_id, one.stance, one.speaker) for one in evidence.citations] == [
        ("accused.txt", Stance.ACCUSED, "The army"),
        ("denied.txt", Stance.DENIED, "The Zarfan Brigades"),
    ]
    assert evidence.conflict


def test_one_report_may_accuse_and_deny() -> None:
    text = "The army accused the Falcons of the blast at the bridge. The Falcons denied it."
    document = report("both.txt", text)
    readings = [reading(document, "the Falcons", 0.9), reading(document, "The Falcons", 0.8)]
    evidence = claims_from(WHO, readings, 0.5)
    (claim,) = evidence.claims
    assert (claim.citations, claim.independent_sources, claim.disputed) == ((1, 2), 1, True)
    assert [one.stance for one in evidence.citations] == [Stance.ACCUSED, Stance.DENIED]


def test_nothing_but_denials_come_last_and_contradict_nobody() -> None:
    evidence = claims_from(
        WHO, [reading(DENIED, "The Zarfan Brigades", 0.9), reading(FALCONS, "the Falcons", 0.7)], 0.5
    )
    assert [(claim.answer, claim.stance) for claim in evidence.claims] == [
        ("the Falcons", Stance.REPORTED),
        ("The Zarfan Brigades", Stance.DENIED),
    ]
    assert (evidence.conflict, evidence.confidence) == (False, 0.7)


def test_asked_who_denies_the_denial_answers() -> None:
    readings = [reading(ACCUSED, "the Zarfan Brigades", 0.9), reading(DENIED, "The Zarfan Brigades", 0.8)]
    (claim,) = claims_from("Who denied the attack on the bridge?", readings, 0.5).claims
    assert (claim.stance, claim.independent_sources) == (Stance.DENIED, 1)


def test_two_sources_weigh_more_than_one_that_is_surer() -> None:
    other = report("other.txt", "Smugglers blew up the bridge.", source="Sahil Press")
    again = report("again.txt", "The bridge fell to smugglers, drivers said.", source="River Agency")
    readings = [
        reading(FALCONS, "the Falcons", 0.8),
        reading(other, "Smugglers", 0.7),
        reading(again, "smugglers", 0.65),
    ]
    evidence = claims_from(WHO, readings, 0.5)
    # 1 - 0.3 · 0.35 = 0.895 is above 0.8
    assert answers(evidence) == [("Smugglers", (1, 2), 2), ("the Falcons", (3,), 1)]
    assert (evidence.confidence, evidence.conflict) == (0.7, True)
    copied = dataclasses.replace(readings[2], found=dataclasses.replace(readings[2].found, copy_of="other.txt"))
    assert claims_from(WHO, [*readings[:2], copied], 0.5).claims[0].answer == "the Falcons"


def test_two_that_are_blamed_together_do_not_contradict() -> None:
    document = report("both.txt", "The army blamed the Falcons and the Zarfan Brigades for the blast.")
    readings = [reading(document, "the Falcons", 0.9), reading(document, "the Zarfan Brigades", 0.8)]
    evidence = claims_from(WHO, readings, 0.5)
    assert (len(evidence.claims), evidence.conflict) == (2, False)


def test_gunmen_contradict_nobody() -> None:
    gunmen = report("gunmen.txt", "Three gunmen blew up the bridge.")
    evidence = claims_from(WHO, [reading(gunmen, "Three gunmen", 0.9), reading(FALCONS, "the Falcons", 0.8)], 0.5)
    assert (len(evidence.claims), evidence.conflict) == (2, False)


def test_the_army_joins_its_full_name_only_where_a_report_tells_that() -> None:
    full = report("full.txt", "The National Liberation Army blew up the bridge.")
    tells = report("tells.txt", "The National Liberation Army came at night. The bridge fell to the Army.")
    other = report("other.txt", "The bridge fell to the Army.")
    named = reading(full, "The National Liberation Army", 0.9)
    assert len(claims_from(WHO, [named, reading(tells, "the Army", 0.8)], 0.5).claims) == 1
    evidence = claims_from(WHO, [named, reading(other, "the Army", 0.8)], 0.5)
    assert (len(evidence.claims), evidence.conflict) == (2, False)


def test_a_part_of_two_names_stays_by_itself() -> None:
    reports = [
        report("one.txt", "Anton Halvuni blew up the bridge."),
        report("two.txt", "Darin Halvuni blew up the bridge."),
        report("three.txt", "Halvuni blew up the bridge."),
    ]
    names = ["Anton Halvuni", "Darin Halvuni", "Halvuni"]
    readings = [reading(document, name, 0.9) for document, name in zip(reports, names, strict=True)]
    assert len(claims_from(WHO, readings, 0.5).claims) == 3
    assert len(claims_from(WHO, readings[::2], 0.5).claims) == 1


def test_an_abbreviation_that_a_report_puts_in_brackets() -> None:
    full = report("full.txt", "The bridge fell to the Front of Zumrin Farmers (FZF).")
    short = report("short.txt", "The FZF blew up the bridge.")
    readings = [reading(full, "the Front of Zumrin Farmers", 0.9), reading(short, "FZF", 0.8)]
    assert answers(claims_from(WHO, readings, 0.5)) == [("the Front of Zumrin Farmers", (1, 2), 2)]


def test_what_a_report_also_tells_as_somebodys_word_comes_first() -> None:
    text = "The Falcons blew up the bridge.\nRepairs will take two months.\nPolice blamed the Falcons for the blast."
    evidence = claims_from(WHO, [reading(report("one.txt", text), "The Falcons", 0.9)], 0.5)
    (claim,) = evidence.claims
    assert (claim.stance, claim.speaker, claim.disputed) == (Stance.ACCUSED, "Police", False)
    assert [(one.quote, one.stance) for one in evidence.citations] == [
        ("the Falcons", Stance.ACCUSED),
        ("The Falcons", Stance.REPORTED),
    ]


def test_of_six_claims_five_are_shown_and_the_sixth_is_counted() -> None:
    names = ["Ardan", "Belmur", "Corvin", "Dravet", "Elshan", "Fornik"]
    readings = [reading(report(f"{name}.txt", f"{name} rebuilt the old bridge."), name, 0.9) for name in names]
    evidence = claims_from(WHO, readings, 0.5)
    assert ([claim.answer for claim in evidence.claims], evidence.more) == (names[:5], 1)
    weak = reading(FALCONS, "the Falcons", 0.35)
    assert claims_from(WHO, [readings[0], weak], 0.3).more == 1


def test_of_one_report_a_second_claim_needs_three_fifths_of_the_best() -> None:
    document = report("two.txt", "The Falcons fired first. Police say the Brigade fired later.")
    first = reading(document, "The Falcons", 0.9)
    assert len(claims_from(WHO, [first, reading(document, "the Brigade", 0.5)], 0.3).claims) == 1
    assert len(claims_from(WHO, [first, reading(document, "the Brigade", 0.55)], 0.3).claims) == 2


def test_two_figures_in_a_sentence_do_not_both_answer_how_many() -> None:
    text = "قُتل 12 شخصاً وأصيب 30 آخرون في الانفجار. وقال مسعفون إن القتلى 14."
    document = report("toll.txt", text, "ar")
    readings = [reading(document, "12 شخصاً", 0.5), reading(document, "30 آخرون", 0.45), reading(document, "14", 0.4)]
    evidence = claims_from(HOW_MANY, readings, 0.25)
    assert [claim.answer for claim in evidence.claims] == ["12 شخصاً", "14"]
    assert evidence.conflict


def test_how_a_figure_changed() -> None:
    reports = [
        (report("one.txt", "Three people were killed.", day=14), "Three"),
        (report("two.txt", "قُتل ثلاثة أشخاص.", "ar", day=15), "ثلاثة"),
        (report("three.txt", "The blast killed 5 people.", day=16), "5"),
        (report("four.txt", "At least five people died.", day=17), "At least five"),
    ]
    evidence = claims_from(HOW_MANY, [reading(document, words, 0.8) for document, words in reports], 0.5)
    assert [claim.citations for claim in evidence.claims] == [(1, 2), (3, 4)]
    assert [(each.value, each.first.day, each.last.day, each.citations) for each in evidence.changes] == [
        ("3", 14, 15, (1, 2)),
        ("5", 16, 17, (3, 4)),
    ]
    assert evidence.conflict
    assert claims_from(HOW_MANY, [reading(*reports[0], 0.8)], 0.5).changes == ()


def test_days_are_compared_where_they_are_asked_for() -> None:
    reports = [
        (report("one.txt", "The bridge fell on 14 March 2024.", day=20), "14 March 2024"),
        (report("two.txt", "سقط الجسر في 14 آذار.", "ar", day=20), "14 آذار"),
        (report("three.txt", "It fell on Thursday.", day=16), "Thursday"),
        (report("four.txt", "The bridge fell on Friday.", day=17), "Friday"),
    ]
    evidence = claims_from(WHEN, [reading(document, words, 0.8) for document, words in reports], 0.5)
    assert [claim.citations for claim in evidence.claims] == [(1, 2, 3), (4,)]
    assert [each.value for each in evidence.changes] == ["2024-03-14", "2024-03-15", "2024-03-14"]


ACCUSATIONS = {
    "ar": ("اتهم الجيش كتائب زرفان بتفجير الجسر.", "كتائب زرفان", "الجيش"),
    "de": ("Die Armee beschuldigte die Falken.", "die Falken", "Die Armee"),
    "en": ("The army accused the Falcons of the blast.", "the Falcons", "The army"),
    "es": ("El ejército acusó a los Halcones.", "los Halcones", "El ejército"),
    "fa": ("ارتش تیپ زرفان را به انفجار پل متهم کرد.", "تیپ زرفان", "ارتش"),
    "fr": ("L’armée a accusé les Faucons de l’attentat.", "les Faucons", "L’armée"),
    "ru": ("Армия обвинила бригаду «Зарфан» во взрыве моста.", "бригаду «Зарфан»", "Армия"),
    "tr": ("Ordu Şahinleri köprüyü havaya uçurmakla suçladı.", "Şahinleri", "Ordu"),
}


@pytest.mark.parametrize("lang", ACCUSATIONS)
def test_accused_is_never_did(lang: str) -> None:
    text, accused, speaker = ACCUSATIONS[lang]
    evidence = claims_from(WHO, [reading(report("one.txt", text, lang), accused, 0.9)], 0.5)
    (claim,) = evidence.claims
    assert (claim.answer, claim.stance, claim.speaker) == (accused, Stance.ACCUSED, speaker)


POOL = [
    (ACCUSED, "the Zarfan Brigades"), (DENIED, "The Zarfan Brigades"), (ARABIC, "كتائب زرفان"),
    (FALCONS, "the Falcons"), (FALCONS, "Residents"), (report("army.txt", "The bridge fell to the army."), "the army"),
    (report("tells.txt", "The Zarfan Brigades hid. Later the Brigades fled."), "the Brigades"),
    *((report(f"{lang}.txt", text, lang), accused) for lang, (text, accused, _) in ACCUSATIONS.items()),
]  # fmt: skip


def same_claims(evidence: Evidence) -> set[frozenset[tuple[str, int, str]]]:
    by_number = {one.number: (one.doc_id, one.start, str(one.stance)) for one in evidence.citations}
    return {frozenset(by_number[number] for number in claim.citations) for claim in evidence.claims}


def made(drawn: Sequence[tuple[int, float]]) -> list[Reading]:
    return [reading(*POOL[place], confidence) for place, confidence in drawn]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(POOL) - 1), st.floats(0, 1)), max_size=8),
    st.sampled_from([WHO, WHEN, HOW_MANY, "What happened?"]),
)
def test_what_holds_of_all_evidence(drawn: list[tuple[int, float]], question: str) -> None:
    readings = made(drawn)
    evidence = claims_from(question, readings, 0.3)
    texts = {each.found.document.doc_id: each.found.document.text for each in readings}
    assert [one.number for one in evidence.citations] == list(range(1, len(evidence.citations) + 1))
    assert sorted(number for claim in evidence.claims for number in claim.citations) == [
        one.number for one in evidence.citations
    ]
    for one in evidence.citations:
        text = texts[one.doc_id]
        assert one.quote == text[one.start : one.end] != ""
        assert one.sentence_start is not None
        assert one.sentence_end is not None
        assert one.sentence_start <= one.start < one.end <= one.sentence_end
        if one.speaker is not None:
            assert one.speaker == text[one.speaker_start : one.speaker_end]
    for claim in evidence.claims:
        cited = [evidence.citations[number - 1] for number in claim.citations]
        affirming = [one for one in cited if one.stance is not Stance.DENIED]
        assert claim.stance is cited[0].stance
        assert (claim.stance is Stance.DENIED) == (not affirming)
        assert claim.disputed == (0 < len(affirming) < len(cited))
        assert 1 <= claim.independent_sources <= len({one.doc_id for one in affirming or cited})
        assert not claim.disputed or evidence.conflict
    assert bool(evidence.claims) == any(each.confidence >= 0.3 for each in readings)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, len(POOL) - 1), unique=True, min_size=2, max_size=4))
def test_the_order_of_equal_readings_changes_no_claim(places: list[int]) -> None:
    orders = [claims_from(WHO, made([(place, 0.8) for place in order]), 0.5) for order in permutations(places)]
    assert len({(frozenset(same_claims(each)), each.conflict, each.more) for each in orders}) == 1
