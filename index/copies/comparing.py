"""Whether two texts are copies of one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.copies.outline import Outline

# Measured (python -m eval.bench.copies) and read on newswire. Copies share 0.7 to 1 of the shorter text's shingles;
# bulletins of one template share up to 0.95, and are told by their numbers and the words replaced.
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
    of the text. An update that adds text and changes no figure is a copy while what is new is no more than about one
    and a half times what is old. Not copies are: a text that quotes a part of the other; a translation; a report made
    from the same template with other numbers or names; an update in which a figure has changed.
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
    # By bisection, not by NumPy's set functions: reports of one template are compared each with each.
    places = np.minimum(np.searchsorted(second.shingles, first.shingles), len(second.shingles) - 1)
    in_second = second.shingles[places] == first.shingles
    in_first = np.zeros(len(second.shingles), dtype=np.bool_)
    in_first[places[in_second]] = True
    shared = int(np.count_nonzero(in_second))
    smaller = min(len(first.shingles), len(second.shingles))
    days = abs((first.day - second.day).days) if first.day and second.day else 0
    return Likeness(
        resemblance=shared / (len(first.shingles) + len(second.shingles) - shared),
        containment=shared / smaller,
        other_numbers=_in_both(first.numbers[~in_second], second.numbers[~in_first]),
        replaced=_in_both(first.middles[~in_second], second.middles[~in_first]) / smaller,
        days_apart=days,
    )


def _in_both(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> int:
    """How many different hashes but 0 are in both."""
    return len(set(first.tolist()).intersection(second.tolist()) - {0})
