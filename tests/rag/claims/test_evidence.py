"""From readings to claims and citations, with confidences set by hand."""

import dataclasses

import pytest

from index.types import Document
from rag.claims import Evidence, cite, claims_from, nearest_passages
from rag.types import Stance
from tests.rag.samples import BRIDGE, COPY, DENIAL, HARVEST, MARKET, WHO_BRIDGE, found, reading

BLEW_UP = "The Northern Brigade blew up the railway bridge on Thursday."
SMUGGLERS = "Smugglers blew up the railway bridge on Thursday."
ACCUSED = "اتهمت وزارة الداخلية لواء الصقور بتنفيذ تفجير سوق ناردوم."


def test_no_claims_without_readings_or_below_the_threshold() -> None:
    assert claims_from(WHO_BRIDGE, [], 0.0) == Evidence((), (), 0.0)
    low = [reading(BRIDGE, BLEW_UP, 0.2), reading(DENIAL, SMUGGLERS, 0.49)]
    assert claims_from(WHO_BRIDGE, low, 0.5) == Evidence((), (), 0.49)
    assert len(claims_from(WHO_BRIDGE, [reading(BRIDGE, BLEW_UP, 0.5)], 0.5).claims) == 1


def test_the_first_that_passes_answers_with_its_confidence() -> None:
    evidence = claims_from(WHO_BRIDGE, [reading(BRIDGE, BLEW_UP, 0.4), reading(DENIAL, SMUGGLERS, 0.6)], 0.5)
    assert ([claim.answer for claim in evidence.claims], evidence.confidence) == ([SMUGGLERS], 0.6)
    evidence = claims_from(WHO_BRIDGE, [reading(BRIDGE, BLEW_UP, 0.6), reading(DENIAL, SMUGGLERS, 0.9)], 0.5)
    assert ([claim.answer for claim in evidence.claims], evidence.confidence) == ([BLEW_UP, SMUGGLERS], 0.6)


def test_copies_are_one_claim_of_one_source() -> None:
    copy = dataclasses.replace(COPY, text="«THE NORTHERN BRIGADE blew up  the railway bridge on Thursday»!")
    evidence = claims_from(WHO_BRIDGE, [reading(BRIDGE, BLEW_UP, 0.9), reading(copy, copy.text, 0.8)], 0.5)
    (claim,) = evidence.claims
    assert claim.answer == BLEW_UP
    assert (claim.citations, claim.independent_sources) == ((1, 2), 1)
    assert [(citation.number, citation.quote) for citation in evidence.citations] == [(1, BLEW_UP), (2, copy.text)]


def test_a_copy_that_words_it_differently_is_no_second_claim() -> None:
    copy = dataclasses.replace(COPY, text="Northern Brigade fighters blew up the railway bridge, officials said.")
    first, second = reading(BRIDGE, BLEW_UP, 0.9), reading(copy, copy.text, 0.8)
    assert len(claims_from(WHO_BRIDGE, [first, second], 0.5).claims) == 2
    linked = dataclasses.replace(second, found=dataclasses.replace(second.found, copy_of="bridge.txt"))
    (claim,) = claims_from(WHO_BRIDGE, [first, linked], 0.5).claims
    assert (claim.answer, claim.citations, claim.independent_sources) == (BLEW_UP, (1,), 1)
    assert len(claims_from(WHO_BRIDGE, [linked, first], 0.5).claims) == 1


def test_two_copies_of_a_report_that_was_not_read_are_one_text() -> None:
    other = dataclasses.replace(COPY, doc_id="other.txt", text="Northern Brigade fighters blew up the railway bridge.")
    readings = [
        dataclasses.replace(made, found=dataclasses.replace(made.found, copy_of="wire.txt"))
        for made in (reading(COPY, BLEW_UP, 0.9), reading(other, other.text, 0.8))
    ]
    assert len(claims_from(WHO_BRIDGE, readings, 0.5).claims) == 1


def test_the_citation_of_a_copy_names_its_original() -> None:
    copy = dataclasses.replace(found(COPY), copy_of="bridge.txt")
    assert cite(copy, 0, 5, 1).copy_of == "bridge.txt"
    assert cite(found(BRIDGE), 0, 5, 1).copy_of is None


def test_a_report_is_cited_once_for_the_same_words() -> None:
    twice = Document("twice.txt", f"{BLEW_UP} Again: {BLEW_UP}", lang="en")
    again = dataclasses.replace(reading(twice, BLEW_UP, 0.8), start=len(BLEW_UP) + 8, end=len(twice.text))
    assert again.text == BLEW_UP
    evidence = claims_from(WHO_BRIDGE, [reading(twice, BLEW_UP, 0.9), again], 0.5)
    assert [(citation.start, citation.end) for citation in evidence.citations] == [(0, len(BLEW_UP))]


def test_reports_that_disagree_are_both_claims() -> None:
    evidence = claims_from(WHO_BRIDGE, [reading(BRIDGE, BLEW_UP, 0.9), reading(DENIAL, SMUGGLERS, 0.8)], 0.5)
    assert [(claim.answer, claim.citations) for claim in evidence.claims] == [(BLEW_UP, (1,)), (SMUGGLERS, (2,))]


def test_a_claim_of_another_report_needs_two_fifths_of_the_best_and_the_threshold() -> None:
    best = reading(BRIDGE, BLEW_UP, 0.9)
    assert len(claims_from(WHO_BRIDGE, [best, reading(DENIAL, SMUGGLERS, 0.35)], 0.1).claims) == 1
    assert len(claims_from(WHO_BRIDGE, [best, reading(DENIAL, SMUGGLERS, 0.37)], 0.1).claims) == 2
    assert len(claims_from(WHO_BRIDGE, [best, reading(DENIAL, SMUGGLERS, 0.37)], 0.4).claims) == 1


@pytest.mark.parametrize(
    ("sentence", "confidence", "question", "claims"),
    [
        ("The Falcon Brigade claimed responsibility for the bombing.", 0.3, WHO_BRIDGE, 2),
        ("The Falcon Brigade claimed responsibility for the bombing.", 0.2, WHO_BRIDGE, 1),
        ("The Falcon Brigade was seen near the bombed bridge.", 0.3, WHO_BRIDGE, 1),
        ("The Falcon Brigade claimed responsibility for the bombing.", 0.3, "What happened to the bridge?", 1),
    ],
)
def test_asked_who_another_report_that_says_whose_word_it_is_needs_a_quarter_of_the_best(
    sentence: str, confidence: float, question: str, claims: int
) -> None:
    other = Document("falcons.txt", sentence, lang="en")
    readings = [reading(BRIDGE, BLEW_UP, 0.9), reading(other, "The Falcon Brigade", confidence)]
    assert len(claims_from(question, readings, 0.5).claims) == claims


def test_the_same_report_says_it_in_one_voice_from_the_threshold_on() -> None:
    both = Document("both.txt", f"{BLEW_UP} The Falcon Brigade claimed responsibility for the bombing.", lang="en")
    readings = [reading(both, BLEW_UP, 0.9), reading(both, "The Falcon Brigade", 0.4)]
    assert len(claims_from(WHO_BRIDGE, readings, 0.5).claims) == 1


def test_who_is_named_stands_before_gunmen_though_less_sure() -> None:
    text = "Unknown gunmen attacked the convoy. The Falcon Brigade claimed responsibility for the attack."
    document = Document("convoy.txt", text, lang="en")
    readings = [reading(document, "Unknown gunmen", 0.8), reading(document, "The Falcon Brigade", 0.13)]
    evidence = claims_from("Who attacked the convoy?", readings, 0.5)
    assert [(claim.answer, claim.stance) for claim in evidence.claims] == [
        ("The Falcon Brigade", Stance.CLAIMED),
        ("Unknown gunmen", Stance.REPORTED),
    ]
    readings[1] = dataclasses.replace(readings[1], confidence=0.11)
    assert [claim.answer for claim in claims_from("Who attacked the convoy?", readings, 0.5).claims] == [
        "Unknown gunmen"
    ]


@pytest.mark.parametrize(
    ("rest", "denied"),
    [
        (". The Valley Front denied the accusation.", "The Valley Front"),
        ("; the front denies it.", "the front"),
        (". It rained. The front rejected the accusation.", "The front"),
        (". The army denied that it had guarded the bridge.", None),
        (". It rained. It snowed. It thundered. The Valley Front denied the accusation.", None),
    ],
)
def test_who_is_blamed_is_shown_with_the_denial_right_after_it(rest: str, denied: str | None) -> None:
    document = Document("both.txt", f"The governor accused the Valley Front of blowing up the bridge{rest}", lang="en")
    evidence = claims_from(WHO_BRIDGE, [reading(document, "the Valley Front", 0.9)], 0.5)
    (claim,) = evidence.claims
    assert (claim.stance, claim.disputed, evidence.conflict) == (Stance.ACCUSED, denied is not None, denied is not None)
    told = [(citation.quote, citation.stance) for citation in evidence.citations[1:]]
    assert told == ([(denied, Stance.DENIED)] if denied else [])


def test_asked_for_yes_or_no_an_accusation_beside_a_denial_is_a_conflict() -> None:
    accused, denied = "The governor accused the Front.", "The Front denied it."
    document = Document("both.txt", f"{accused} {denied}", lang="en")
    readings = [reading(document, accused, 0.9), reading(document, denied, 0.8)]
    assert claims_from("Did the Front blow up the bridge?", readings, 0.5).conflict
    assert not claims_from("Did the Front blow up the bridge?", readings[:1], 0.5).conflict


def test_who_claims_it_is_named_as_fully_as_the_answer() -> None:
    document = Document("falcon.txt", "أعلن لواء الصقر الأحمر مسؤوليته عن تفجير الجسر.", lang="ar")
    (claim,) = claims_from("من فجر الجسر؟", [reading(document, "لواء الصقر الأحمر", 0.9)], 0.5).claims
    assert (claim.stance, claim.speaker) == (Stance.CLAIMED, "لواء الصقر الأحمر")


def test_one_sentence_a_report_and_five_claims_at_most() -> None:
    sheep = [Document(f"{number}.txt", f"Farmers there lost {number} sheep.", lang="en") for number in range(6)]
    readings = [
        reading(BRIDGE, BLEW_UP, 0.9),
        reading(BRIDGE, "Engineers said that repairs will take two months.", 0.89),
        *(reading(document, document.text, 0.8) for document in sheep),
    ]
    evidence = claims_from(WHO_BRIDGE, readings, 0.5)
    assert [claim.answer for claim in evidence.claims] == [BLEW_UP, *(each.text for each in sheep[:4])]
    assert evidence.more == 2


def test_a_claim_carries_its_stance_and_speaker() -> None:
    (claim,) = claims_from(WHO_BRIDGE, [reading(MARKET, ACCUSED, 0.9)], 0.5).claims
    assert (claim.stance, claim.speaker) == (Stance.ACCUSED, "وزارة الداخلية")
    (plain,) = claims_from(WHO_BRIDGE, [reading(BRIDGE, BLEW_UP, 0.9)], 0.5).claims
    assert (plain.stance, plain.speaker) == (Stance.REPORTED, None)


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("The army accused the Brigade of bombing the bridge.", Stance.ACCUSED),
        ("The Brigade claimed responsibility for the bombing.", Stance.CLAIMED),
        ("The Brigade denied any part in the bombing.", Stance.DENIED),
        ("Police suspect the Brigade of bombing the bridge.", Stance.SUSPECTED),
    ],
)
def test_who_says_so_is_kept(sentence: str, stance: Stance) -> None:
    document = Document("one.txt", sentence, lang="en")
    assert claims_from(WHO_BRIDGE, [reading(document, sentence, 0.9)], 0.5).claims[0].stance is stance


def test_cite_is_verbatim_and_refuses_what_lies_outside() -> None:
    citation = cite(found(BRIDGE), 32, 52, 7)
    assert (citation.number, citation.quote) == (7, "The Northern Brigade")
    assert (citation.doc_id, citation.passage_id, citation.published) == (
        "bridge.txt",
        "bridge.txt#0",
        BRIDGE.published,
    )
    for start, end in ((-1, 5), (5, 5), (9, 5), (0, len(BRIDGE.text) + 1)):
        with pytest.raises(ValueError, match=r"bridge\.txt\[.*\] lies outside its text of 183 characters"):
            cite(found(BRIDGE), start, end, 1)


def test_nearest_passages_are_three_and_whole() -> None:
    passages = [found(BRIDGE, 1, (32, 92)), found(COPY, 2), found(DENIAL, 3), found(HARVEST, 4)]
    citations = nearest_passages(passages)
    assert [(citation.number, citation.doc_id) for citation in citations] == [
        (1, "bridge.txt"), (2, "copy.txt"), (3, "denial.txt"),
    ]  # fmt: skip
    assert citations[0].quote == BLEW_UP
    assert nearest_passages([]) == ()
