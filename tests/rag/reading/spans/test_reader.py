"""The span reader over a scorer that finds given words."""

import dataclasses
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from index.text.analysis import FoldingAnalyzer
from index.types import Document
from rag.reading.coverage import Coverage
from rag.reading.protocol import Reading
from rag.reading.scene import ASIDE
from rag.reading.spans.calibration import FEATURES, SpanCalibration, calibration_from, default_calibration
from rag.reading.spans.candidates import Candidate, features_of, given_others, read_candidates, trim_span
from rag.reading.spans.reader import SpanReader
from tests.rag.reading.spans.words import WordScorer
from tests.rag.samples import found

WHO = "Who blew up the bridge?"


def calibration(rerank: float = 1.0) -> SpanCalibration:
    weights = {"margin": 0.5}
    return calibration_from([weights.get(name, 0.0) for name in FEATURES], 0.0, 0.25, rerank)


def reader(scores: dict[str, float]) -> SpanReader:
    return SpanReader(WordScorer(scores), calibration(), FoldingAnalyzer(), equal_weights)


def equal_weights(terms: Sequence[str]) -> NDArray[np.float64]:
    return np.ones(len(terms))


def features(question: str, candidates: Sequence[Candidate], name: str) -> NDArray[np.float64]:
    coverage = Coverage(question, FoldingAnalyzer(), equal_weights)
    return features_of(question, candidates, coverage)[:, FEATURES.index(name)]


def report(text: str, doc_id: str = "one.txt", lang: str = "en") -> Document:
    return Document(doc_id, text, lang=lang)


def read(scores: dict[str, float], *texts: str, question: str = WHO) -> list[Reading]:
    passages = [found(report(text, f"{number}.txt"), number) for number, text in enumerate(texts, start=1)]
    return reader(scores).read(question, passages)


def test_the_answer_is_the_span_and_its_probability_that_of_the_logistic_curve() -> None:
    best = read({"Northern Brigade": 4.0}, "The Northern Brigade blew up the bridge.")[0]
    assert best.text == "Northern Brigade"
    assert best.confidence == pytest.approx(1 / (1 + np.exp(-2.0)))


def test_the_best_span_of_all_passages_comes_first() -> None:
    readings = read({"the army": 2.0, "the Brigade": 6.0}, "It was the army.", "It was the Brigade.")
    assert [reading.text for reading in readings[:2]] == ["the Brigade", "the army"]
    assert readings[0].found.document.doc_id == "2.txt"


def test_an_arabic_span_is_cut_from_the_report_to_the_character() -> None:
    text = "وقالت مصادر محلية إن «عناصر التنظيم» نفذوا الهجوم."
    document = report(text, lang="ar")
    best = reader({"عناصر التنظيم": 5.0}).read("من نفذ الهجوم؟", [found(document)])[0]
    assert (best.start, best.end) == (text.index("عناصر"), text.index("»"))


def test_a_span_that_two_passages_share_counts_once() -> None:
    document = report("It was the army. It rained.")
    one, other = found(document, 1, (0, 16)), found(document, 2, (0, 27))
    candidates = read_candidates(WHO, [one, other], WordScorer({"the army": 3.0}))
    assert [candidate.text for candidate in candidates].count("the army") == 1


def test_what_nobody_claimed_is_no_answer_and_makes_the_others_less_sure() -> None:
    silence = "No group has claimed responsibility for the attack."
    plain = "The army drove over the bridge."
    alone = read({"The army": 4.0}, plain)[0].confidence
    both = read({"No group": 4.0, "The army": 4.0}, silence, plain)
    assert all("No group" not in reading.text for reading in both)
    assert both[0].confidence == pytest.approx(alone * (1 - alone))


def test_who_accuses_did_not_do_it_but_answers_who_accuses() -> None:
    text = "Le ministre a accusé le Front du Nord d'avoir attaqué le dépôt."
    scores = {"Le ministre": 5.0, "le Front du Nord": 1.0}
    document = report(text, lang="fr")
    (who, *_), (accuser, *_) = (
        reader(scores).read(question, [found(document)])
        for question in ("Qui a attaqué le dépôt ?", "Qui a accusé le Front du Nord ?")
    )
    assert (who.text, accuser.text) == ("le Front du Nord", "Le ministre")


@pytest.mark.parametrize(
    ("text", "margin", "lifted"),
    [
        ("The governor blamed the Brigade, which blew up the bridge.", -4.0, True),
        ("The governor blamed the Brigade, which blew up the bridge.", -6.0, True),
        ("The governor blamed the Brigade, which blew up the bridge.", 2.0, False),
        ("The governor saw the Brigade, which blew up the bridge.", -4.0, False),
        ("The governor blamed the Brigade for a fire in a hotel.", -4.0, False),
    ],
)
def test_whom_the_report_blames_is_surer_where_the_passage_tells_of_what_was_asked(
    text: str, margin: float, lifted: bool
) -> None:
    plain = 1 / (1 + np.exp(-margin / 2))
    (best, *_) = read({"the Brigade": margin}, text)
    assert best.text == "the Brigade"
    assert best.confidence == pytest.approx(max(plain, min(0.3, 3 * plain)) if lifted else plain)


def test_asked_when_the_day_of_the_dateline_is_no_answer() -> None:
    text = "NARDUM, 15 March 2024 (LNA) — The bomb exploded on Thursday, police said."
    scores = {"15 March 2024": 6.0, "Thursday": 3.0}
    assert read(scores, text, question="When did the bomb explode?")[0].text == "Thursday"
    assert read(scores, text, question="What does the report open with?")[0].text == "15 March 2024"


def test_who_is_blamed_stays_as_sure_as_it_was_where_nobody_claimed_it() -> None:
    silence = "No group has claimed responsibility for the attack."
    blamed = "The governor blamed the Brigade for the attack."
    readings = read({"No group": 2.0, "the Brigade": 4.0}, silence, blamed)
    assert readings[0].text == "the Brigade"
    assert readings[0].confidence == pytest.approx(1 / (1 + np.exp(-2.0)))


def test_function_words_are_no_answer() -> None:
    readings = read({"who": 9.0, "the army": 3.0}, "Villagers asked who did it; the army came at night.")
    assert readings[0].text == "the army"
    assert "who" not in [one.text for one in readings]


def test_those_who_were_hit_did_not_do_it() -> None:
    texts = ("It left three wounded soldiers.", "The rebels fired.")
    scores = {"three wounded soldiers": 9.0, "The rebels": 3.0}
    assert read(scores, *texts)[0].text == "The rebels"
    assert read(scores, *texts, question="Who was wounded?")[0].text == "three wounded soldiers"


def test_no_answer_goes_on_in_the_next_sentence() -> None:
    text = "It was the army. Nobody else was there."
    readings = read({"the army": 2.0, "the army. Nobody else": 6.0}, text)
    assert readings[0].text == "the army"
    what = read({"the army": 2.0, "the army. Nobody else": 6.0}, text, question="What is told?")
    assert what[0].text == "the army. Nobody else"


def test_words_that_name_one_actor_share_what_is_likely_of_it() -> None:
    text = "The Zarfan movement spoke. Farmers saw Zarfan gunmen at night. Three gunmen fled, the army said."
    scores = {"The Zarfan movement": 5.0, "Zarfan gunmen": 4.0, "Three gunmen": 4.0, "the army": 4.0}
    candidates = read_candidates("Who came at night?", [found(report(text))], WordScorer(scores))
    share = {candidate.text: candidate.share for candidate in candidates}
    assert share["The Zarfan movement"] == share["Zarfan gunmen"] > share["Three gunmen"] + share["the army"]
    assert share["Three gunmen"] == pytest.approx(share["the army"])


def test_whose_killing_is_claimed_did_not_do_it_and_who_claims_it_did() -> None:
    text = "The Zarfan Brigades claimed responsibility for the killing of former mayor Rima Hazfan in a statement."
    answers = [
        one.text
        for one in read({"Rima Hazfan": 6.0, "The Zarfan Brigades": 2.0}, text, question="Who killed the mayor?")
    ]
    assert "The Zarfan Brigades" in answers and "Rima Hazfan" not in answers


def test_who_is_blamed_is_told_and_who_blames_is_not() -> None:
    text = "The Interior Ministry blamed the Northern Brigade for the attack."
    scores = {"Interior Ministry": 3.0, "Northern Brigade": 2.0}
    candidates = read_candidates(WHO, [found(report(text))], WordScorer(scores))
    column = features(WHO, candidates, "told")
    told = dict(zip([candidate.text for candidate in candidates], column, strict=True))
    assert (told["Northern Brigade"], told["Interior Ministry"]) == (1.0, 0.0)
    assert features("When was it?", candidates, "told").max() == 0.0


def test_asked_who_accuses_the_accuser_is_told() -> None:
    text = "The Interior Ministry blamed the Northern Brigade for the attack."
    scores = {"Interior Ministry": 3.0, "Northern Brigade": 2.0}
    question = "Who blamed the Northern Brigade?"
    candidates = read_candidates(question, [found(report(text))], WordScorer(scores))
    told = dict(zip([candidate.text for candidate in candidates], features(question, candidates, "told"), strict=True))
    assert (told["Northern Brigade"], told["Interior Ministry"]) == (0.0, 1.0)


def test_a_passage_is_measured_by_the_words_of_the_question_that_it_has() -> None:
    question = "Who blew up the railway bridge in Nardum?"
    texts = ("The Brigade blew up the railway bridge in Nardum.", "The army blew up a mill.", "وقع الهجوم")
    passages = [
        found(report(text, f"{number}.txt", "ar" if number == 3 else "en"), number)
        for number, text in enumerate(texts, start=1)
    ]
    scorer = WordScorer({"The Brigade": 1.0, "The army": 1.0, "الهجوم": 1.0})
    candidates = read_candidates(question, passages, scorer)
    covered = {
        one.found.rank: value for one, value in zip(candidates, features(question, candidates, "coverage"), strict=True)
    }
    assert covered == {1: 1.0, 2: pytest.approx(0.25), 3: 0.5}


def test_words_of_the_question_are_nothing_new() -> None:
    question = "Who fought the Northern Brigade?"
    passages = [found(report("The army fought the Northern Brigade."))]
    candidates = read_candidates(question, passages, WordScorer({"army": 2.0, "Northern Brigade": 2.0}))
    new = dict(zip([one.text for one in candidates], features(question, candidates, "novelty"), strict=True))
    assert (new["army"], new["Northern Brigade"]) == (1.0, 0.0)


def test_reports_that_agree_are_counted_and_copies_are_not() -> None:
    first, second = found(report("It was the army.", "a"), 1), found(report("All say the army.", "b"), 2)
    scorer = WordScorer({"the army": 3.0})
    agreeing = read_candidates(WHO, [first, second], scorer)
    assert features(WHO, agreeing, "agreement")[0] > 0.5
    copied = read_candidates(WHO, [first, dataclasses.replace(second, copy_of="a")], scorer)
    assert features(WHO, copied, "agreement")[0] == 0.0


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("How many fled?", "It was 12 or some.", {"12": 1.0, "some": 0.0}),
        ("How many fled?", "It was seven of the crew.", {"seven": 1.0, "the crew": 0.0}),
        ("When did they flee?", "They fled on Thursday by boat.", {"Thursday": 1.0, "boat": 0.0}),
        ("Who fled?", "It was seven of the crew.", {"seven": 0.5, "the crew": 0.5}),
    ],
)
def test_a_number_or_time_that_is_asked_for_is_told_in_digits_or_words(
    question: str, text: str, fits: dict[str, float]
) -> None:
    candidates = read_candidates(question, [found(report(text))], WordScorer(dict.fromkeys(fits, 3.0)))
    found_fits = zip([one.text for one in candidates], features(question, candidates, "answer_kind"), strict=True)
    assert {words: value for words, value in found_fits if words in fits} == fits


def test_reranking_puts_the_passage_with_the_answer_first() -> None:
    passages = [found(report("It rained."), 1), found(report("It was the army.", "two.txt"), 2)]
    ranked = reader({"the army": 5.0}).rerank(WHO, passages)
    assert [hit.document.doc_id for hit in ranked] == ["two.txt", "one.txt"]
    assert reader({}).rerank(WHO, []) == []


def test_nothing_to_read_gives_nothing() -> None:
    assert reader({}).read(WHO, []) == []
    assert read({}, " ") == []


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("«عناصر التنظيم»،", "عناصر التنظيم"),
        ("the Army (USA)", "the Army (USA)"),
        ("Army)", "Army"),
        (" , ", None),
        ("12.5", "12.5"),
    ],
)
def test_edges(text: str, inner: str | None) -> None:
    span = trim_span(text, 0, len(text))
    assert (text[slice(*span)] if span else None) == inner


def test_a_quotation_mark_that_closes_right_after_the_words_is_theirs() -> None:
    text = "the brigade «Falcon» and (the ELN)"
    assert [text[slice(*(trim_span(text, *span) or (0, 0)))] for span in ((4, 19), (13, 19), (26, 33))] == [
        "brigade «Falcon»", "Falcon", "the ELN",
    ]  # fmt: skip


def test_the_shipped_calibration_is_sound() -> None:
    shipped = default_calibration()
    assert 0 < shipped.threshold < 1
    assert min(shipped.weights) >= 0


def test_a_calibration_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="one for each of margin"):
        calibration_from([1.0], 0.0, 0.5, 0.0)


def test_the_day_of_publication_at_the_head_of_a_report_is_no_answer() -> None:
    text = "ناردوم ـ بريد ناردوم ـ 15 مارس 2024: The bomb exploded on Thursday, police said."
    day = text[text.index("15") : text.index(":")]
    document = dataclasses.replace(report(text), published=date(2024, 3, 15))
    question = "When did the bomb explode?"
    readings = reader({day: 6.0, "Thursday": 3.0}).read(question, [found(document)])
    assert readings[0].text == "Thursday"
    other = dataclasses.replace(document, published=date(2024, 3, 16))
    assert reader({day: 6.0, "Thursday": 3.0}).read(question, [found(other)])[0].text == day


def test_the_one_who_was_hit_did_not_do_it() -> None:
    text = "Mayor Lina Surfak was shot dead on Friday. Witnesses saw the Brigade leave."
    question = "Who assassinated the mayor?"
    (best, *_) = read({"Lina Surfak": 6.0, "the Brigade": 3.0}, text, question=question)
    assert best.text == "the Brigade"
    (best, *_) = read({"Lina Surfak": 6.0, "the Brigade": 3.0}, text, question="Who governed the town?")
    assert best.text == "Lina Surfak"


def test_words_set_at_another_place_are_not_read() -> None:
    texts = ("The Brigade blew up the bridge in Nardum.", "The army blew up the bridge in Harvosk.")
    scores = {"The Brigade": 2.0, "The army": 4.0}
    readings = read(scores, *texts, question="Who blew up the bridge in Nardum?")
    assert readings[0].text == "The Brigade"
    assert all("army" not in reading.text for reading in readings)
    assert read(scores, *texts, question="Who blew up the bridge?")[0].text == "The army"


def test_words_of_a_report_that_tells_the_place_elsewhere_count_for_less() -> None:
    text = "The army blew up the bridge on Friday. It rained all day. The wind was strong. A bridge in Nardum is old."
    readings = read({"The army": 4.0}, text, question="Who blew up the bridge in Nardum?")
    (best,) = [reading for reading in readings if reading.text == "The army"]
    assert best.confidence == pytest.approx(ASIDE / (1 + np.exp(-2.0)))


HOW_MANY = "How many people were killed in the mill fire in Nardum?"


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        # the figure that the network does not mark, in a report of what is asked about
        ("A mill fire broke out in the town of Nardum in the night. Seven people died and 23 were hurt.", True),
        ("A mill fire in Nardum killed seven people.", True),
        # of another event
        ("Gunmen robbed the bank of Nardum in the dark of the night. Seven people died. A mill fire is old.", False),
        # of the hurt
        ("A mill fire broke out in the town of Nardum in the night. Seven people were hurt.", False),
    ],
)  # fmt: skip
def test_the_first_figure_of_the_dead_in_a_report_of_the_event_is_theirs(text: str, sure: bool) -> None:
    readings = read({"the night": 1.0}, text, question=HOW_MANY)
    sevens = [one for one in readings if one.text.lower() == "seven people"]
    assert [one.confidence == pytest.approx(0.3) for one in sevens] == ([True] if sure else [False] * len(sevens))
    assert all(one.confidence < 0.25 for one in sevens) or sure


def test_the_figures_of_others_are_not_made_surer() -> None:
    text = "A mill fire broke out in the town of Nardum in the night. Seven people died and 23 were hurt."
    readings = read({"the night": 1.0}, text, question="How many were hurt in the mill fire in Nardum?")
    assert {one.text: one.confidence for one in readings}["23"] == pytest.approx(0.3)
    assert "Seven people" not in [one.text for one in readings]


def test_a_share_goes_to_the_others_where_a_span_is_no_answer() -> None:
    passage = found(report("It was the army, not the Brigade."))
    one, other = Candidate(passage, 7, 15, 1.0, 0.2), Candidate(passage, 21, 32, 3.0, 0.6)
    kept, factors = given_others([one, other], [1.0, 0.0])
    assert [each.text for each in kept] == ["the army"]
    assert kept[0].share == pytest.approx(0.5)
    assert factors == [1.0]
    kept, _ = given_others([one, other], [1.0, 0.5])
    assert [each.share for each in kept] == pytest.approx([0.2 / 0.7, 0.6])
    elsewhere = Candidate(found(report("The Brigade drove away.", "2.txt"), 2), 0, 11, 3.0, 0.6)
    kept, _ = given_others([one, elsewhere], [1.0, 0.0])
    assert kept == [one]


@pytest.mark.parametrize(
    ("lang", "text", "question", "other"),
    [
        ("en", "The bombing was condemned by the United Nations.", "Who was behind the bombing?", "Who condemned it?"),
        ("ar", "أدانت الأمم المتحدة تفجير السوق.", "من نفذ تفجير السوق؟", "من أدان التفجير؟"),
    ],
)
def test_who_condemns_did_not_do_it_but_answers_who_condemned(lang: str, text: str, question: str, other: str) -> None:
    name = {"en": "United Nations", "ar": "الأمم المتحدة"}[lang]
    passage = found(report(text, lang=lang))
    assert all(name not in reading.text for reading in reader({name: 6.0}).read(question, [passage]))
    assert reader({name: 6.0}).read(other, [passage])[0].text == name


def test_asked_who_somebody_is_the_name_after_the_office_answers_whatever_they_do() -> None:
    text = "Mayor Lina Surfak condemned the bombing."
    (best, *_) = read({"Lina Surfak": 6.0}, text, question="Who is the mayor?")
    assert best.text == "Lina Surfak"
    assert all("Surfak" not in one.text for one in read({"Lina Surfak": 6.0}, text, question="Who bombed the mayor?"))


def test_asked_who_condemned_it_who_claims_it_is_no_answer() -> None:
    text = "The Brigade claimed responsibility for the bombing. The mayor condemned it."
    readings = read({"The Brigade": 6.0, "The mayor": 2.0}, text, question="Who condemned the bombing?")
    assert readings[0].text == "The mayor"
    assert all("Brigade" not in reading.text for reading in readings)
    unsaid = read({"Northern Brigade": 4.0}, "The Northern Brigade was seen.", question="Who condemned the bombing?")
    assert unsaid[0].confidence == pytest.approx(0.5 / (1 + np.exp(-2.0)))
