"""Searching inverted lists of 8-bit codes: which lists to look into, and what they give."""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.dense.clustering import centroids_of
from index.dense.exact import inner_products
from index.dense.record import LIST_GROUPS, LISTS, ROW_LISTS, TRAINED, DenseRecord

# How much a list's promise grows with its spread: measured best among 0, 0.05, 0.1 and 0.2, with multilingual-e5-small.
_SPREAD = 0.1


def lists_to_probe(promise: NDArray[np.floating], sizes: NDArray[np.integer], enough: int) -> NDArray[np.int64]:
    """The most promising lists that together hold enough rows, or all that hold any.

    Args:
        promise: How near each list is, ``(n_lists,)``.
        sizes: How many rows of each may be found, ``(n_lists,)``.
        enough: How many rows to scan.

    Returns:
        Numbers of lists, most promising first; never one without rows.

    Examples:
        >>> lists_to_probe(np.array([0.1, 0.9, 0.5, 0.7]), np.array([3, 2, 2, 0]), 4).tolist()
        [1, 2]
    """
    held = np.flatnonzero(sizes)
    order = held[np.argsort(-promise[held], kind="stable")]
    within = int(np.searchsorted(np.cumsum(sizes[order]), enough)) + 1
    return order[:within]


class InvertedLists:
    """The 8-bit codes of a segment's vectors, list by list, memory-mapped.

    Args:
        index: With its lists.
        list_groups: The group of each list's rows, ``(n_lists,) int32``.
        row_lists: The list of each row, ``(n,) int32``.
    """

    def __init__(
        self, index: faiss.IndexIVFScalarQuantizer, list_groups: NDArray[np.int32], row_lists: NDArray[np.int32]
    ) -> None:
        self._index = index
        self._groups = list_groups
        self._row_lists = row_lists
        self._sizes = np.asarray([index.invlists.list_size(place) for place in range(index.nlist)], dtype=np.int64)
        self._centroids = np.ascontiguousarray(centroids_of(index))
        # Of unit vectors, the mean squared distance from their mean is 1 less the mean's squared length.
        self._spread = np.sqrt(np.clip(1 - np.square(self._centroids).sum(axis=1), 0, None))

    @classmethod
    def load(cls, folder: Path, record: DenseRecord) -> "InvertedLists":
        """Open the lists of a folder.

        Raises:
            OSError, RuntimeError: A file cannot be read.
            ValueError: The files do not belong together.
        """
        path = folder / TRAINED
        index = faiss.read_index(str(path), faiss.IO_FLAG_SKIP_IVF_DATA | faiss.IO_FLAG_READ_ONLY)
        if not isinstance(index, faiss.IndexIVFScalarQuantizer):
            raise ValueError(f"{path} holds {type(index).__name__}, {record.kind} was expected")
        if (index.nlist, index.ntotal, index.d) != (record.lists, record.rows, record.dim):
            raise ValueError(
                f"{path} holds {index.ntotal} rows of {index.d} dimensions in {index.nlist} lists, but "
                f"{record.rows}, {record.dim} and {record.lists} were expected"
            )
        _map(index, folder / LISTS)
        list_groups = np.load(folder / LIST_GROUPS)
        row_lists = np.load(folder / ROW_LISTS, mmap_mode="r")
        if list_groups.shape != (index.nlist,) or row_lists.shape != (index.ntotal,):
            raise ValueError(f"{LIST_GROUPS} and {ROW_LISTS} in {folder} do not fit {TRAINED}")
        return cls(index, list_groups, row_lists)

    def search(
        self,
        query: NDArray[np.float32],
        k: int,
        allowed: NDArray[np.bool_] | None,
        offsets: NDArray[np.float64] | None,
        enough: int,
    ) -> NDArray[np.int64]:
        """Rows that are probably the nearest ones, best first by their codes.

        One search serves all groups: as no list mixes groups, a group's offset is taken off the list's own product,
        both where lists are chosen and where FAISS starts to sum up a row's score.

        Args:
            query: ``(dim,) float32``.
            k: How many; so many must be allowed.
            allowed: ``(n,) bool``, or None where all rows are.
            offsets: What is taken off the scores of each group, ``(n_groups,)``, or None.
            enough: How many allowed rows to scan, at least.

        Returns:
            ``(k,) int64``.
        """
        products = inner_products(self._centroids, query)
        if offsets is not None:
            products = (products - offsets[self._groups]).astype(np.float32)
        sizes = self._sizes
        selector = None
        if allowed is not None:
            sizes = np.bincount(self._row_lists[allowed], minlength=len(sizes))
            selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
        lists = lists_to_probe(products + _SPREAD * self._spread, sizes, max(k, enough))
        parameters = faiss.SearchParametersIVF(nprobe=len(lists), sel=selector)
        start = np.ascontiguousarray(products[lists])
        rows, scores = np.empty(k, dtype=np.int64), np.empty(k, dtype=np.float32)
        vector = np.ascontiguousarray(query, dtype=np.float32)
        # The method of FAISS's Python class takes neither a number of lists of its own nor a selector.
        self._index.search_preassigned_c(
            1,
            *(faiss.swig_ptr(vector), k, faiss.swig_ptr(lists), faiss.swig_ptr(start)),
            *(faiss.swig_ptr(scores), faiss.swig_ptr(rows), False, parameters),
        )
        return rows


def _map(index: faiss.IndexIVFScalarQuantizer, path: Path) -> None:
    """Map the file of the lists: FAISS's own flag to find it beside the index prints to the terminal."""
    lists = faiss.downcast_InvertedLists(index.invlists)
    if not isinstance(lists, faiss.OnDiskInvertedLists):
        raise ValueError(f"the lists of {path.parent} are {type(lists).__name__}, lists on disk were expected")
    if path.stat().st_size != lists.totsize:  # reading past its end would end the process
        raise ValueError(f"{path} has {path.stat().st_size} bytes instead of {lists.totsize}")
    lists.filename = str(path)
    lists.do_mmap()
