"""Whether two texts are copies of one."""

from dataclasses import dataclass

import numpy as np

from index.copies.outline import Outline

# Measured (python -m eval.bench.copies) and read on newswire: copies share over 0.9 of the shorter text's shingles,
# daily bulletins made from one template up to 0.8.
MIN_CONTAINMENT = 0.8
MIN_RESEMBLANCE = 0.4
_MAX_DAYS = 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are.

    Attributes:
        resemblance: Shingles that both have, as a share of those that either has (Jaccard similarity).
        containment: Shingles that both have, as a share of those of the text that has fewer.
        contradiction: Whether one has another number where the words around it are the same, or the days of their
            datelines are more than two days apart.
    """

    resemblance: float
    containment: float
    contradiction: bool


def are_copies(first: Outline, second: Outline) -> bool:
    """Whether two texts are copies of one: words are shared, and no number is another one.

    A copy may have another headline, dateline or agency, words changed here and there, and an end cut off, up to half
    of the text. Not copies are: a text that quotes a part of the other; a translation; a report made from the same
    template with other numbers; an update in which a figure has changed, or with more new text than old.
    """
    if first.key == 0 or second.key == 0:
        return False
    if first.key == second.key:
        return True
    found = likeness(first, second)
    return found.containment >= MIN_CONTAINMENT and found.resemblance >= MIN_RESEMBLANCE and not found.contradiction


def likeness(first: Outline, second: Outline) -> Likeness:
    """How alike two texts are, neither of which is too short to be compared."""
    smaller, larger = sorted((len(first.shingles), len(second.shingles)))
    shared = len(np.intersect1d(first.shingles, second.shingles, assume_unique=True))
    return Likeness(
        resemblance=shared / (smaller + larger - shared),
        containment=shared / smaller,
        contradiction=_other_days(first, second) or _other_numbers(first, second),
    )


def _other_days(first: Outline, second: Outline) -> bool:
    return first.day is not None and second.day is not None and abs((first.day - second.day).days) > _MAX_DAYS


def _other_numbers(first: Outline, second: Outline) -> bool:
    common = first.numbers.keys() & second.numbers.keys()
    return any(first.numbers[masked].isdisjoint(second.numbers[masked]) for masked in common)
