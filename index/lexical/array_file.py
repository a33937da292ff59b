"""A one-dimensional numpy file that grows at its end, so that what it holds need not fit in memory."""

from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray


class ArrayFile:
    """Writes a ``.npy`` file part by part; a context manager that completes the file.

    Args:
        path: The file, replaced where there is one.
        dtype: Of its elements.
    """

    def __init__(self, path: Path, dtype: np.dtype[np.integer]) -> None:
        self._dtype = dtype
        self._length = 0
        self._file = path.open("wb")
        self._header = self._write_header()

    def __enter__(self) -> "ArrayFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            self._file.seek(0)
            if self._write_header() != self._header:
                raise ValueError(f"the header of {self._file.name} has outgrown its place")

    def append(self, values: NDArray[np.integer]) -> None:
        """Write the next elements, ``(n,)``; each must fit the type of the file."""
        self._file.write(memoryview(np.ascontiguousarray(values, dtype=self._dtype)))  # type: ignore[arg-type]  # PEP 688
        self._length += len(values)

    def _write_header(self) -> int:
        """Write the header for the elements so far and give its length: numpy leaves room in it for a larger shape."""
        header = {"descr": self._dtype.str, "fortran_order": False, "shape": (self._length,)}
        np.lib.format.write_array_header_1_0(self._file, header)
        return self._file.tell()


def open_array(path: Path) -> NDArray[Any]:
    """A numpy file, memory-mapped, as a plain array: numpy's own class for it makes every slice slow."""
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
