"""The trained extractive reader: the spans that answer a question, each with its probability."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.types import ScoredPassage
from rag.attribution import attribute, names_nobody
from rag.reading.expected import Expected, expected_answer
from rag.reading.protocol import Reading
from rag.reading.spans.calibration import SpanCalibration
from rag.reading.spans.candidates import Candidate, features_of, read_candidates, sentence_around
from rag.reading.spans.scorer import SpanScorer
from rag.reading.spans.victims import names_victims
from rag.types import Stance


@dataclass(frozen=True, slots=True)
class SpanReader:
    """Reads question and passage together and marks where the answer begins and ends.

    Attributes:
        scorer: The trained network.
        calibration: Fitted weights.
    """

    scorer: SpanScorer
    calibration: SpanCalibration

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
        the report presents as claimed, blamed or suspected. Words for those who were hit are no answer either, unless
        the question asks for them.
        """
        candidates = read_candidates(question, passages, self.scorer)
        if not candidates:
            return []
        confidence = self.calibration.confidence(features_of(question, candidates))
        order = np.argsort(-confidence, kind="stable")
        ranked = [(candidates[place], float(confidence[place])) for place in order]
        if expected_answer(question) is Expected.PERSON:
            ranked = [(one, sure) for one, sure in ranked if not names_victims(question, one.text)]
            ranked = _less_what_nobody_claimed(ranked)
        return [Reading(one.found, one.start, one.end, sure) for one, sure in ranked]

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
