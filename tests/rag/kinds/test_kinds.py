"""What each kind of question is answered with."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import rag
from index.types import Document, ScoredPassage
from rag.choosing import Chosen
from rag.kinds.causes import names_cause
from rag.kinds.diversity import diverse
from rag.kinds.overview import PER_REPORT, SENTENCES, spread
from rag.kinds.reader import WHOLE_SENTENCE, by_reader, whole_sentences
from rag.kinds.registry import STRATEGIES
from rag.kinds.sentences import BEARING, NO_CAUSE, both_sides, causes_first, with_spans
from rag.kinds.types import Material
from rag.reading.protocol import Reading
from rag.reading.sentences import FEATURES, SentenceReader
from rag.types import QuestionKind, Stance
from tests.rag.samples import ALL, UNKNOWN, WHO_BRIDGE, found, make_reports, reading

DENIED = Document(
    "denied.txt", "The Northern Brigade denied that it blew up the railway bridge.", "Denial", "Sahil Press",
    date(2024, 3, 17), lang="en",
)  # fmt: skip
LEFT = Document("left.txt", "The troops had to withdraw from Rasvina on Monday.", "", "A", date(2024, 4, 1), lang="en")
FUEL = Document(
    "fuel.txt", "The troops had to withdraw from Rasvina because they had run out of fuel.", "", "B", date(2024, 4, 2),
    lang="en",
)  # fmt: skip


def collection(tmp_path: Path, *documents: Document) -> rag.Reports:
    return make_reports(tmp_path / "kinds", documents)


def test_every_kind_has_a_strategy() -> None:
    assert set(STRATEGIES) == set(QuestionKind)


def test_yes_or_no_is_answered_with_the_evidence_and_a_denial_is_one(tmp_path: Path) -> None:
    with collection(tmp_path, *ALL, DENIED) as reports:
        answer = reports.ask("Did the Northern Brigade blow up the railway bridge?")
    assert (answer.kind, answer.notes) == (QuestionKind.YES_NO, (BEARING,))
    assert answer.text in {document.text[c.start : c.end] for document in (*ALL, DENIED) for c in answer.citations}
    stances = {claim.answer: claim.stance for claim in answer.claims}
    assert stances[DENIED.text] is Stance.DENIED
    assert stances["The Northern Brigade blew up the railway bridge on Thursday."] is Stance.REPORTED


@pytest.mark.parametrize(
    ("text", "confidences", "raised"),
    [
        ("The governor accused the Front. The Front denied it.", (0.05, 0.4), (0.36, 0.4)),
        ("The governor accused the Front. The Front denied it.", (0.5, 0.2), (0.5, 0.45)),
        ("The governor accused the Front. The Front denied it.", (0.1, 0.2), (0.1, 0.2)),
        ("The governor praised the Front. The Front denied it.", (0.05, 0.4), (0.05, 0.4)),
        ("The governor accused the Front. It rained. The Front denied it.", (0.05, 0.01, 0.4), (0.05, 0.01, 0.4)),
    ],
)
def test_an_accusation_and_the_denial_beside_it_are_shown_together(
    text: str, confidences: tuple[float, ...], raised: tuple[float, ...]
) -> None:
    document = Document("both.txt", text, lang="en")
    sentences = [f"{sentence.rstrip('.')}." for sentence in text.split(". ")]
    readings = [reading(document, *each) for each in zip(sentences, confidences, strict=True)]
    both = {one.text: one.confidence for one in both_sides(readings, 0.3)}
    assert [both[sentence] for sentence in sentences] == pytest.approx(raised)


def test_yes_or_no_of_what_no_report_tells_abstains(reports: rag.Reports) -> None:
    answer = reports.ask("Was Judge Halvuni assassinated?")
    assert (answer.kind, answer.abstained, answer.text, answer.notes) == (QuestionKind.YES_NO, True, None, ())


def test_why_is_answered_with_the_sentence_that_names_a_cause(tmp_path: Path) -> None:
    with collection(tmp_path, LEFT, FUEL) as reports:
        answer = reports.ask("Why did the troops withdraw from Rasvina?")
        without = reports.ask("Why did the troops withdraw from Rasvina?", doc=["left.txt"])
    assert (answer.kind, answer.text, answer.notes) == (QuestionKind.WHY, FUEL.text, ())
    assert (without.text, without.notes) == (LEFT.text, (NO_CAUSE,))


def test_a_cause_that_fits_far_worse_does_not_come_first() -> None:
    plain, cause = reading(LEFT, LEFT.text, 0.9), reading(FUEL, FUEL.text, 0.8)
    assert causes_first([plain, cause]) == [cause, plain]
    unlike = dataclasses.replace(cause, confidence=0.6)
    assert causes_first([plain, unlike]) == [plain, unlike]
    assert causes_first([]) == []


def test_a_sentence_that_holds_the_answering_span_comes_first() -> None:
    sentences = [reading(LEFT, LEFT.text, 0.5), reading(FUEL, FUEL.text, 0.4)]
    spans = [reading(FUEL, "they had run out of fuel", 0.6), reading(FUEL, "fuel", 0.1), reading(LEFT, "Monday", 0.2)]
    together = with_spans(sentences, spans)
    assert [one.text for one in together] == [FUEL.text, LEFT.text]
    assert [one.confidence for one in together] == pytest.approx([0.5, 0.35])
    assert [one.confidence for one in with_spans(sentences, [])] == pytest.approx([0.25, 0.2])


@pytest.mark.parametrize(
    ("lang", "cause", "none"),
    [
        ("ar", "انسحبت القوات لأنها فقدت الوقود.", "انسحبت القوات صباح الاثنين."),
        ("en", "They left in retaliation for the raid.", "They left on Monday."),
        ("tr", "Birlikler yakıt yokluğu nedeniyle çekildi.", "Birlikler pazartesi çekildi."),
        ("ru", "Войска ушли из-за нехватки топлива.", "Войска ушли в понедельник."),
        ("fr", "Les troupes sont parties à cause du froid.", "Les troupes sont parties lundi."),
        ("fa", "نیروها به دلیل کمبود سوخت رفتند.", "نیروها روز دوشنبه رفتند."),
        ("es", "Las tropas se fueron porque faltaba combustible.", "Las tropas se fueron el lunes."),
        ("de", "Die Truppen gingen, weil der Treibstoff fehlte.", "Die Truppen gingen am Montag."),
        ("sw", "", "Because it is not known."),
    ],
)
def test_names_cause(lang: str, cause: str, none: str) -> None:
    assert names_cause(cause, lang) is bool(cause)
    assert not names_cause(none, lang)


def test_an_overview_quotes_several_reports_in_the_order_of_publication(tmp_path: Path) -> None:
    with collection(tmp_path, *ALL, DENIED) as reports:
        answer = reports.ask("What happened at the railway bridge?")
    assert (answer.kind, answer.abstained) == (QuestionKind.OVERVIEW, False)
    days = [answer.citations[claim.citations[0] - 1].published for claim in answer.claims]
    assert days == sorted(days, key=lambda day: day or date.max)
    cited = [answer.citations[claim.citations[0] - 1].doc_id for claim in answer.claims]
    assert {"bridge.txt", "denial.txt", "denied.txt"} <= set(cited)
    assert all(cited.count(doc_id) <= PER_REPORT for doc_id in cited)
    assert 3 <= len(answer.claims) <= SENTENCES
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    texts = {document.doc_id: document.text for document in (*ALL, DENIED)}
    for citation in answer.citations:
        assert citation.quote == texts[citation.doc_id][citation.start : citation.end]
    assert answer.text is not None
    for claim in answer.claims:
        assert f"{claim.answer} [{claim.citations[0]}]" in answer.text
    assert {claim.stance for claim in answer.claims} >= {Stance.REPORTED, Stance.DENIED}


def test_an_overview_of_what_no_report_tells_abstains(reports: rag.Reports) -> None:
    answer = reports.ask("What happened in Buenos Aires?")
    assert (answer.kind, answer.abstained, answer.claims) == (QuestionKind.OVERVIEW, True, ())
    assert answer.citations


def test_an_overview_of_an_empty_collection_abstains(tmp_path: Path) -> None:
    with rag.create(tmp_path / "empty") as reports:
        assert reports.ask("What happened?").abstained


def test_an_overview_reads_one_passage_of_each_report_before_a_second() -> None:
    one, two = ALL[0], ALL[1]
    hits = [
        dataclasses.replace(
            found(document, rank), passage=dataclasses.replace(found(document).passage, passage_id=name)
        )
        for rank, (document, name) in enumerate([(one, "a0"), (one, "a1"), (one, "a2"), (two, "b0")], start=1)
    ]
    assert [(hit.passage.passage_id, hit.rank) for hit in spread(hits, 3)] == [("a0", 1), ("a1", 2), ("b0", 3)]
    assert [hit.passage.passage_id for hit in spread(hits, 2)] == ["a0", "b0"]


def test_diverse_takes_what_says_something_else() -> None:
    vectors = np.array([[1, 0, 0], [1, 0.01, 0], [0, 1, 0], [0, 0, 1]], dtype=np.float32)
    relevance = np.array([1.0, 0.95, 0.8, 0.7])
    assert diverse(relevance, vectors, ["a", "b", "c", "d"], 3, 1) == [0, 2, 3]
    assert diverse(relevance, vectors, ["a", "a", "a", "a"], 3, 1) == [0]
    assert diverse(np.zeros(0), np.zeros((0, 3), dtype=np.float32), [], 3, 1) == []


def test_the_callers_reader_answers_who_and_the_sentence_reader_what_happened(tmp_path: Path) -> None:
    class Mute:
        name = "mute"
        threshold = 0.5

        def read(self, question: str, passages: Sequence[ScoredPassage]) -> list[Reading]:
            return []

    make_reports(tmp_path / "index").close()
    with rag.open(tmp_path / "index", reader=Mute()) as reports:
        assert reports.ask(WHO_BRIDGE).engine == "mute"
        assert reports.ask(UNKNOWN).abstained
        assert reports.ask("What happened at the railway bridge?").engine == "extractive"


ARABIC_REPORT = Document("ar.txt", "قالت الشرطة إن كتائب زرفان فجرت الجسر.", "", "C", date(2024, 4, 3), lang="ar")


@dataclasses.dataclass(frozen=True)
class Finds:
    """A reader that finds the same words with the same confidence in every passage that has them."""

    words: str
    confidence: float
    name: str = "extractive"
    threshold: float = 0.25

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> list[Reading]:
        return [
            Reading(hit, hit.document.text.index(self.words), hit.document.text.index(self.words) + len(self.words),
                    self.confidence)
            for hit in passages if self.words in hit.document.text
        ]  # fmt: skip


def with_confidence(reader: SentenceReader, logit: float) -> SentenceReader:
    """The reader, as sure of every sentence in another language than the question's."""
    other = dataclasses.replace(
        reader.calibration.other_language,
        weights=(0.0,) * len(FEATURES), confidence_weights=(0.0,) * len(FEATURES), intercept=logit,
    )  # fmt: skip
    calibration = dataclasses.replace(reader.calibration, other_language=other, few_reports=None)
    return dataclasses.replace(reader, calibration=calibration)


@pytest.mark.parametrize(
    ("question", "confidence", "text", "notes"),
    [
        ("من فجر الجسر؟", 0.3, "كتائب زرفان", ()),
        ("Who blew up the bridge?", 0.6, "كتائب زرفان", ()),
        ("Who blew up the bridge?", 0.4, ARABIC_REPORT.text, (WHOLE_SENTENCE,)),
        ("Who blew up the bridge?", 0.1, ARABIC_REPORT.text, (WHOLE_SENTENCE,)),
    ],
)
def test_words_in_another_language_have_to_be_surer_than_the_sentence_around_them(
    tmp_path: Path, question: str, confidence: float, text: str, notes: tuple[str, ...]
) -> None:
    with collection(tmp_path, ARABIC_REPORT) as reports:
        sure = with_confidence(reports.sentence_reader, 2.0)
    material = Material(question, Chosen((found(ARABIC_REPORT),), ()), Finds("كتائب زرفان", confidence), sure)
    outcome = by_reader(material)
    assert (outcome.text, outcome.notes) == (text, notes)
    # Where no sentence is sure either, it abstains, and says what it would have quoted.
    unsure = dataclasses.replace(material, sentences=with_confidence(sure, -9.0))
    assert (by_reader(unsure).text is None) is bool(notes)
    assert by_reader(unsure).withheld == (None if not notes else "كتائب زرفان")


def test_asked_who_condemned_it_a_sentence_that_tells_who_claims_it_is_not_quoted(tmp_path: Path) -> None:
    with collection(tmp_path, ARABIC_REPORT) as reports:
        sure = with_confidence(reports.sentence_reader, 2.0)
    chosen = Chosen((found(ARABIC_REPORT),), ())
    texts = [
        whole_sentences(Material(question, chosen, Finds("", 0.0), sure)).text
        for question in ("Who blew up the bridge?", "Who condemned the attack on the bridge?")
    ]
    assert texts == [ARABIC_REPORT.text, None]


def test_asked_for_somebody_words_in_another_language_stand_where_the_report_says_whose_word_they_are() -> None:
    blamed = Document("ar.txt", "اتهمت الشرطة كتائب زرفان بتفجير الجسر.", lang="ar")

    def text(question: str, confidence: float) -> str | None:
        reader = Finds("كتائب زرفان", confidence)
        return by_reader(Material(question, Chosen((found(blamed),), ()), reader, Finds("", 0.0))).text  # type: ignore[arg-type]

    assert text("Who blew up the bridge?", 0.3) == "كتائب زرفان"
    assert text("Who blew up the bridge?", 0.2) is None
    assert text("What did the police say?", 0.3) is None


def test_asked_for_somebody_a_sentence_in_another_language_says_whose_word_it_is() -> None:
    plain = Document("plain.txt", "فجر مجهولون الجسر في رسفينا فجر الاثنين.", "", "C", date(2024, 4, 3), lang="ar")
    told = [reading(ARABIC_REPORT, ARABIC_REPORT.text, 0.9), reading(plain, plain.text, 0.9)]

    class Sentences(Finds):
        def read(self, question: str, passages: Sequence[ScoredPassage]) -> list[Reading]:
            return told

    material = Material("Who blew up the bridge?", Chosen((), ()), Finds("", 0.0), Sentences("", 0.0))  # type: ignore[arg-type]
    assert [claim.answer for claim in whole_sentences(material).evidence.claims] == [ARABIC_REPORT.text]
    where = dataclasses.replace(material, question="Where was the bridge blown up?")
    assert {claim.answer for claim in whole_sentences(where).evidence.claims} == {ARABIC_REPORT.text, plain.text}
