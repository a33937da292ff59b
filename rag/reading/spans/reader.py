"""The trained extractive reader: the spans that answer a question, each with its probability."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.text.analysis import Analyzer
from index.types import ScoredPassage
from rag.attribution import attribute, names_nobody
from rag.reading.asks_deed import asks_who_did_it
from rag.reading.casualties import asked_for, event_words, figures_of
from rag.reading.coverage import Coverage, TermWeights, in_language_of
from rag.reading.expected import Expected, expected_answer
from rag.reading.protocol import Reading
from rag.reading.question import content_words, subject_words
from rag.reading.scene import Scene, opening_of
from rag.reading.spans.calibration import FEATURES, SpanCalibration
from rag.reading.spans.candidates import Candidate, features_of, read_candidates, sentence_around
from rag.reading.spans.scorer import SpanScorer
from rag.reading.spans.weighing import weighed_candidates
from rag.types import Stance

_MOST_WORDS = 0.75
_NEAR = -0.25
_LIFT = 3.0
_LIFTED = 0.3


@dataclass(frozen=True, slots=True)
class SpanReader:
    """Reads question and passage together and marks where the answer begins and ends.

    Attributes:
        scorer: The trained network.
        calibration: Fitted weights.
        analyzer: The index's analyzer.
        term_weights: Terms to their weights (idf) in the index; a term no report has weighs most.
    """

    scorer: SpanScorer
    calibration: SpanCalibration
    analyzer: Analyzer
    term_weights: TermWeights

    @property
    def name(self) -> str:
        """What answers show as their engine."""
        return "extractive"

    @property
    def threshold(self) -> float:
        """The confidence below which an answer should not be given."""
        return self.calibration.threshold

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> list[Reading]:
        """The spans that may answer the question, the best first; see ``Reader.read``.

        Where somebody is asked for, a sentence that says that nobody has claimed it is no answer but evidence that
        there is none: by the probability of what was read in it, it takes away from the others, but for those that
        the report presents as claimed, blamed or suspected. See ``weighed_candidates`` for what is no answer at all.
        """
        scene = Scene(question, self.analyzer, self.term_weights)
        candidates, factors = weighed_candidates(question, passages, self.scorer, scene, self.threshold)
        if not candidates:
            return []
        features = features_of(question, candidates, Coverage(question, self.analyzer, self.term_weights))
        confidence = self.calibration.confidence(features)
        if asks_who_did_it(question):
            confidence = self._surer_where_told(question, candidates, confidence, features)
        elif expected_answer(question) is Expected.NUMBER and asked_for(question) is not None:
            confidence = self._surer_where_counted(question, candidates, confidence, features)
        confidence = confidence * factors
        order = np.argsort(-confidence, kind="stable")
        ranked = [(candidates[place], float(confidence[place])) for place in order]
        if expected_answer(question) is Expected.PERSON:
            ranked = _less_what_nobody_claimed(ranked)
        # "Who" and "the" are no answer.
        return [Reading(one.found, one.start, one.end, sure) for one, sure in ranked if content_words(one.text)]

    def _surer_where_told(
        self,
        question: str,
        candidates: Sequence[Candidate],
        confidence: NDArray[np.float64],
        features: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """The confidence that each span names whom its report presents as who did it, ``(n,)``.

        Where the passage has most of the words that tell what was done, and the report says of the span that it claims
        it, is blamed or suspected, that is what was asked for, however sure the network is that such words say who did
        it: the span is given three times its confidence, up to 0.3. Not fitted: of the questions set aside hardly one
        is such a case. Not across languages: that a passage has a question's names does not tell the bombing of a
        bridge from that of a hospital.
        """
        coverage = Coverage(subject_words(question), self.analyzer, self.term_weights)
        told, nearness = features[:, FEATURES.index("told")], features[:, FEATURES.index("nearness")]
        surer = confidence.copy()
        for place in np.flatnonzero((told == 1) & (nearness >= _NEAR)).tolist():
            found = candidates[place].found
            text = f"{found.passage.text}\n{found.document.title}"
            if in_language_of(question, found) and coverage(text, found.document.lang) >= _MOST_WORDS:
                surer[place] = max(surer[place], min(_LIFTED, _LIFT * surer[place]))
        return surer

    def _surer_where_counted(
        self,
        question: str,
        candidates: Sequence[Candidate],
        confidence: NDArray[np.float64],
        features: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """The confidence that each span counts whom the question asks for, ``(n,)``.

        Where a report in the question's language has most of the words that tell what happened in its title, its first
        sentence or that of the figure, the first figure in it that counts the dead, or whom else the question asks for,
        is theirs, more often than the network is sure of it: it is given 0.3 at least. Later figures are often of other
        events.
        """
        coverage = Coverage(event_words(question), self.analyzer, self.term_weights)
        nearness = features[:, FEATURES.index("nearness")]
        surer = confidence.copy()
        seen: set[str] = set()
        for place in sorted(range(len(candidates)), key=lambda each: candidates[each].start):
            one = candidates[place]
            found, (sentence, span) = one.found, sentence_around(one)
            if found.document.doc_id in seen or nearness[place] < _NEAR or not in_language_of(question, found):
                continue
            if span not in figures_of(question, sentence, found.document.lang):
                continue
            seen.add(found.document.doc_id)
            text = f"{opening_of(found.document)}\n{sentence}"
            if coverage(text, found.document.lang) >= _MOST_WORDS:
                surer[place] = max(surer[place], _LIFTED)
        return surer

    def rerank(self, question: str, passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
        """The passages in the order of retrieval's scores and the best span's margin together; see ``Reranker``."""
        if not passages:
            return []
        best = dict.fromkeys((found.passage.passage_id for found in passages), -np.inf)
        for candidate in read_candidates(question, passages, self.scorer):
            name = candidate.found.passage.passage_id
            best[name] = max(best[name], candidate.margin)
        margins = np.array([best[found.passage.passage_id] for found in passages])
        lowest = margins[np.isfinite(margins)].min(initial=0.0)
        scores = np.array([found.score for found in passages]) + self.calibration.rerank * np.where(
            np.isfinite(margins), margins, lowest
        )
        order = np.argsort(-scores, kind="stable")
        return [
            dataclasses.replace(passages[place], rank=rank, score=float(scores[place]))
            for rank, place in enumerate(order, start=1)
        ]


def _less_what_nobody_claimed(ranked: Sequence[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """See ``SpanReader.read``."""
    sentences = [sentence_around(candidate) for candidate, _ in ranked]
    langs = [candidate.found.document.lang for candidate, _ in ranked]
    silent = [names_nobody(text, lang) for (text, _), lang in zip(sentences, langs, strict=True)]
    absence = max((sure for (_, sure), nobody in zip(ranked, silent, strict=True) if nobody), default=0.0)
    kept = []
    for (candidate, sure), (text, span), lang, nobody in zip(ranked, sentences, langs, silent, strict=True):
        if nobody:
            continue
        presented = attribute(text, lang, span).stance is not Stance.REPORTED
        kept.append((candidate, sure if presented else sure * (1 - absence)))
    return sorted(kept, key=lambda pair: -pair[1])
