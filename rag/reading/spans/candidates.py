"""The spans that may answer a question, and what is known of each."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import regex
from numpy.typing import NDArray

from index.text.folding import fold_arabic, fold_case, fold_latin
from index.text.sentences import sentence_spans
from index.types import ScoredPassage
from rag.attribution import attribute
from rag.reading.expected import Expected, expected_answer
from rag.reading.spans.calibration import FEATURES
from rag.reading.spans.decoding import best_spans
from rag.reading.spans.inputs import Window
from rag.reading.spans.scorer import SpanScorer, TokenScores
from rag.types import Stance

_SPANS_OF_A_WINDOW = 5
_LEAST_NEARNESS = 0.6
_DIGIT = regex.compile(r"\p{Nd}")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_EDGES = " \t\n\r.,;:!?،؛؟…\"'“”«»‹›„()[]{}-–—"
_PAIRS = {")": "(", "]": "[", "}": "{", "»": "«", "”": "“"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may answer the question.

    Attributes:
        found: The passage it was read in.
        start: First character, in the document's text.
        end: One past the last.
        margin: Its score less that of "no answer" in its window.
        share: Its probability among all spans of its window and "no answer", together with those of the same words, in
            [0, 1].
    """

    found: ScoredPassage
    start: int
    end: int
    margin: float
    share: float

    @property
    def text(self) -> str:
        """The report's own words."""
        return self.found.document.text[self.start : self.end]


def read_candidates(question: str, passages: Sequence[ScoredPassage], scorer: SpanScorer) -> list[Candidate]:
    """The best spans of each passage; a span that two passages of a report share counts once, as its better reading.

    Args:
        question: In any language.
        passages: All are read.
        scorer: Scores question and passage together.

    Returns:
        In the order of the passages, five of each window at most; none is empty.
    """
    windows: list[Window] = []
    owners: list[ScoredPassage] = []
    for found in passages:
        for window in scorer.windows(question, found.passage.text):
            windows.append(window)
            owners.append(found)
    best: dict[tuple[str, int, int], Candidate] = {}
    for found, window, scores in zip(owners, windows, scorer.score(windows), strict=True):
        for candidate in _of_window(found, window, scores):
            key = (found.document.doc_id, candidate.start, candidate.end)
            if key not in best or best[key].margin < candidate.margin:
                best[key] = candidate
    return list(best.values())


def _of_window(found: ScoredPassage, window: Window, scores: TokenScores) -> list[Candidate]:
    half = scores.nothing / 2
    begin = np.logaddexp(np.logaddexp.reduce(scores.starts), half)
    finish = np.logaddexp(np.logaddexp.reduce(scores.ends), half)
    candidates = []
    for span in best_spans(scores.starts, scores.ends, _SPANS_OF_A_WINDOW):
        inner = trim_span(found.passage.text, int(window.offsets[span.first, 0]), int(window.offsets[span.last, 1]))
        if inner is not None:
            share = float(np.exp(min(0.0, span.score - begin - finish)))
            start, end = found.passage.start + inner[0], found.passage.start + inner[1]
            candidates.append(Candidate(found, start, end, span.score - scores.nothing, share))
    return _with_repetitions(candidates)


def _with_repetitions(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a window, each with the share of all that say the same: a name may stand there three times."""
    shares: dict[str, float] = {}
    keys = [answer_key(candidate.text) for candidate in candidates]
    for key, candidate in zip(keys, candidates, strict=True):
        shares[key] = shares.get(key, 0.0) + candidate.share
    return [replace(one, share=min(1.0, shares[key])) for key, one in zip(keys, candidates, strict=True)]


def trim_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A span without white space, punctuation and unpaired brackets at its edges; None where nothing is left.

    Examples:
        >>> text = "killed by (the ELN), he said"
        >>> [text[slice(*trim_span(text, *span))] for span in ((10, 19), (10, 20), (11, 18))]
        ['the ELN', 'the ELN', 'the ELN']
    """
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        opening = _PAIRS.get(text[end - 1])
        if opening is not None and opening in text[start : end - 1]:
            break
        end -= 1
    return (start, end) if start < end else None


def features_of(question: str, candidates: Sequence[Candidate]) -> NDArray[np.float64]:
    """What is known of each candidate, ``(n, len(FEATURES)) float64``; see ``calibration.FEATURES``.

    The margin; the square root of the share; the passage's score as a part of the best passage's (0.6 at least); the
    shares of the same answer in other reports, together 1 at most; whether the answer is of the kind asked for (0.5:
    cannot be told); asked for somebody, whether the report presents the words as who claims it, is blamed or
    suspected. Scores of the search are in units of the spread of an index, of which a small one has little: by
    themselves they would say that a collection of five reports never holds an answer, so they are not used.
    """
    expected = expected_answer(question)
    best = max((candidate.found.score for candidate in candidates), default=0.0)
    keys = [answer_key(candidate.text) for candidate in candidates]
    rows = []
    for candidate, key in zip(candidates, keys, strict=True):
        own = _text_of(candidate.found)
        others: dict[str, float] = {}
        for other, other_key in zip(candidates, keys, strict=True):
            if other_key == key and _text_of(other.found) != own:
                others[_text_of(other.found)] = max(others.get(_text_of(other.found), 0.0), other.share)
        rows.append((
            candidate.margin,
            math.sqrt(candidate.share),
            max(_LEAST_NEARNESS, candidate.found.score / best) if best > 0 else 1.0,
            min(1.0, sum(others.values())),
            _fits(expected, candidate.text),
            _told(candidate) if expected is Expected.PERSON else 0.0,
        ))  # fmt: skip
    return np.asarray(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def _told(candidate: Candidate) -> float:
    """1 where the report presents the words as who claims it, or says who blames or suspects them, else 0."""
    text, span = sentence_around(candidate)
    told = attribute(text, candidate.found.document.lang, span)
    # Without a speaker the words may be the accuser's own.
    blamed = told.stance in (Stance.ACCUSED, Stance.SUSPECTED) and told.speaker is not None
    return float(told.stance is Stance.CLAIMED or blamed)


def sentence_around(candidate: Candidate) -> tuple[str, tuple[int, int]]:
    """The sentence that a span begins in, and the span's place in it."""
    passage, lang = candidate.found.passage, candidate.found.document.lang
    start, end = candidate.start - passage.start, candidate.end - passage.start
    for first, last in sentence_spans(passage.text, lang):
        if first <= start < last:
            last = max(last, end)
            return passage.text[first:last], (start - first, end - first)
    return passage.text[start:end], (0, end - start)


def answer_key(text: str) -> str:
    """The words of an answer without case, diacritics, Arabic spelling variants and punctuation."""
    return " ".join(_WORD.findall(fold_latin(fold_arabic(fold_case(unicodedata.normalize("NFKC", text))))))


def _text_of(found: ScoredPassage) -> str:
    """The report that a passage's report is a copy of, or itself."""
    return found.copy_of or found.document.doc_id


def _fits(expected: Expected, text: str) -> float:
    """1 where a number or time is asked for and the span has a digit, 0 where it has none, else 0.5."""
    if expected not in (Expected.NUMBER, Expected.TIME):
        return 0.5
    return 1.0 if _DIGIT.search(text) else 0.0
