"""BM25+ over the postings of segments laid end to end, with the statistics of all live passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from index.lexical.cache import ArrayCache
from index.lexical.postings import Postings
from index.lexical.protocol import Bm25Parameters, TermLists
from index.lexical.selecting import ROUNDING, Rows, Scores, kth_best_or_less, leading, ranked

_REMEMBERED = 20_000  # terms whose places are kept, so that common words are looked up once
_LONG = 1_000  # postings from which it pays to ask whether they are needed at all
_FEW = 64  # where at most one passage in so many is allowed, only those are scored
_COMMON = 8  # a term is common where at least one passage in so many has it
_DENSE_BYTES = 64 << 20  # of memory, for what common terms add to the score of every passage

_NO_ROWS: Rows = np.zeros(0, dtype=np.int64)
_NO_SCORES: Scores = np.zeros(0)


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of a question.

    Attributes:
        numbers: Its number in each segment, -1 where the segment does not have it.
        sizes: How many passages of each segment have it, deleted ones included.
        frequency: In how many live passages it is.
        weight: ``(k1 + 1) * idf``: its score in a passage stays below that.
    """

    numbers: tuple[int, ...]
    sizes: tuple[int, ...]
    frequency: int
    weight: float


class SegmentedBm25:
    """BM25+ over segments; a row is a passage's place in them laid end to end. Safe to use from several threads.

    Number of passages, document frequencies and average length are those of the live passages of all segments, so
    that the scores are those of one index built over them at once.

    Args:
        segments: The postings of each.
        live: Which of the passages of each count, ``(n_passages,) bool``.
        parameters: Of BM25+.
    """

    def __init__(
        self,
        segments: Sequence[Postings],
        live: Sequence[NDArray[np.bool_]],
        parameters: Bm25Parameters | None = None,
    ) -> None:
        self._segments = segments
        self._live = live
        self._parameters = parameters or Bm25Parameters()
        self._whole = [bool(mask.all()) for mask in live]
        self._offsets = np.concatenate([[0], np.cumsum([len(segment) for segment in segments])]).astype(np.int64)
        self._terms: dict[str, _Term] = {}
        self._dense: ArrayCache[tuple[int, int]] = ArrayCache(_DENSE_BYTES)

    def __len__(self) -> int:
        """How many rows there are, those that do not count included."""
        return int(self._offsets[-1])

    @cached_property
    def passages(self) -> int:
        """How many passages are live."""
        return sum(int(np.count_nonzero(mask)) for mask in self._live)

    @cached_property
    def total_length(self) -> int:
        """How many terms they have, with repetitions."""
        return sum(
            int(segment.lengths.sum(dtype=np.int64) if whole else segment.lengths[mask].sum(dtype=np.int64))
            for segment, mask, whole in zip(self._segments, self._live, self._whole, strict=True)
        )

    @cached_property
    def _norms(self) -> list[Scores]:
        """``k1 * (1 - b + b * length / average)`` of every passage; infinite where deleted, so that it scores 0."""
        k1, b = self._parameters.k1, self._parameters.b
        average = self.total_length / max(self.passages, 1) or 1.0
        norms: list[Scores] = []
        for segment, mask, whole in zip(self._segments, self._live, self._whole, strict=True):
            norm: Scores = segment.lengths * np.float64(k1 * b / average) + k1 * (1 - b)
            if not whole:
                norm[~mask] = np.inf
            norms.append(norm)
        return norms

    def idf(self, terms: Sequence[str]) -> Scores:
        """The idf of each term; see ``LexicalIndex.idf``."""
        return np.array(
            [log((self.passages + 1) / max(self._term(term).frequency, 1)) for term in terms], dtype=np.float64
        )

    def lists(self) -> TermLists:
        """The terms of all live passages, for another engine; in memory."""
        parts = [segment.lists() for segment in self._segments]
        numbers: dict[str, int] = {}
        terms, lengths = [_NO_ROWS.astype(np.int32)], [_NO_ROWS]
        for part, mask in zip(parts, self._live, strict=True):
            own = np.array([numbers.setdefault(term, len(numbers)) for term in part.vocabulary], dtype=np.int32)
            sizes = np.diff(part.offsets)
            terms.append(own[part.terms[np.repeat(mask, sizes)]])
            lengths.append(sizes[mask])
        offsets = np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int64)
        return TermLists(tuple(numbers), np.concatenate(terms), offsets)

    def scores(self, terms: Sequence[str]) -> Scores:
        """BM25+ scores of all rows, 0 where no term matches or the row is deleted; see ``LexicalIndex.scores``."""
        scores = np.zeros(len(self))
        known = self._known(terms)
        for place, offset in enumerate(self._offsets[:-1].tolist()):
            part = scores[offset : offset + len(self._segments[place])]
            for term in known:
                if term.numbers[place] < 0:
                    continue
                dense = self._dense_gains(place, term)
                if dense is None:
                    passages, gains = self._gains(place, term)
                    part[passages] += gains
                else:
                    part += dense
        return scores

    def scores_at(self, terms: Sequence[str], rows: Rows) -> Scores:
        """BM25+ scores of some rows, ``(n,)`` as the rows; see ``scores``."""
        scores = np.zeros(len(rows))
        known = self._known(terms)
        places = np.searchsorted(self._offsets, rows, side="right") - 1
        for place in np.unique(places).tolist():
            chosen = places == place
            scores[chosen] = self._scores_of(place, known, rows[chosen] - self._offsets[place])
        return scores

    def best(self, terms: Sequence[str], k: int, allowed: NDArray[np.bool_]) -> tuple[Rows, Scores]:
        """The allowed rows with the highest scores.

        Terms are taken from the rarest on. Once k rows score more than all terms that are left can add up to, no new
        row can be among the best, and the long postings of common words are looked at for the rows found so far alone
        (MaxScore: Turtle and Flood, "Query evaluation: strategies and optimizations", IPM 31(6), 1995).

        Args:
            terms: Distinct terms of the question.
            k: How many rows at most.
            allowed: ``(n_rows,) bool``.

        Returns:
            Rows that a term matches and their scores, best first, equal ones in order of rows.
        """
        known = self._known(terms)
        rows, scores = _NO_ROWS, _NO_SCORES
        for place in sorted(range(len(self._segments)), key=lambda place: -len(self._segments[place])):
            offset = int(self._offsets[place])
            within = allowed[offset : offset + len(self._segments[place])]
            floor = float(scores.min()) if len(scores) >= k else 0.0
            found, gained = self._best_of(place, known, k, within, floor)
            rows, scores = leading(np.concatenate([rows, found + offset]), np.concatenate([scores, gained]), k)
        return ranked(rows, scores, k)

    def _best_of(
        self, place: int, known: Sequence[_Term], k: int, allowed: NDArray[np.bool_], floor: float
    ) -> tuple[Rows, Scores]:
        """At least the k best rows of one segment that score no less than ``floor``, in any order."""
        terms = [term for term in known if term.numbers[place] >= 0]
        permitted = int(np.count_nonzero(allowed))
        if not terms or not permitted:
            return _NO_ROWS, _NO_SCORES
        if permitted <= len(allowed) // _FEW:
            rows = np.flatnonzero(allowed)
            return leading(rows, self._scores_of(place, terms, rows), k)
        left = [sum(term.weight for term in terms[number:]) for number in range(len(terms))]
        scores = np.zeros(len(allowed))
        seen: list[Rows] = []
        count = 0
        for number, term in enumerate(terms):
            if term.sizes[place] > max(_LONG, count) and (floor > left[number] or count >= k):
                rows = np.concatenate([_NO_ROWS, *seen])
                rows = rows[allowed[rows]]
                values = scores[rows]
                border = max(floor, kth_best_or_less(values, k))
                if border - ROUNDING > left[number]:
                    rows = rows[values + left[number] >= border - ROUNDING]
                    return leading(rows, self._finish(place, terms[number:], rows, scores[rows]), k)
            dense = self._dense_gains(place, term)
            if dense is not None:
                scores += dense
                count = len(scores)
                continue
            passages, gains = self._gains(place, term)
            before = scores[passages]
            scores[passages] = before + gains
            if count < len(scores):
                seen.append(passages[before == 0])
                count += len(seen[-1])
        if count >= len(scores):
            return leading(None, scores if permitted == len(scores) else np.where(allowed, scores, 0.0), k)
        rows = np.concatenate([_NO_ROWS, *seen])
        rows = rows[allowed[rows]]
        return leading(rows, scores[rows], k)

    def _scores_of(self, place: int, terms: Sequence[_Term], passages: Rows) -> Scores:
        """The scores of some passages of a segment."""
        return self._finish(place, terms, passages, np.zeros(len(passages)))

    def _finish(self, place: int, terms: Sequence[_Term], passages: Rows, scores: Scores) -> Scores:
        """Scores of passages with the gains of more terms added, each looked up in the term's postings."""
        norms = self._norms[place][passages]
        wanted = passages.astype(np.int32)  # of the postings' type, or all of them would be converted for the search
        for term in terms:
            number = term.numbers[place]
            if number < 0:
                continue
            dense = self._dense.get((place, number))
            if dense is not None:
                scores += dense[passages]
                continue
            having, counts = self._segments[place].of(number)
            spots = np.searchsorted(having, wanted)
            spots[spots == len(having)] = 0
            matching = having[spots] == wanted
            frequency = counts[spots[matching]]
            scores[matching] += term.weight * (frequency / (norms[matching] + frequency))
        return scores

    def _gains(self, place: int, term: _Term) -> tuple[Rows, Scores]:
        """The passages of a segment that have a term, and what it adds to the score of each."""
        having, counts = self._segments[place].of(term.numbers[place])
        passages = having.astype(np.int64)  # numpy takes elements by numbers of its own size several times as fast
        gains: Scores = self._norms[place][passages]
        gains += counts
        np.divide(counts, gains, out=gains)
        gains *= term.weight
        return passages, gains

    def _dense_gains(self, place: int, term: _Term) -> Scores | None:
        """What a common term adds to the score of every passage of a segment, ``(n_passages,)``; None for a rare term.

        Adding up whole arrays is several times as fast as adding at places. The arrays used last are kept.
        """
        size = len(self._segments[place])
        if term.sizes[place] < max(_LONG, size // _COMMON) or 8 * size > _DENSE_BYTES // 4:
            return None
        key = place, term.numbers[place]
        dense = self._dense.get(key)
        if dense is None:
            passages, gains = self._gains(place, term)
            dense = np.zeros(size)
            dense[passages] = gains
            self._dense.put(key, dense)
        return dense

    def _known(self, terms: Sequence[str]) -> list[_Term]:
        """The terms that some live passage has, rarest first."""
        found = [self._term(term) for term in terms]
        return sorted((term for term in found if term.frequency), key=lambda term: term.frequency)

    def _term(self, term: str) -> _Term:
        known = self._terms.get(term)
        if known is None:
            known = self._look_up(term)
            if len(self._terms) >= _REMEMBERED:
                self._terms = {}
            self._terms[term] = known
        return known

    def _look_up(self, term: str) -> _Term:
        numbers, sizes = [], []
        frequency = 0
        for segment, mask, whole in zip(self._segments, self._live, self._whole, strict=True):
            number = segment.vocabulary.find(term)
            if number is None:
                numbers.append(-1)
                sizes.append(0)
                continue
            passages, _ = segment.of(number)
            numbers.append(number)
            sizes.append(len(passages))
            frequency += len(passages) if whole else int(np.count_nonzero(mask[passages]))
        idf = log((self.passages + 1) / max(frequency, 1))
        return _Term(tuple(numbers), tuple(sizes), frequency, (self._parameters.k1 + 1) * idf)
