"""Writing the vectors of a segment, block by block."""

import hashlib
import logging
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.dense.building import build_lists
from index.dense.record import FLAT, VECTORS, DenseRecord, inverted_kind, write_record
from index.dense.settings import DenseSettings
from index.progress import Progress, Silent

_log = logging.getLogger(__name__)


class DenseWriter:
    """Takes vectors in order and leaves the files of a dense index; holds one block of them in memory.

    Args:
        folder: Where the files go; it exists.
        dim: Length of a vector.
        staging: Where the work on a large index is kept, so that a later writer of the same vectors goes on where this
            one was interrupted. Whoever gave it deletes it, when what was built counts.
        settings: Which kind of index to build.
    """

    def __init__(self, folder: Path, dim: int, staging: Path, settings: DenseSettings | None = None) -> None:
        self._folder = folder
        self.dim = dim
        self._staging = staging
        self._settings = settings or DenseSettings()
        self._rows = 0
        self._digest = hashlib.sha256(repr((self._settings, faiss.__version__)).encode())
        self._file = (folder / VECTORS).open("wb")
        self._header = self._write_header()

    def append(self, vectors: NDArray[np.float32]) -> None:
        """Write the vectors of the next rows, ``(m, dim) float32``."""
        if vectors.ndim != 2 or vectors.shape[1] != self.dim:
            raise ValueError(f"vectors of shape {vectors.shape} given to an index of {self.dim} dimensions")
        content = np.ascontiguousarray(vectors, dtype="<f4")
        self._file.write(content.data)
        self._digest.update(content.data)
        self._rows += len(vectors)

    def finish(self, groups: NDArray[np.int32], progress: Progress | None = None) -> None:
        """Close the file of vectors and build the lists of a large index.

        Args:
            groups: The group of each row, ``(n,) int32``; a search can take an offset off the scores of each group.
            progress: Is told what is being done, where lists are built.
        """
        if len(groups) != self._rows:
            self._file.close()
            raise ValueError(f"{len(groups)} groups for {self._rows} vectors")
        self._file.seek(0)
        if self._write_header() != self._header:
            raise ValueError(f"the header of {self._folder / VECTORS} has outgrown its place")
        self._file.close()
        kind = FLAT
        if self._settings.lists(self._rows) and not hasattr(faiss, "OnDiskInvertedLists"):
            _log.warning("FAISS has no lists on disk on this system: each search compares all %d vectors", self._rows)
        elif self._settings.lists(self._rows):
            self._digest.update(np.ascontiguousarray(groups).data)
            staging = self._staging / self._digest.hexdigest()[:16]
            vectors = np.load(self._folder / VECTORS, mmap_mode="r")
            kind = inverted_kind(
                build_lists(self._folder, vectors, groups, staging, self._settings, progress or Silent())
            )
        write_record(self._folder, DenseRecord(kind, self._rows, self.dim))

    def abandon(self) -> None:
        """Let go of the file; the folder is left to be cleared away."""
        self._file.close()

    def _write_header(self) -> int:
        """Write the header for the rows so far and give its length: numpy leaves room in it for the rows to grow."""
        np.lib.format.write_array_header_1_0(
            self._file, {"descr": "<f4", "fortran_order": False, "shape": (self._rows, self.dim)}
        )
        return self._file.tell()
