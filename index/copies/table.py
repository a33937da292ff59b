"""What a segment keeps to recognise copies: keys, signatures, sorted bands, and the pairs that were found."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.copies.banding import band_hashes, matches, sorted_bands
from index.copies.outline import Outline
from index.copies.signatures import BANDS, PERMUTATIONS, signature

FILE = "copies.npy"
_HEADER = 4  # words; an even number, so that what follows can be read as 64-bit words


class CopyTableWriter:
    """Collects the table of a new segment."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.signatures: list[NDArray[np.uint32]] = []
        self._pairs: set[tuple[int, int]] = set()

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, outlined: Outline) -> None:
        """Append the next document."""
        blank = np.zeros(PERMUTATIONS, dtype=np.uint32)
        self._append(outlined.key, signature(outlined.shingles) if outlined.key else blank)

    def add_from(self, table: "CopyTable", document: int) -> None:
        """Append the next document as an older table has it."""
        self._append(int(table.keys[document]), np.array(table.signatures[document]))

    def add_pairs(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Note keys of texts that are copies of each other; kept where one of the two is here at the end."""
        self._pairs.update((min(pair), max(pair)) for pair in pairs)

    def build(self) -> "CopyTable":
        """The table of what was added so far."""
        signatures = np.asarray(self.signatures, dtype=np.uint32).reshape(-1, PERMUTATIONS)
        keys = np.asarray(self.keys, dtype=np.uint64)
        documents = np.flatnonzero(keys).astype(np.int32)
        bands, band_documents = sorted_bands(band_hashes(signatures[documents]), documents)
        here = frozenset(self.keys)
        kept = sorted(pair for pair in self._pairs if not here.isdisjoint(pair))
        pairs = np.asarray(kept, dtype=np.uint64).reshape(-1, 2)
        return CopyTable(keys, signatures, bands, band_documents, pairs)

    def _append(self, key: int, values: NDArray[np.uint32]) -> None:
        self.keys.append(key)
        self.signatures.append(values)


class CopyTable:
    """A segment's table.

    Args:
        keys: ``(n_documents,) uint64``, 0 where a text is too short to be compared.
        signatures: ``(n_documents, 126) uint32``.
        bands: ``(42, n) uint32``, ascending in each row; n counts the documents with a key.
        band_documents: ``(42, n) int32``, the documents in the same order.
        pairs: Keys of texts that are copies of each other, ``(n_pairs, 2) uint64``, the smaller first, ascending.
    """

    def __init__(
        self,
        keys: NDArray[np.uint64],
        signatures: NDArray[np.uint32],
        bands: NDArray[np.uint32],
        band_documents: NDArray[np.int32],
        pairs: NDArray[np.uint64],
    ) -> None:
        self.keys = keys
        self.signatures = signatures
        self.bands = bands
        self.band_documents = band_documents
        self.pairs = pairs

    @classmethod
    def load(cls, folder: Path) -> "CopyTable":
        """The table of a finished segment, memory-mapped.

        Raises:
            ValueError: The file is not as long as it says.
        """
        words: NDArray[np.uint32] = np.load(folder / FILE, mmap_mode="r")
        documents, with_key, pairs = (int(count) for count in words[: _HEADER - 1])
        lengths = (2 * documents, 4 * pairs, PERMUTATIONS * documents, BANDS * with_key, BANDS * with_key)
        ends = np.cumsum([_HEADER, *lengths]).tolist()
        if ends[-1] != len(words):
            raise ValueError(f"{folder / FILE} holds {len(words)} words, not {ends[-1]}")
        keys, paired, signatures, bands, band_documents = (words[start:end] for start, end in pairwise(ends))
        return cls(
            keys.view(np.uint64),
            signatures.reshape(documents, PERMUTATIONS),
            bands.reshape(BANDS, with_key),
            band_documents.view(np.int32).reshape(BANDS, with_key),
            paired.view(np.uint64).reshape(pairs, 2),
        )

    def save(self, folder: Path) -> None:
        """Write the table's file.

        It is one array of 32-bit words: how many documents, documents with a key and pairs there are; then the keys,
        pairs, signatures, bands, and the bands' documents.
        """
        header = np.asarray([len(self.keys), self.bands.shape[1], len(self.pairs), 0], dtype=np.uint32)
        arrays: tuple[NDArray[Any], ...] = (self.keys, self.pairs, self.signatures, self.bands, self.band_documents)
        words = [np.ascontiguousarray(array).reshape(-1).view(np.uint32) for array in arrays]
        np.save(folder / FILE, np.concatenate([header, *words]))

    def candidates(self, values: NDArray[np.uint32], bands: NDArray[np.uint32], least: float) -> NDArray[np.int32]:
        """The documents whose signatures share a band with one, and agree with it at that share of places at least.

        Args:
            values: A signature, ``(126,) uint32``.
            bands: Its band hashes, ``(42,) uint32``.
            least: Lowest estimate of Jaccard similarity.

        Returns:
            Their numbers, ascending.
        """
        found = matches(self.bands, self.band_documents, bands)
        agreeing = (np.asarray(self.signatures[found]) == values).mean(axis=1)
        near: NDArray[np.int32] = found[agreeing >= least]
        return near

    def damage(self, documents: int) -> list[str]:
        """What does not fit together in the table of a segment with so many documents; empty where all does."""
        if len(self.keys) != documents:
            return [f"signatures of {len(self.keys)} texts for {documents} documents"]
        expected = np.flatnonzero(self.keys).astype(np.int32)
        bands, numbers = sorted_bands(band_hashes(np.asarray(self.signatures[expected])), expected)
        if not (np.array_equal(bands, self.bands) and np.array_equal(numbers, self.band_documents)):
            return ["the bands for recognising copies are not those of the signatures"]
        return []
