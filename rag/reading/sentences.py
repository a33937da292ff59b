"""The extractive reader without a trained model: the sentence that fits the question best, with its probability."""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from index.embedding.protocol import Embedder
from index.loading.datelines import Dateline, find_dateline
from index.text.analysis import Analyzer
from index.text.sentences import sentence_spans, trim
from index.types import ScoredPassage
from rag.attribution import attribute, names_nobody
from rag.reading.coverage import Coverage, TermWeights, in_language_of
from rag.reading.expected import Expected, expected_answer
from rag.reading.protocol import Reading
from rag.reading.scene import Scene
from rag.types import Stance

FEATURES = (
    "sentence_similarity", "passage_similarity", "sentence_coverage", "passage_coverage", "similarity_above_others",
    "passage_rank", "answer_kind", "length", "who_is_said",
)  # fmt: skip
_MAX_PASSAGES = 8
_FEW_REPORTS = 2
_MAX_SENTENCES = 64
_MIN_WORDS = 3
_QUESTION_MARKS = ("?", "؟", "？")
_CLOSING = "\"'”’»)]› "
_BRACKETED = regex.compile(r"(?:\[[^\[\]\n]{1,60}\]\s*)+")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_DIGIT = regex.compile(r"\p{Nd}")


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the features of a question's candidates become an order and probabilities.

    Two logistic models over ``FEATURES``, none of whose weights is negative: one orders the candidates, the other gives
    the probability that a candidate holds the answer.

    Attributes:
        weights: For the order; one a feature.
        order_intercept: Makes scores of the two languages' models comparable.
        confidence_weights: For the probability; one a feature.
        intercept: Of the probability's logistic curve.
    """

    weights: tuple[float, ...]
    order_intercept: float
    confidence_weights: tuple[float, ...]
    intercept: float

    def score(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """``(n,)`` scores that order candidates, from ``(n, len(FEATURES))``."""
        scores: NDArray[np.float64] = features @ np.asarray(self.weights) + self.order_intercept
        return scores

    def confidence(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """``(n,)`` probabilities in [0, 1] that each candidate holds the answer, from ``(n, len(FEATURES))``."""
        logits = features @ np.asarray(self.confidence_weights) + self.intercept
        probabilities: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        return probabilities


@dataclass(frozen=True, slots=True)
class SentenceCalibration:
    """What ``calibrate.py`` found.

    Attributes:
        same_language: For a question in the language of the passage.
        other_language: For a question in another.
        threshold: Confidence below which an answer should not be given.
        few_reports: For a question in another language where the passages are of one or two reports: how a sentence
            stands among the others says little there. None: as ``other_language``.
    """

    same_language: Calibration
    other_language: Calibration
    threshold: float
    few_reports: Calibration | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences that may answer a question.

    Attributes:
        found: The passage of each.
        spans: Start and end of each, in its document's text.
        features: ``(n, len(FEATURES)) float64``.
        same_language: Whether the question is in the language of the passage, for each.
    """

    found: tuple[ScoredPassage, ...]
    spans: tuple[tuple[int, int], ...]
    features: NDArray[np.float64]
    same_language: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class SentenceReader:
    """Quotes the sentences nearest to the question in meaning and in words.

    Attributes:
        embedder: The index's embedding model.
        analyzer: The index's analyzer.
        term_weights: Terms to their weights (idf) in the index; a term no report has weighs most.
        calibration: Fitted weights.
    """

    embedder: Embedder
    analyzer: Analyzer
    term_weights: TermWeights
    calibration: SentenceCalibration

    @property
    def name(self) -> str:
        """What answers show as their engine."""
        return "extractive"

    @property
    def threshold(self) -> float:
        """The confidence below which an answer should not be given."""
        return self.calibration.threshold

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> list[Reading]:
        """The candidate sentences, the best first; see ``Reader.read``.

        Where somebody is asked for, a sentence that says that nobody has claimed it is no answer but evidence that
        there is none: by its probability it takes away from the others, but for those that fit the question at least as
        well and tell who claims it, is blamed or suspected. Sentences that are set at another place than the question
        come last: see ``Scene``.
        """
        candidates = self.candidates(question, passages)
        readings = self._set_there(question, self._readings(candidates))
        if expected_answer(question) is Expected.PERSON:
            readings = _less_what_nobody_claimed(readings)
        return readings

    def _set_there(self, question: str, readings: Sequence[Reading]) -> list[Reading]:
        """The readings, those last and less sure that are set at another place or time than the question."""
        scene = Scene(question, self.analyzer, self.term_weights)
        factors = [scene.factor(one.found, one.text) for one in readings]
        order = sorted(range(len(readings)), key=lambda place: -factors[place])
        return [replace(readings[place], confidence=readings[place].confidence * factors[place]) for place in order]

    def _readings(self, candidates: Candidates) -> list[Reading]:
        """The candidates with their probabilities, the best first."""
        if not candidates.found:
            return []
        same = np.asarray(candidates.same_language)
        own, other = self.calibration.same_language, self.calibration.other_language
        if self.calibration.few_reports and len({found.document.doc_id for found in candidates.found}) <= _FEW_REPORTS:
            other = self.calibration.few_reports
        confidence = np.where(same, own.confidence(candidates.features), other.confidence(candidates.features))
        score = np.where(same, own.score(candidates.features), other.score(candidates.features))
        readings = []
        for place in np.argsort(-score, kind="stable"):
            start, end = candidates.spans[place]
            readings.append(Reading(candidates.found[place], start, end, float(confidence[place])))
        return readings

    def candidates(self, question: str, passages: Sequence[ScoredPassage]) -> Candidates:
        """The sentences of the best passages with their features; a sentence in two passages counts once."""
        spans = _sentences(passages[:_MAX_PASSAGES])
        if not spans:
            return Candidates((), (), np.zeros((0, len(FEATURES))), ())
        texts = [found.document.text[start:end] for found, (start, end) in spans]
        query = self.embedder.embed_queries([question])[0]
        similarity = (self.embedder.embed_passages([_cased(text) for text in texts]) @ query).astype(np.float64)
        coverage = Coverage(question, self.analyzer, self.term_weights)
        expected = expected_answer(question)
        rows = []
        for text, (found, _), own in zip(texts, spans, similarity, strict=True):
            passage_similarity = found.dense.score if found.dense else float(np.max(similarity))
            rows.append((
                own,
                passage_similarity,
                coverage(text, found.document.lang),
                coverage(found.passage.text + "\n" + found.document.title, found.document.lang),
                own - float(np.mean(similarity)),
                1 / found.rank,
                _fits(expected, text),
                min(len(_WORD.findall(text)), 40) / 40,
                1.0 if expected is Expected.PERSON and _presents_a_claim(text, found.document.lang) else 0.0,
            ))  # fmt: skip
        return Candidates(
            found=tuple(found for found, _ in spans),
            spans=tuple(span for _, span in spans),
            features=np.asarray(rows, dtype=np.float64),
            same_language=tuple(in_language_of(question, found) for found, _ in spans),
        )


def _sentences(passages: Sequence[ScoredPassage]) -> list[tuple[ScoredPassage, tuple[int, int]]]:
    """The sentences that can be quoted: long enough, no questions, without the dateline before them; each once."""
    spans: dict[tuple[str, int, int], tuple[ScoredPassage, tuple[int, int]]] = {}
    for found in passages:
        text = found.document.text
        dateline = find_dateline(text)
        for start, end in sentence_spans(found.passage.text, found.document.lang):
            span = _without_dateline(text, found.passage.start + start, found.passage.start + end, dateline)
            words = text[slice(*span)]
            asks = words.rstrip(_CLOSING).endswith(_QUESTION_MARKS)
            if len(_WORD.findall(words)) >= _MIN_WORDS and not asks:
                spans.setdefault((found.document.doc_id, *span), (found, span))
    return list(spans.values())[:_MAX_SENTENCES]


def _without_dateline(text: str, start: int, end: int, dateline: Dateline | None) -> tuple[int, int]:
    """The sentence without place, day and agency, and without a wire service's tags in brackets, at its start."""
    if dateline and start < dateline.end < end:
        start = dateline.end
    tags = _BRACKETED.match(text, trim(text, start, end)[0], end)
    return trim(text, tags.end() if tags else start, end)


def _presents_a_claim(text: str, lang: str) -> bool:
    return attribute(text, lang).stance is not Stance.REPORTED


def _less_what_nobody_claimed(readings: Sequence[Reading]) -> list[Reading]:
    """See ``SentenceReader.read``."""
    silent = {
        place for place, reading in enumerate(readings) if names_nobody(reading.text, reading.found.document.lang)
    }
    absence = max((readings[place].confidence for place in silent), default=0.0)
    return [
        reading
        if reading.confidence >= absence and _presents_a_claim(reading.text, reading.found.document.lang)
        else dataclasses.replace(reading, confidence=reading.confidence * (1 - absence))
        for place, reading in enumerate(readings)
        if place not in silent
    ]


def _cased(text: str) -> str:
    return text.lower() if text.isupper() else text


def _fits(expected: Expected, text: str) -> float:
    """1 where a number or time is asked for and the text has a digit, 0 where it has none, else 0.5."""
    if expected not in (Expected.NUMBER, Expected.TIME):
        return 0.5
    return 1.0 if _DIGIT.search(text) else 0.0


@cache
def default_calibration() -> SentenceCalibration:
    """The calibration that ships with the project, fitted for the default model."""
    fields = json.loads(files("rag.reading").joinpath("sentence_calibration.json").read_text(encoding="utf-8"))
    return SentenceCalibration(
        same_language=_calibration(fields["same_language"]),
        other_language=_calibration(fields["other_language"]),
        few_reports=_calibration(fields["few_reports"]),
        threshold=fields["threshold"],
    )


def _calibration(fields: dict[str, Any]) -> Calibration:
    weights, confidence = fields["weights"], fields["confidence_weights"]
    if tuple(weights) != FEATURES or tuple(confidence) != FEATURES:
        raise ValueError(f"the calibration is not for the features {', '.join(FEATURES)}")
    return Calibration(
        tuple(weights.values()), fields["order_intercept"], tuple(confidence.values()), fields["intercept"]
    )
