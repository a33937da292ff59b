"""The token codes of a segment's passages, in files that are memory-mapped."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CODES = "token_codes.bin"
LENGTHS = "token_lengths.npy"


class TokenCodesWriter:
    """Writes the codes of passages in order.

    Args:
        folder: Of the segment.
        width: Bytes of a token.
    """

    def __init__(self, folder: Path, width: int) -> None:
        self._folder = folder
        self._width = width
        self._lengths: list[int] = []
        self._file = (folder / CODES).open("wb")

    def append(self, passages: Iterable[NDArray[np.uint8]]) -> None:
        """Add the codes of the next passages, ``(n_tokens, width) uint8`` each.

        Raises:
            ValueError: The codes are of another width.
        """
        for codes in passages:
            if codes.ndim != 2 or codes.shape[1] != self._width:
                raise ValueError(f"token codes of shape {codes.shape}; each token has {self._width} bytes")
            self._file.write(np.ascontiguousarray(codes).tobytes())
            self._lengths.append(len(codes))

    def finish(self, passages: int) -> None:
        """Write what remains.

        Raises:
            ValueError: Codes were added for fewer or more passages than this.
        """
        self._file.close()
        if len(self._lengths) != passages:
            raise ValueError(f"token codes of {len(self._lengths)} passages for {passages} passages")
        np.save(self._folder / LENGTHS, np.asarray(self._lengths, dtype=np.int32))

    def abandon(self) -> None:
        """Let go of the file; the folder is left to be cleared away."""
        self._file.close()


class TokenCodes:
    """The codes of a segment's passages.

    Args:
        codes: ``(n_tokens, width) uint8`` of all passages one after another.
        lengths: Tokens of each passage, ``(n_passages,) int32``.

    Raises:
        ValueError: There are more or fewer codes than the lengths say.
    """

    def __init__(self, codes: NDArray[np.uint8], lengths: NDArray[np.int32]) -> None:
        self._codes = codes
        self._ends: NDArray[np.int64] = np.cumsum(lengths, dtype=np.int64)
        self._lengths = lengths
        total = int(self._ends[-1]) if len(lengths) else 0
        if total != len(codes):
            raise ValueError(f"{len(codes)} token codes for {total} tokens")

    @classmethod
    def load(cls, folder: Path, width: int) -> "TokenCodes":
        """Open what a ``TokenCodesWriter`` wrote.

        Raises:
            OSError: A file is missing.
            ValueError: The files do not belong together.
        """
        lengths = np.load(folder / LENGTHS)
        path = folder / CODES
        size = path.stat().st_size
        if size % width:
            raise ValueError(f"{path}: {size} bytes are no whole number of tokens of {width} bytes")
        if size == 0:  # an empty file cannot be mapped
            return cls(np.zeros((0, width), dtype=np.uint8), lengths)
        return cls(np.memmap(path, dtype=np.uint8, mode="r").reshape(-1, width), lengths)

    def __len__(self) -> int:
        return len(self._lengths)

    def of(self, row: int) -> NDArray[np.uint8]:
        """The codes of one passage, ``(n_tokens, width) uint8``."""
        end = int(self._ends[row])
        codes: NDArray[np.uint8] = self._codes[end - int(self._lengths[row]) : end]
        return codes
