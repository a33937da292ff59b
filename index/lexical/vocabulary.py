"""The distinct terms of a segment, sorted, in files that are searched without being read."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.lexical.array_file import open_array

TERM_TEXTS = "term_texts.npy"
TERM_STARTS = "term_starts.npy"
_BLOCK = 65_536


class Vocabulary(Sequence[bytes]):
    """Distinct terms in UTF-8, in order of their bytes; a term's number is its place.

    Args:
        texts: All terms one after another, ``(n_bytes,) uint8``.
        starts: Term i is ``texts[starts[i]:starts[i + 1]]``, ``(n_terms + 1,) int64``.
    """

    def __init__(self, texts: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        self.texts = texts
        self.starts = starts
        # One element of a memoryview costs a third of one of an array, and a search looks at some twenty.
        self._texts, self._starts = memoryview(texts), memoryview(starts)  # type: ignore[arg-type]  # PEP 688

    @classmethod
    def of(cls, terms: Iterable[bytes]) -> "Vocabulary":
        """The vocabulary of terms that are distinct and sorted.

        Examples:
            >>> list(Vocabulary.of([b"fire", b"road"]))
            [b'fire', b'road']
        """
        listed = list(terms)
        starts = np.zeros(len(listed) + 1, dtype=np.int64)
        np.cumsum([len(term) for term in listed], out=starts[1:])
        return cls(np.frombuffer(b"".join(listed), dtype=np.uint8), starts)

    @classmethod
    def load(cls, folder: Path) -> "Vocabulary":
        """Open a saved vocabulary, memory-mapped."""
        texts, starts = open_array(folder / TERM_TEXTS), open_array(folder / TERM_STARTS)
        if texts.dtype != np.uint8 or starts.dtype != np.int64 or len(starts) == 0 or starts[-1] != len(texts):
            raise ValueError(f"{folder / TERM_STARTS} does not fit {TERM_TEXTS}")
        return cls(texts, starts)

    def save(self, folder: Path) -> None:
        """Write the vocabulary into a folder that exists."""
        np.save(folder / TERM_TEXTS, self.texts)
        np.save(folder / TERM_STARTS, self.starts)

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, number: int) -> bytes: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[bytes]: ...

    def __getitem__(self, number: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(number, slice):
            return [self[place] for place in range(*number.indices(len(self)))]
        return bytes(self._texts[self._starts[number] : self._starts[number + 1]])

    def __iter__(self) -> Iterator[bytes]:
        for first in range(0, len(self), _BLOCK):
            starts = self.starts[first : first + _BLOCK + 1].tolist()
            text = self.texts[starts[0] : starts[-1]].tobytes()
            for start, end in pairwise(starts):
                yield text[start - starts[0] : end - starts[0]]

    def find(self, term: str) -> int | None:
        """The number of a term, or None where it is not here.

        Examples:
            >>> vocabulary = Vocabulary.of([b"fire", b"road"])
            >>> vocabulary.find("road"), vocabulary.find("river")
            (1, None)
        """
        wanted = utf8(term)
        number = bisect_left(self, wanted)
        return number if number < len(self) and self[number] == wanted else None

    def only(self, kept: NDArray[np.bool_]) -> "Vocabulary":
        """The terms for which ``kept``, ``(n_terms,) bool``, holds."""
        lengths = np.diff(self.starts)
        starts = np.concatenate([[0], np.cumsum(lengths[kept])]).astype(np.int64)
        return Vocabulary(self.texts[np.repeat(kept, lengths)], starts)


def utf8(term: str) -> bytes:
    """A term as it is stored; half of a character (a lone surrogate) in a question is no error but matches nothing."""
    return term.encode("utf-8", "surrogatepass")
