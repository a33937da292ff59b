"""Finding which texts of a new segment are copies, of each other or of older ones."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.copies.banding import band_hashes
from index.copies.comparing import MIN_RESEMBLANCE, are_copies
from index.copies.outline import Outline, outline
from index.copies.table import CopyTable

# Texts at the least resemblance are estimated below this once in three thousand times.
LEAST_ESTIMATE = MIN_RESEMBLANCE - 0.15
_REMEMBERED = 1 << 14


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts that are in the index, or about to be.

    Attributes:
        table: Their table.
        text: Gives the text of a document by its number.
        deleted: Numbers of documents that no longer count.
    """

    table: CopyTable
    text: Callable[[int], str]
    deleted: frozenset[int] = field(default_factory=frozenset)


def find_pairs(new: Collection, older: Sequence[Collection]) -> Iterator[tuple[int, int]]:
    """Keys of texts that are copies of each other, one of the two in the new segment at least.

    What it takes for a text depends on how many others look like it, not on how many there are, but for one look-up by
    bisection in each band of each segment.

    Args:
        new: The texts of the new segment.
        older: The segments that are live.

    Returns:
        Each pair of differing keys once or more, in no order that matters.
    """
    outlines = _Outlines([new, *older])
    done: set[int] = set()
    for number, key in enumerate(new.table.keys.tolist()):
        if key == 0 or key in done:
            continue
        done.add(key)
        for other, place, candidate in _candidates(new, older, number):
            if other not in done and are_copies(outlines.get(0, number), outlines.get(place, candidate)):
                yield key, other


def _candidates(new: Collection, older: Sequence[Collection], number: int) -> Iterator[tuple[int, int, int]]:
    """Key, place of the collection and number of one document for each other text that looks alike."""
    values: NDArray[np.uint32] = np.asarray(new.table.signatures[number])
    bands = band_hashes(values[None, :])[:, 0]
    seen = {int(new.table.keys[number])}
    for place, collection in enumerate([new, *older]):
        found = collection.table.candidates(values, bands, LEAST_ESTIMATE)
        for candidate, key in zip(found.tolist(), collection.table.keys[found].tolist(), strict=True):
            if key not in seen and candidate not in collection.deleted:
                seen.add(key)
                yield key, place, candidate


class _Outlines:
    """Outlines by place of the collection and number, the latest ones remembered."""

    def __init__(self, collections: Sequence[Collection]) -> None:
        self.get = lru_cache(_REMEMBERED)(self._make)
        self._collections = collections

    def _make(self, place: int, number: int) -> Outline:
        return outline(self._collections[place].text(number))
