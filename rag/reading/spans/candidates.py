"""The spans that may answer a question, and what is known of each."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import regex
from numpy.typing import NDArray

from index.text.folding import fold_arabic, fold_case, fold_latin
from index.text.sentences import sentence_spans
from index.types import ScoredPassage
from rag.attribution import attribute, utterers
from rag.reading.asks_deed import asks_who_did_it
from rag.reading.asks_speaker import asks_for_speaker
from rag.reading.casualties import asked_for, figures_of
from rag.reading.coverage import Coverage, in_language_of
from rag.reading.expected import Expected, expected_answer
from rag.reading.spans.calibration import FEATURES
from rag.reading.spans.decoding import Span, best_spans
from rag.reading.spans.inputs import Window
from rag.reading.spans.scorer import SpanScorer, TokenScores
from rag.types import Stance
from rag.values import moment, quantity
from rag.values.names import told_by

_SPANS_OF_A_WINDOW = 5
_NAME_TOKENS = 10
_NEVER = -1e4
_TOLD = (Stance.CLAIMED, Stance.ACCUSED, Stance.SUSPECTED)
_FARTHEST = 0.5
_UNKNOWN = 0.5
_ANY_DAY = date(2000, 1, 1)  # from which "Thursday" tells a day in a report without one
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
        share: Its probability among all spans of its window and "no answer", together with those that say the same,
            in [0, 1].
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

    @property
    def key(self) -> str:
        """What it says, equal for "the Zarfan group" and "fighters of Zarfan"; see ``told_by``."""
        return told_by(self.text, self.found.document.lang)


def read_candidates(
    question: str, passages: Sequence[ScoredPassage], scorer: SpanScorer, texts: Sequence[str] | None = None
) -> list[Candidate]:
    """The best spans of each passage; a span that two passages of a report share counts once, as its better reading.

    Args:
        question: In any language.
        passages: All are read.
        scorer: Scores question and passage together.
        texts: What is read of each passage, with blanks in the place of the rest; None is all of it.

    Returns:
        In the order of the passages, five of each window at most, and asked who did it, the best one of each sentence
        that tells who claims it, is blamed or suspected; asked how many died or the like, the figures of them; none is
        empty.
    """
    asks_deed = asks_who_did_it(question)
    cut = expected_answer(question) is not Expected.OTHER
    windows: list[Window] = []
    owners: list[ScoredPassage] = []
    read = texts if texts is not None else [found.passage.text for found in passages]
    for found, text in zip(passages, read, strict=True):
        for window in scorer.windows(question, text):
            windows.append(window)
            owners.append(found)
    best: dict[tuple[str, int, int], Candidate] = {}
    for found, window, scores in zip(owners, windows, scorer.score(windows), strict=True):
        told = _of_told_sentences(found, window, scores) if asks_deed else []
        counted = _of_figures(question, found, window, scores)
        for candidate in [*_of_window(found, window, scores, cut), *told, *counted]:
            key = (found.document.doc_id, candidate.start, candidate.end)
            if key not in best or best[key].margin < candidate.margin:
                best[key] = candidate
    return list(best.values())


def _of_window(found: ScoredPassage, window: Window, scores: TokenScores, cut: bool) -> list[Candidate]:
    spans = best_spans(scores.starts, scores.ends, _SPANS_OF_A_WINDOW)
    return _with_repetitions(_candidates(found, window, scores, spans, cut))


def _of_told_sentences(found: ScoredPassage, window: Window, scores: TokenScores) -> list[Candidate]:
    """The best short span of each sentence that tells who claims it, is blamed or suspected, but for who says so.

    The network was shown few such sentences in most languages, and may mark other words of the passage instead.
    """
    text, lang = found.passage.text, found.document.lang
    candidates = []
    for first, last in sentence_spans(text, lang):
        sentence = text[first:last]
        if attribute(sentence, lang).stance not in _TOLD:
            continue
        inside = (window.offsets[:, 0] >= first) & (window.offsets[:, 1] <= last)
        for start, end in utterers(sentence, lang):
            inside &= (window.offsets[:, 1] <= first + start) | (window.offsets[:, 0] >= first + end)
        starts, ends = (np.where(inside, values, _NEVER).astype(np.float32) for values in (scores.starts, scores.ends))
        spans = [span for span in best_spans(starts, ends, 1, _NAME_TOKENS) if inside[span.first : span.last + 1].all()]
        candidates += _candidates(found, window, scores, spans, cut=True)
    return [candidate for candidate in candidates if is_told(candidate)]


def _of_figures(question: str, found: ScoredPassage, window: Window, scores: TokenScores) -> list[Candidate]:
    """The figures that count whom the question asks for; see ``figures_of``. The network marks few of them."""
    if asked_for(question) is None or expected_answer(question) is not Expected.NUMBER:
        return []
    text, lang = found.passage.text, found.document.lang
    spans = []
    for first, last in sentence_spans(text, lang):
        for start, end in figures_of(question, text[first:last], lang):
            inside = np.flatnonzero((window.offsets[:, 0] < first + end) & (window.offsets[:, 1] > first + start))
            if len(inside):
                begin, stop = int(inside[0]), int(inside[-1])
                spans.append(Span(begin, stop, float(scores.starts[begin] + scores.ends[stop])))
    return _candidates(found, window, scores, spans, cut=True)


def _candidates(
    found: ScoredPassage, window: Window, scores: TokenScores, spans: Sequence[Span], cut: bool
) -> list[Candidate]:
    """The spans as candidates; ``cut``: none of them goes on in the next sentence, as no name, day or figure does."""
    half = scores.nothing / 2
    begin = np.logaddexp(np.logaddexp.reduce(scores.starts), half)
    finish = np.logaddexp(np.logaddexp.reduce(scores.ends), half)
    text, candidates = found.passage.text, []
    sentences = sentence_spans(text, found.document.lang) if cut else []
    for span in spans:
        part = _in_one_sentence(span, sentences, window, scores)
        inner = trim_span(text, int(window.offsets[part.first, 0]), int(window.offsets[part.last, 1]))
        if inner is not None:
            share = float(np.exp(min(0.0, span.score - begin - finish)))
            start, end = found.passage.start + inner[0], found.passage.start + inner[1]
            candidates.append(Candidate(found, start, end, span.score - scores.nothing, share))
    return candidates


def _in_one_sentence(span: Span, sentences: Sequence[tuple[int, int]], window: Window, scores: TokenScores) -> Span:
    """A span, or of one that goes on in the next sentence the part that scores best by itself."""
    tokens = np.arange(len(window.offsets))
    starts, ends = window.offsets[:, 0], window.offsets[:, 1]
    begins, stops = int(starts[span.first]), int(ends[span.last])
    held = [(first, last) for first, last in sentences if first < stops and begins < last]
    parts: list[Span] = []
    for first, last in held if len(held) > 1 else ():
        inside = (tokens >= span.first) & (tokens <= span.last) & (starts >= first) & (ends <= last)
        one, other = (np.where(inside, values, _NEVER).astype(np.float32) for values in (scores.starts, scores.ends))
        parts += [part for part in best_spans(one, other, 1) if inside[part.first] and inside[part.last]]
    return max(parts, key=lambda part: part.score, default=span)


def _with_repetitions(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a window, each with the share of all that say the same: a name may stand there three times."""
    shares: dict[str, float] = {}
    for candidate in candidates:
        shares[candidate.key] = shares.get(candidate.key, 0.0) + candidate.share
    return [replace(one, share=min(1.0, shares[one.key])) for one in candidates]


def given_others(candidates: Sequence[Candidate], factors: Sequence[float]) -> tuple[list[Candidate], list[float]]:
    """The candidates that may be right, each with its share given how likely the others of its passage are.

    The share of a span is what the others leave: where one of them is no answer, its share goes to the rest in
    proportion, as a probability does when a case is ruled out (``P(A | not B) = P(A) / (1 - P(B))``).

    Args:
        candidates: As read.
        factors: What the confidence in each is multiplied with, in [0, 1]; with 0 it is left out.

    Returns:
        The candidates and their factors.
    """
    taken: dict[str, dict[str, float]] = {}
    for one, factor in zip(candidates, factors, strict=True):
        own = taken.setdefault(one.found.passage.passage_id, {})
        own[one.key] = max(own.get(one.key, 0.0), (1 - factor) * one.share)
    kept = []
    for one, factor in zip(candidates, factors, strict=True):
        if factor > 0:
            own = taken[one.found.passage.passage_id]
            left = 1 - sum(own.values()) + own[one.key]
            kept.append(replace(one, share=min(1.0, one.share / max(left, one.share, 1e-9))))
    return kept, [factor for factor in factors if factor > 0]


def trim_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A span without white space, punctuation and unpaired brackets at its edges; None where nothing is left.

    A bracket or quotation mark that it opens and that closes right after it is taken in.

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
    closing = text[end : end + 1]
    if start < end and closing in _PAIRS and text.count(_PAIRS[closing], start, end) > text.count(closing, start, end):
        end += 1
    return (start, end) if start < end else None


def features_of(question: str, candidates: Sequence[Candidate], coverage: Coverage) -> NDArray[np.float64]:
    """What is known of each candidate, ``(n, len(FEATURES)) float64``; see ``calibration.FEATURES``.

    The margin; the square root of the share; how far the passage's score is below the best one's (0.5 at most); the
    shares of the same answer in other reports, together 1 at most; whether the answer is of the kind asked for (0.5:
    cannot be told); asked for somebody, whether the report presents the words as who claims it, is blamed or suspected,
    or as who says so where that is asked for; how much of the question's words the passage and its report's title have
    (0.5 where they are in another language than the question); whether the answer has a word that is not the question's
    own. Scores of the search are in units of the spread of an index, of which a small one has little: by themselves
    they would say that a collection of five reports never holds an answer, so only a bounded difference is used. It is
    bounded for the sake of further reports of the same event, too, which the questions that this is fitted on have not.
    """
    covered: dict[str, float] = {}

    def covered_of(found: ScoredPassage) -> float:
        name = found.passage.passage_id
        if name not in covered:
            text = f"{found.passage.text}\n{found.document.title}"
            covered[name] = coverage(text, found.document.lang) if in_language_of(question, found) else _UNKNOWN
        return covered[name]

    expected = expected_answer(question)
    best = max((candidate.found.score for candidate in candidates), default=0.0)
    keys = [answer_key(candidate.text) for candidate in candidates]
    asked = set(answer_key(question).split())
    told = _tells if asks_for_speaker(question) else is_told
    rows = []
    for candidate, key in zip(candidates, keys, strict=True):
        own = candidate.found.original_id
        others: dict[str, float] = {}
        for other, other_key in zip(candidates, keys, strict=True):
            if other_key == key and other.found.original_id != own:
                others[other.found.original_id] = max(others.get(other.found.original_id, 0.0), other.share)
        rows.append((
            candidate.margin,
            math.sqrt(candidate.share),
            max(-_FARTHEST, candidate.found.score - best),
            min(1.0, sum(others.values())),
            _fits(expected, candidate),
            told(candidate) if expected is Expected.PERSON else 0.0,
            covered_of(candidate.found),
            float(not asked.issuperset(key.split())),
        ))  # fmt: skip
    return np.asarray(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def is_told(candidate: Candidate) -> float:
    """1 where the report presents the words as who claims it, or says who blames or suspects them, else 0."""
    text, span = sentence_around(candidate)
    told = attribute(text, candidate.found.document.lang, span)
    # Without a speaker the words may be the accuser's own.
    blamed = told.stance in (Stance.ACCUSED, Stance.SUSPECTED) and told.speaker is not None
    return float(told.stance is Stance.CLAIMED or blamed)


def _tells(candidate: Candidate) -> float:
    """1 where the words name who says, accuses or suspects in their sentence, else 0."""
    text, (start, end) = sentence_around(candidate)
    spoken = utterers(text, candidate.found.document.lang)
    return float(any(first < end and start < last for first, last in spoken))


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


def _fits(expected: Expected, candidate: Candidate) -> float:
    """1 where a number or time is asked for and the span tells one, in digits or words, 0 where not, else 0.5."""
    if expected not in (Expected.NUMBER, Expected.TIME):
        return 0.5
    text, document = candidate.text, candidate.found.document
    if _DIGIT.search(text):
        return 1.0
    if expected is Expected.NUMBER:
        return float(quantity(text, document.lang) is not None)
    return float(moment(text, document.lang, document.published or _ANY_DAY) is not None)
