"""What a segment keeps to recognise copies: keys, signatures, sorted bands, and the pairs that were found."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.copies.banding import band_hashes, matches, sorted_bands
from index.copies.outline import Outline
from index.copies.signatures import BANDS, PERMUTATIONS, signature

KEYS = "copy_keys.npy"
SIGNATURES = "copy_signatures.npy"
BAND_HASHES = "copy_bands.npy"
BAND_DOCUMENTS = "copy_band_documents.npy"
PAIRS = "copy_pairs.npy"
FILES = (KEYS, SIGNATURES, BAND_HASHES, BAND_DOCUMENTS, PAIRS)


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
        """The table of a finished segment, memory-mapped."""
        keys, signatures, bands, band_documents, pairs = (np.load(folder / name, mmap_mode="r") for name in FILES)
        return cls(keys, signatures, bands, band_documents, pairs)

    def save(self, folder: Path) -> None:
        """Write the table's files."""
        arrays: tuple[NDArray[Any], ...] = (self.keys, self.signatures, self.bands, self.band_documents, self.pairs)
        for name, array in zip(FILES, arrays, strict=True):
            np.save(folder / name, np.asarray(array))

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
        with_key = int(np.count_nonzero(self.keys))
        shapes: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
            KEYS: (self.keys.shape, (documents,)),
            SIGNATURES: (self.signatures.shape, (documents, PERMUTATIONS)),
            BAND_HASHES: (self.bands.shape, (BANDS, with_key)),
            BAND_DOCUMENTS: (self.band_documents.shape, (BANDS, with_key)),
            PAIRS: (self.pairs.shape, (len(self.pairs), 2)),
        }
        wrong = [f"{name} has shape {found}, not {shape}" for name, (found, shape) in shapes.items() if found != shape]
        if wrong:
            return wrong
        expected = np.arange(documents, dtype=np.int32)[np.asarray(self.keys) != 0]
        bands, numbers = sorted_bands(band_hashes(np.asarray(self.signatures[expected])), expected)
        if not (np.array_equal(bands, self.bands) and np.array_equal(numbers, self.band_documents)):
            return ["the bands for recognising copies are not those of the signatures"]
        return []
