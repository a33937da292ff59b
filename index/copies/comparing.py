"""Whether two texts are copies of one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.copies.outline import Outline

# Measured (python -m eval.bench.copies) and read on newswire: copies share over 0.9 of the shorter text's shingles,
# daily bulletins made from one template up to 0.8.
MIN_CONTAINMENT = 0.65
MIN_RESEMBLANCE = 0.4
MAX_REPLACED = 0.05
MAX_DAYS_APART = 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are.

    Attributes:
        resemblance: Shingles that both have, as a share of those that either has (Jaccard similarity).
        containment: Shingles that both have, as a share of those of the text that has fewer.
        other_numbers: Places where the words around are the same and the numbers are not.
        replaced: Places where the words on either side are the same and the word between is not, as a share of the
            shingles of the text that has fewer.
        days_apart: Between their datelines; 0 where one has none.
    """

    resemblance: float
    containment: float
    other_numbers: int
    replaced: float
    days_apart: int


def are_copies(first: Outline, second: Outline) -> bool:
    """Whether two texts are copies of one: words are shared, and no number is another one.

    A copy may have another headline, dateline or agency, words changed here and there, and an end cut off, up to half
    of the text. Not copies are: a text that quotes a part of the other; a translation; a report made from the same
    template with other numbers or names; an update in which a figure has changed, or with more new text than old.
    """
    if first.key == 0 or second.key == 0:
        return False
    if first.key == second.key:
        return True
    found = likeness(first, second)
    return (
        found.containment >= MIN_CONTAINMENT
        and found.resemblance >= MIN_RESEMBLANCE
        and found.other_numbers == 0
        and found.replaced <= MAX_REPLACED
        and found.days_apart <= MAX_DAYS_APART
    )


def likeness(first: Outline, second: Outline) -> Likeness:
    """How alike two texts are, neither of which is too short to be compared."""
    smaller, larger = sorted((len(first.shingles), len(second.shingles)))
    shared = len(np.intersect1d(first.shingles, second.shingles, assume_unique=True))
    only_first = ~np.isin(first.shingles, second.shingles, assume_unique=True)
    only_second = ~np.isin(second.shingles, first.shingles, assume_unique=True)
    days = abs((first.day - second.day).days) if first.day and second.day else 0
    return Likeness(
        resemblance=shared / (smaller + larger - shared),
        containment=shared / smaller,
        other_numbers=_in_both(first.numbers[only_first], second.numbers[only_second]),
        replaced=_in_both(first.middles[only_first], second.middles[only_second]) / smaller,
        days_apart=days,
    )


def _in_both(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> int:
    """How many hashes but 0 are in both."""
    return int(np.count_nonzero(np.intersect1d(first, second)))
