"""What the segments of an index give together: terms, how they sound, and token codes."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from index.bridges.sounds import Script
from index.store.segment import Segment


class Terms:
    """The terms of some segments, as a container.

    Args:
        segments: The segments.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._vocabularies = [segment.postings.vocabulary for segment in segments]

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and any(vocabulary.find(term) is not None for vocabulary in self._vocabularies)


class Skeletons:
    """The terms of some segments by their skeleton; see ``index.bridges.SkeletonIndex``.

    Args:
        segments: The segments.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._parts = [segment.skeletons for segment in segments]

    def terms_near(self, form: str, scripts: Collection[Script] = tuple(Script), wide: bool = True) -> tuple[str, ...]:
        """The distinct terms whose skeleton is this one or near to it."""
        return tuple(dict.fromkeys(term for part in self._parts for term in part.terms_near(form, scripts, wide)))


def gather_codes(
    segments: Sequence[Segment], places: NDArray[np.int64], numbers: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The token codes of passages.

    Args:
        segments: The segments, each with token codes.
        places: The segment of each passage, ``(n,)``.
        numbers: Its number there, ``(n,)``.

    Returns:
        The codes one after another, ``(n_tokens, width) uint8``, and how many each has, ``(n,) int64``.

    Raises:
        ValueError: A segment keeps no codes, or there is no passage.
    """
    codes = []
    for place, number in zip(places.tolist(), numbers.tolist(), strict=True):
        kept = segments[place].token_codes
        if kept is None:
            raise ValueError(f"{segments[place].folder} keeps no token codes")
        codes.append(kept.of(number))
    return np.concatenate(codes), np.array([len(one) for one in codes], dtype=np.int64)


def evenly(rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """At most so many of some rows, spread evenly over them.

    Examples:
        >>> evenly(np.arange(10), 3).tolist(), evenly(np.arange(2), 3).tolist()
        ([0, 4, 9], [0, 1])
    """
    if len(rows) <= count:
        return rows
    return rows[np.linspace(0, len(rows) - 1, count).round().astype(np.int64)]
