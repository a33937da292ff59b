"""The postings of one segment: for each term the passages that have it and how often, in memory-mapped files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.lexical.array_file import open_array
from index.lexical.protocol import TermLists
from index.lexical.vocabulary import Vocabulary, utf8

POSTING_STARTS = "posting_starts.npy"
POSTING_PASSAGES = "posting_passages.npy"
POSTING_COUNTS = "posting_counts.npy"
PASSAGE_LENGTHS = "passage_lengths.npy"
_CHECKED = 1 << 22  # postings that are checked at once


@dataclass(frozen=True, slots=True)
class Postings:
    """Term frequencies by term, in compressed sparse columns.

    Attributes:
        vocabulary: The terms; each is in at least one passage.
        starts: The postings of term i are those from ``starts[i]`` to ``starts[i + 1]``, ``(n_terms + 1,) int64``.
        passages: The passage of each posting, ascending within a term, ``(n_postings,) int32``.
        counts: How often the passage has the term, ``(n_postings,)``, of the smallest unsigned type that holds all.
        lengths: How many terms each passage has, with repetitions, ``(n_passages,) int32``.
    """

    vocabulary: Vocabulary
    starts: NDArray[np.int64]
    passages: NDArray[np.int32]
    counts: NDArray[np.unsignedinteger]
    lengths: NDArray[np.int32]

    @classmethod
    def load(cls, folder: Path) -> "Postings":
        """Open what ``save`` or a ``PostingsWriter`` wrote, memory-mapped.

        Raises:
            OSError: A file is missing or cannot be read.
            ValueError: The files do not fit one another.
        """
        vocabulary = Vocabulary.load(folder)
        arrays: list[NDArray[Any]] = [
            open_array(folder / name) for name in (POSTING_STARTS, POSTING_PASSAGES, POSTING_COUNTS, PASSAGE_LENGTHS)
        ]
        starts, passages, counts, lengths = arrays
        if len(starts) != len(vocabulary) + 1 or not starts[-1] == len(passages) == len(counts):
            raise ValueError(f"the postings in {folder} do not fit one another")
        return cls(vocabulary, starts, passages, counts, lengths)

    def save(self, folder: Path) -> None:
        """Write the postings into a folder that exists."""
        self.vocabulary.save(folder)
        for name, array in (
            (POSTING_STARTS, self.starts),
            (POSTING_PASSAGES, self.passages),
            (POSTING_COUNTS, self.counts),
            (PASSAGE_LENGTHS, self.lengths),
        ):
            np.save(folder / name, array)

    def __len__(self) -> int:
        return len(self.lengths)

    def of(self, term: int) -> tuple[NDArray[np.int32], NDArray[np.unsignedinteger]]:
        """The passages that have a term, ascending, and how often each has it."""
        start, end = self.starts[term : term + 2].tolist()
        return self.passages[start:end], self.counts[start:end]

    def lists(self) -> TermLists:
        """The terms of every passage, sorted within a passage: their order is not kept."""
        order = np.argsort(self.passages, kind="stable")
        terms = np.repeat(np.arange(len(self.vocabulary), dtype=np.int32), np.diff(self.starts))
        offsets = np.concatenate([[0], np.cumsum(self.lengths, dtype=np.int64)])
        names = tuple(term.decode("utf-8", "surrogatepass") for term in self.vocabulary)
        return TermLists(names, np.repeat(terms[order], self.counts[order]), offsets)

    def damage(self) -> list[str]:
        """Where the postings contradict themselves or the lengths of the passages, a line each; empty where nowhere."""
        problems = []
        terms = iter(self.vocabulary)
        before = next(terms, None)
        for term in terms:
            if before is not None and term <= before:
                problems.append("the terms are not in order")
                break
            before = term
        if self.starts[0] != 0 or not (np.diff(self.starts) > 0).all():
            return [*problems, "some term has no postings"]
        found = np.zeros(len(self), dtype=np.int64)
        first_of_term = np.zeros(len(self.passages) + 1, dtype=np.bool_)
        first_of_term[self.starts] = True
        previous = -1
        for start in range(0, len(self.passages), _CHECKED):
            passages = np.asarray(self.passages[start : start + _CHECKED], dtype=np.int64)
            if passages.min() < 0 or passages.max() >= len(self):
                return [*problems, f"postings name passages that are not among the {len(self)}"]
            steps = np.diff(passages, prepend=previous)
            if not ((steps > 0) | first_of_term[start : start + len(passages)]).all():
                problems.append("the postings of some term are not in order")
                break
            counts = self.counts[start : start + _CHECKED]
            found += np.bincount(passages, weights=counts, minlength=len(self)).astype(np.int64)
            previous = int(passages[-1])
        else:
            wrong = int((found != self.lengths).sum())
            if wrong:
                problems.append(f"the postings of {wrong} passages do not add up to their lengths")
        return problems


def invert(lists: TermLists) -> Postings:
    """The postings of term lists, in memory.

    Examples:
        >>> lists = TermLists(("road", "fire"), np.array([0, 1, 0], np.int32), np.array([0, 3], np.int64))
        >>> postings = invert(lists)
        >>> list(postings.vocabulary), postings.passages.tolist(), postings.counts.tolist()
        ([b'fire', b'road'], [0, 0], [1, 2])
    """
    names = [utf8(term) for term in lists.vocabulary]
    order = sorted(range(len(names)), key=names.__getitem__)
    ranks = np.zeros(len(names), dtype=np.int64)
    ranks[order] = np.arange(len(names))
    lengths = np.diff(lists.offsets)
    passages = max(len(lists), 1)
    # Term and passage in one number, so that one sort gives all postings in order.
    keys = ranks[lists.terms] * passages + np.repeat(np.arange(len(lists), dtype=np.int64), lengths)
    postings, counts = np.unique(keys, return_counts=True)
    per_term = np.bincount(postings // passages, minlength=len(names))
    used = np.flatnonzero(per_term)
    return Postings(
        Vocabulary.of(names[order[place]] for place in used),
        np.concatenate([[0], np.cumsum(per_term[used])]).astype(np.int64),
        (postings % passages).astype(np.int32),
        counts.astype(count_type(int(counts.max(initial=0)))),
        lengths.astype(np.int32),
    )


def count_type(largest: int) -> np.dtype[np.unsignedinteger]:
    """The smallest type that holds every count up to the largest: hardly a passage has a word more than 255 times."""
    kind: np.dtype[np.unsignedinteger] = np.min_scalar_type(largest)
    return kind
