"""The sentence reader: what can be quoted, its features, its probabilities, and what nobody claimed."""

import dataclasses
import math
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from index.text.analysis import FoldingAnalyzer
from index.types import Document, ScoredPassage
from rag.claims import claims_from
from rag.reading.sentences import FEATURES, Calibration, SentenceCalibration, SentenceReader, default_calibration
from tests.fakes import HashEmbedder
from tests.rag.samples import BRIDGE, MARKET, WHO_BRIDGE, calibration, found


def even(terms: Sequence[str]) -> NDArray[np.float64]:
    return np.ones(len(terms))


def reader(fitted: SentenceCalibration | None = None) -> SentenceReader:
    return SentenceReader(HashEmbedder(), FoldingAnalyzer(), even, fitted or calibration())


def report(text: str, lang: str = "en", doc_id: str = "one.txt") -> Document:
    return Document(doc_id, text, lang=lang)


def quotable(*passages: ScoredPassage, question: str = WHO_BRIDGE) -> list[str]:
    candidates = reader().candidates(question, passages)
    return [hit.document.text[slice(*span)] for hit, span in zip(candidates.found, candidates.spans, strict=True)]


def feature(name: str, question: str, document: Document, rank: int = 1) -> list[float]:
    column = reader().candidates(question, [found(document, rank)]).features[:, FEATURES.index(name)]
    return [float(value) for value in column]


def test_questions_and_datelines_are_not_quoted() -> None:
    assert quotable(found(BRIDGE)) == [
        "The Northern Brigade blew up the railway bridge on Thursday.",
        "Engineers said that repairs will take two months.",
    ]


@pytest.mark.parametrize(
    "asked", ["Who blew up the bridge?", "من الذي فجر الجسر؟", "«Who blew up the bridge?»", "谁 炸 毁 了 铁路 桥？"]
)
def test_no_kind_of_question_is_quoted(asked: str) -> None:
    assert quotable(found(report(f"{asked}\nThe army blew up the bridge."))) == ["The army blew up the bridge."]


def test_a_dateline_alone_gives_way_only_at_its_own_place() -> None:
    text = "دمشق، 14 مارس 2024 (سانا) - فجر مسلحون الجسر فجر اليوم. وقال الجيش إن الجسر دمر."
    assert quotable(found(report(text, "ar"))) == ["فجر مسلحون الجسر فجر اليوم.", "وقال الجيش إن الجسر دمر."]


def test_tags_of_a_wire_service_are_not_quoted() -> None:
    assert quotable(found(report("[TEXT] [PASSAGE OMITTED] The army blew up the bridge."))) == [
        "The army blew up the bridge."
    ]


def test_short_sentences_are_not_quoted() -> None:
    assert quotable(found(report("Read more. The army fled.\n\nShare\n* * *"))) == ["The army fled."]


def test_a_sentence_in_two_passages_counts_once() -> None:
    text = "The army blew up the bridge. The river rose at night. The ferry sank at dawn."
    document = report(text)
    one, other = found(document, 1, (0, 53)), found(document, 2, (29, len(text)))
    assert quotable(one, other) == [
        "The army blew up the bridge.",
        "The river rose at night.",
        "The ferry sank at dawn.",
    ]


def test_eight_passages_and_sixty_four_sentences_are_read() -> None:
    sentences = " ".join(f"Sentence number {number} of the report." for number in range(20))
    assert len(quotable(*(found(report(sentences, doc_id=f"{n}.txt"), n + 1) for n in range(4)))) == 64
    short = [found(report("The army blew up the bridge.", doc_id=f"{n}.txt"), n + 1) for n in range(10)]
    assert len(quotable(*short)) == 8


def test_spans_are_offsets_into_the_whole_report() -> None:
    passage = found(BRIDGE, span=(32, 92))
    (only,) = reader().read(WHO_BRIDGE, [passage])
    assert (only.start, only.end) == (32, 92)
    assert only.text == BRIDGE.text[32:92]


def test_nothing_to_quote_gives_no_reading() -> None:
    assert reader().read(WHO_BRIDGE, []) == []
    assert reader().read(WHO_BRIDGE, [found(report("Who did it? Why?"))]) == []
    assert reader().candidates(WHO_BRIDGE, []).features.shape == (0, len(FEATURES))


def test_features_by_hand() -> None:
    document = report("The army blew up the railway bridge in 2024. The river rose at night.")
    assert feature("sentence_coverage", "Who blew up the bridge?", document) == pytest.approx([1.0, 0.0])
    assert feature("passage_coverage", "Who blew up the ferry bridge?", document) == pytest.approx([2 / 3, 2 / 3])
    assert feature("passage_rank", "Who?", document, rank=4) == [0.25, 0.25]
    assert feature("passage_similarity", "Who?", document) == [0.5, 0.5]  # what the dense search found
    assert feature("length", "Who?", document) == [9 / 40, 5 / 40]
    assert feature("answer_kind", "When did the army come?", document) == [1.0, 0.0]
    assert feature("answer_kind", "How many came?", document) == [1.0, 0.0]
    assert feature("answer_kind", "Who came?", document) == [0.5, 0.5]
    assert feature("who_is_said", "Who blew up the bridge?", MARKET) == [0.0, 1.0]
    assert feature("who_is_said", "When was the bridge blown up?", MARKET) == [0.0, 0.0]


def test_similarity_is_the_inner_product_and_its_distance_from_the_mean() -> None:
    document = report("The army blew up the railway bridge. The river rose at night.")
    own = feature("sentence_similarity", WHO_BRIDGE, document)
    query = HashEmbedder().embed_queries([WHO_BRIDGE])[0]
    texts = ["The army blew up the railway bridge.", "The river rose at night."]
    assert own == pytest.approx((HashEmbedder().embed_passages(texts) @ query).tolist(), abs=1e-6)
    above = feature("similarity_above_others", WHO_BRIDGE, document)
    assert above == pytest.approx([(own[0] - own[1]) / 2, (own[1] - own[0]) / 2])


def test_rare_words_weigh_more() -> None:
    def weigh(terms: Sequence[str]) -> NDArray[np.float64]:
        return np.array([3.0 if term.startswith("railw") else 1.0 for term in terms])

    weighing = SentenceReader(HashEmbedder(), FoldingAnalyzer(), weigh, calibration())
    document = report("The railway was closed. The bridge was closed.")
    column = weighing.candidates("railway bridge", [found(document)]).features[:, FEATURES.index("sentence_coverage")]
    assert column.tolist() == pytest.approx([0.75, 0.25])


def test_capitals_are_embedded_in_lower_case() -> None:
    seen: list[str] = []

    class Watching(HashEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            seen.extend(texts)
            return super().embed_passages(texts)

    document = report("GUERRILLAS BLEW UP THE BRIDGE. The army fled at dawn.")
    SentenceReader(Watching(), FoldingAnalyzer(), even, calibration()).read("Who?", [found(document)])
    assert {"guerrillas blew up the bridge.", "The army fled at dawn."} <= set(seen)


def logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def test_score_and_probability_by_hand() -> None:
    order, confidence = ((float(weight), *[0.0] * (len(FEATURES) - 2), 1.0) for weight in (2, 3))
    fitted = Calibration(order, 0.5, confidence, -1.0)
    features = np.zeros((2, len(FEATURES)))
    features[0, 0], features[1, -1] = 0.25, 4.0
    assert fitted.score(features).tolist() == [1.0, 4.5]
    assert fitted.confidence(features).tolist() == pytest.approx([logistic(-0.25), logistic(3.0)])


def test_extreme_logits_stay_probabilities() -> None:
    fitted = Calibration((0.0,) * len(FEATURES), 0.0, (1e6,) * len(FEATURES), 0.0)
    high, low = fitted.confidence(np.stack([np.ones(len(FEATURES)), -np.ones(len(FEATURES))]))
    assert 0 <= low < 1e-6 < 1 - 1e-6 < high <= 1


def test_readings_come_with_the_best_first() -> None:
    readings = reader().read(WHO_BRIDGE, [found(MARKET, 1), found(BRIDGE, 2)])
    assert readings[0].text == "The Northern Brigade blew up the railway bridge on Thursday."
    assert readings[0].confidence == pytest.approx(logistic(5.0))
    assert [one.confidence for one in readings[1:]] == pytest.approx([logistic(-5.0)] * 3)
    by_length = reader(calibration(order="length")).read(WHO_BRIDGE, [found(MARKET, 1), found(BRIDGE, 2)])
    lengths = [len(one.text.split()) for one in by_length]
    assert lengths == sorted(lengths, reverse=True)
    assert {one.text: one.confidence for one in by_length} == {one.text: one.confidence for one in readings}


def test_few_reports_in_another_language_have_their_own_calibration() -> None:
    certain = calibration(intercept=6.0, coverage=0.0).other_language
    fitted = dataclasses.replace(calibration(intercept=-6.0, coverage=0.0), few_reports=certain)
    passages = [found(report("فجر مسلحون الجسر اليوم.", "ar", doc_id=f"{number}.txt"), number) for number in (1, 2, 3)]
    few = reader(fitted).read(WHO_BRIDGE, passages[:2])
    many = reader(fitted).read(WHO_BRIDGE, passages)
    assert [reading.confidence > 0.99 for reading in few] == [True, True]
    assert [reading.confidence < 0.01 for reading in many] == [True, True, True]
    own = reader(fitted).read("من فجر الجسر؟", passages[:2])
    assert all(reading.confidence < 0.01 for reading in own)


def test_another_language_has_its_own_calibration() -> None:
    same = calibration(intercept=-4.0, coverage=0.0).same_language
    other = dataclasses.replace(calibration(intercept=2.0, coverage=0.0).other_language, order_intercept=9.0)
    turkish = Document("tr.txt", "Ordu köprüyü havaya uçurdu.", lang="tr")
    passages = [found(BRIDGE), found(turkish, 2), found(MARKET, 3)]
    readings = reader(SentenceCalibration(same, other, 0.5)).read(WHO_BRIDGE, passages)
    assert {one.found.document.lang: one.confidence for one in readings} == pytest.approx(
        {"en": logistic(-4.0), "tr": logistic(2.0), "ar": logistic(2.0)}
    )
    assert [one.found.document.lang for one in readings] == ["tr", "ar", "ar", "en", "en"]


NOBODY = "No group has claimed responsibility for the bombing of the railway bridge."
EXPLODED = "A bomb destroyed the railway bridge at dawn."
BLAMED = "Police accused the Brigade of the bombing of the railway bridge."
BOMBED = "Who was behind the bombing of the railway bridge?"


def test_nobody_claimed_takes_away_from_plain_sentences() -> None:
    alone = reader().read(BOMBED, [found(report(EXPLODED))])[0].confidence
    readings = reader().read(BOMBED, [found(report(f"{EXPLODED} {NOBODY}"))])
    assert [one.text for one in readings] == [EXPLODED]
    absence = logistic(10 * 3 / 4 - 5)  # it has three of the question's four words
    assert readings[0].confidence == pytest.approx(alone * (1 - absence))


def test_somebody_blamed_stands_beside_nobody_claimed() -> None:
    readings = reader().read(BOMBED, [found(report(f"{EXPLODED} {NOBODY} {BLAMED}"))])
    confidence = {one.text: one.confidence for one in readings}
    assert confidence[BLAMED] == reader().read(BOMBED, [found(report(BLAMED))])[0].confidence > 0.9
    assert [claim.answer for claim in claims_from("Who did it?", readings, 0.5).claims] == [BLAMED]


def test_somebody_blamed_for_something_else_does_not() -> None:
    other = "Police accused the Brigade of the kidnapping of a priest."
    readings = reader().read(BOMBED, [found(report(f"{other} {NOBODY}"))])
    assert readings[0].text == other
    assert readings[0].confidence < 0.1 * reader().read(BOMBED, [found(report(other))])[0].confidence


def test_nobody_claimed_matters_to_questions_for_a_person_only() -> None:
    readings = reader().read("Was the bombing of the railway bridge claimed?", [found(report(NOBODY))])
    assert [one.text for one in readings] == [NOBODY]
    assert reader().read(BOMBED, [found(report(NOBODY))]) == []


def test_the_calibration_that_ships_is_for_these_features() -> None:
    shipped = default_calibration()
    assert shipped.few_reports is not None
    for one in (shipped.same_language, shipped.other_language, shipped.few_reports):
        assert len(one.weights) == len(FEATURES)
        assert len(one.confidence_weights) == len(FEATURES)
        assert all(math.isfinite(number) for number in (*one.weights, *one.confidence_weights, one.intercept))
    assert 0 < shipped.threshold < 1


def test_a_calibration_for_other_features_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.reading.sentences.FEATURES", ("luck",))
    default_calibration.cache_clear()
    try:
        with pytest.raises(ValueError, match="not for the features luck"):
            default_calibration()
    finally:
        default_calibration.cache_clear()
