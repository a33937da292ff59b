"""The terms of a collection by their skeleton, in arrays that are memory-mapped."""

from collections.abc import Collection, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.bridges.skeleton import SHORTEST, key, near, skeleton
from index.bridges.sounds import Script, script_of

_KEYS, _ENDS, _TERMS = "skeletons.npy", "skeleton_ends.npy", "skeleton_terms.npy"
_LONGEST_TERM = 40  # letters; longer ones are no names


class SkeletonIndex:
    """Finds the terms whose skeleton is that of a word, or near to it.

    Args:
        keys: The key of each term, ascending, ``(n_terms,) uint64``.
        ends: Where each term ends in ``terms``, in bytes, ``(n_terms,) int64``.
        terms: The terms in UTF-8 one after another, ``(n_bytes,) uint8``.
    """

    def __init__(self, keys: NDArray[np.uint64], ends: NDArray[np.int64], terms: NDArray[np.uint8]) -> None:
        self._keys = keys
        self._ends = ends
        self._terms = terms

    def __len__(self) -> int:
        return len(self._keys)

    @classmethod
    def build(cls, vocabulary: Iterable[str]) -> "SkeletonIndex":
        """Index the terms of a vocabulary that could be names.

        Args:
            vocabulary: The analyzer's terms. Those without two consonants in one of the scripts known are left out.

        Returns:
            The index; equal keys in order of the terms.
        """
        keyed = []
        for term in vocabulary:
            script = script_of(term) if len(term) <= _LONGEST_TERM else None
            if script is not None and len(form := skeleton(term)) >= SHORTEST:
                keyed.append((key(form, script), term.encode()))
        keyed.sort()
        ends = np.cumsum([len(term) for _, term in keyed], dtype=np.int64)
        joined = np.frombuffer(b"".join(term for _, term in keyed), dtype=np.uint8)
        return cls(np.array([number for number, _ in keyed], dtype=np.uint64), ends, joined)

    @classmethod
    def load(cls, folder: Path) -> "SkeletonIndex":
        """Open a saved index; its arrays are memory-mapped."""
        keys, ends, terms = (np.load(folder / name, mmap_mode="r") for name in (_KEYS, _ENDS, _TERMS))
        return cls(keys, ends, terms)

    def save(self, folder: Path) -> None:
        """Write the index into an existing folder: three numpy arrays, no pickle."""
        for name, values in ((_KEYS, self._keys), (_ENDS, self._ends), (_TERMS, self._terms)):
            np.save(folder / name, values, allow_pickle=False)

    def terms_near(self, form: str, scripts: Collection[Script] = tuple(Script), wide: bool = True) -> tuple[str, ...]:
        """The terms whose skeleton is this one or near to it.

        Args:
            form: A skeleton.
            scripts: Of which scripts.
            wide: How near; see ``near``.

        Returns:
            The terms, in order of their keys.
        """
        wanted = np.array(
            sorted({key(other, script) for other in near(form, wide) for script in scripts}), dtype=np.uint64
        )
        first = np.searchsorted(self._keys, wanted, side="left")
        last = np.searchsorted(self._keys, wanted, side="right")
        return tuple(
            self._term(number)
            for start, stop in zip(first.tolist(), last.tolist(), strict=True)
            for number in range(start, stop)
        )

    def _term(self, number: int) -> str:
        start = int(self._ends[number - 1]) if number else 0
        return bytes(self._terms[start : int(self._ends[number])]).decode()
