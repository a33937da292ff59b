"""The span reader over a scorer that finds given words."""

import dataclasses

import numpy as np
import pytest

from index.types import Document
from rag.reading.protocol import Reading
from rag.reading.spans.calibration import FEATURES, SpanCalibration, calibration_from, default_calibration
from rag.reading.spans.candidates import features_of, read_candidates, trim_span
from rag.reading.spans.reader import SpanReader
from tests.rag.reading.spans.words import WordScorer
from tests.rag.samples import found

WHO = "Who blew up the bridge?"


def calibration(rerank: float = 1.0) -> SpanCalibration:
    weights = {"margin": 0.5}
    return calibration_from([weights.get(name, 0.0) for name in FEATURES], 0.0, 0.5, rerank)


def reader(scores: dict[str, float]) -> SpanReader:
    return SpanReader(WordScorer(scores), calibration())


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


def test_who_is_blamed_stays_as_sure_as_it_was_where_nobody_claimed_it() -> None:
    silence = "No group has claimed responsibility for the attack."
    blamed = "The governor blamed the Brigade for the attack."
    readings = read({"No group": 2.0, "the Brigade": 4.0}, silence, blamed)
    assert readings[0].text == "the Brigade"
    assert readings[0].confidence == pytest.approx(1 / (1 + np.exp(-2.0)))


def test_those_who_were_hit_did_not_do_it() -> None:
    texts = ("It left three wounded soldiers.", "The rebels fired.")
    scores = {"three wounded soldiers": 9.0, "The rebels": 3.0}
    assert read(scores, *texts)[0].text == "The rebels"
    assert read(scores, *texts, question="Who was wounded?")[0].text == "three wounded soldiers"


def test_who_is_blamed_is_told_and_who_blames_is_not() -> None:
    text = "The Interior Ministry blamed the Northern Brigade for the attack."
    scores = {"Interior Ministry": 3.0, "Northern Brigade": 2.0}
    candidates = read_candidates(WHO, [found(report(text))], WordScorer(scores))
    column = features_of(WHO, candidates)[:, FEATURES.index("told")]
    told = dict(zip([candidate.text for candidate in candidates], column, strict=True))
    assert (told["Northern Brigade"], told["Interior Ministry"]) == (1.0, 0.0)
    assert features_of("When was it?", candidates)[:, FEATURES.index("told")].max() == 0.0


def test_reports_that_agree_are_counted_and_copies_are_not() -> None:
    first, second = found(report("It was the army.", "a"), 1), found(report("All say the army.", "b"), 2)
    scorer = WordScorer({"the army": 3.0})
    column = FEATURES.index("agreement")
    agreeing = read_candidates(WHO, [first, second], scorer)
    assert features_of(WHO, agreeing)[0, column] > 0.5
    copied = read_candidates(WHO, [first, dataclasses.replace(second, copy_of="a")], scorer)
    assert features_of(WHO, copied)[0, column] == 0.0


def test_a_number_is_asked_for_and_a_span_with_a_digit_fits() -> None:
    document = report("It was 12 or some.")
    candidates = read_candidates("How many fled?", [found(document)], WordScorer({"12": 3.0, "some": 2.0}))
    column = features_of("How many fled?", candidates)[:, FEATURES.index("answer_kind")]
    fits = dict(zip([candidate.text for candidate in candidates], column, strict=True))
    assert (fits["12"], fits["some"]) == (1.0, 0.0)


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


def test_the_shipped_calibration_is_sound() -> None:
    shipped = default_calibration()
    assert 0 < shipped.threshold < 1
    assert min(shipped.weights) >= 0


def test_a_calibration_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="one for each of margin"):
        calibration_from([1.0], 0.0, 0.5, 0.0)
