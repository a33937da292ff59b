"""Draws that come out the same on every machine and in every Python.

Of ``random.Random`` Python promises only that ``random()`` keeps its sequence for a seed, so everything here rests on
that.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def pick(rng: Random, items: Sequence[T]) -> T:
    """One of the items.

    >>> pick(Random(7), "abc")
    'a'
    """
    return items[int(rng.random() * len(items))]


def between(rng: Random, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``, both included.

    >>> between(Random(7), 3, 3)
    3
    """
    return low + int(rng.random() * (high - low + 1))


def chance(rng: Random, probability: float) -> bool:
    """True with the probability given.

    >>> chance(Random(7), 1.0), chance(Random(7), 0.0)
    (True, False)
    """
    return rng.random() < probability


def shuffled(rng: Random, items: Sequence[T]) -> tuple[T, ...]:
    """The items in random order (Fisher and Yates).

    >>> sorted(shuffled(Random(7), "abc"))
    ['a', 'b', 'c']
    """
    order = list(items)
    for last in range(len(order) - 1, 0, -1):
        other = between(rng, 0, last)
        order[last], order[other] = order[other], order[last]
    return tuple(order)
