"""Building inverted lists on disk, in steps that an interrupted build does not repeat."""

import os
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.dense.clustering import Trained, assign, centroids_of, train
from index.dense.record import LIST_GROUPS, LISTS, ROW_LISTS, TRAINED
from index.dense.settings import DenseSettings
from index.progress import Progress


def build_lists(
    folder: Path,
    vectors: NDArray[np.float32],
    groups: NDArray[np.int32],
    staging: Path,
    settings: DenseSettings,
    progress: Progress,
) -> int:
    """Cluster vectors, encode them and write the lists.

    Args:
        folder: Where the lists go.
        vectors: ``(n, dim) float32``, mapped from a file: a sample and then a block at a time are read.
        groups: The group of each row, ``(n,) int32``.
        staging: Of this very build: what an interrupted one left there is used.
        settings: How to build.
        progress: Is told of each vector of the sample in each step, then of each vector.

    Returns:
        How many lists there are.
    """
    staging.mkdir(parents=True, exist_ok=True)
    trained = _trained(vectors, groups, staging, settings, progress)
    progress.start("indexing vectors", len(vectors), "vector")
    blocks = []
    for start in range(0, len(vectors), settings.block):
        end = min(start + settings.block, len(vectors))
        path = staging / f"block-{start:012d}.faiss"
        if not path.exists():
            _write(path, _encoded(trained, vectors, groups, start, end))
        blocks.append(path)
        progress.advance(end - start)
    _merge(trained, blocks, folder)
    return int(trained.index.nlist)


def _trained(
    vectors: NDArray[np.float32], groups: NDArray[np.int32], staging: Path, settings: DenseSettings, progress: Progress
) -> Trained:
    index, list_groups = staging / TRAINED, staging / LIST_GROUPS
    if not index.exists():
        trained = train(vectors, groups, settings, progress)
        _atomically(list_groups, lambda path: np.save(path, trained.list_groups))
        _write(index, trained.index)
    # Read back also when new, so that a build that goes on and one in a single run work with the same.
    return Trained(faiss.read_index(str(index)), np.load(list_groups))


def _encoded(
    trained: Trained, vectors: NDArray[np.float32], groups: NDArray[np.int32], start: int, end: int
) -> faiss.IndexIVFScalarQuantizer:
    """An index of the rows from start to end alone, under their numbers."""
    index = faiss.clone_index(trained.index)
    block = np.array(vectors[start:end])
    block_groups = np.asarray(groups[start:end])
    centroids = centroids_of(index)
    lists = np.empty(len(block), dtype=np.int64)
    for group in np.unique(block_groups):
        rows = block_groups == group
        own = np.flatnonzero(trained.list_groups == group)
        lists[rows] = own[assign(block[rows], centroids[own])]
    ids = np.arange(start, end, dtype=np.int64)
    index.add_core(len(block), faiss.swig_ptr(block), faiss.swig_ptr(ids), faiss.swig_ptr(lists))
    return index


def _merge(trained: Trained, blocks: list[Path], folder: Path) -> None:
    """Lay the lists of all blocks out in one file that is searched in place, and write what leads to them."""
    index = trained.index
    # The blocks stay open as long as their lists are read.
    opened = [faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY) for path in blocks]
    parts = [block.invlists for block in opened]
    sizes = np.zeros(index.nlist, dtype=np.uint64)
    row_lists = np.empty(sum(block.ntotal for block in opened), dtype=np.int32)
    # A list is its codes, then its rows' numbers. FAISS could merge by itself, but prints to the terminal meanwhile.
    with (folder / LISTS).open("wb") as file:
        for number in range(index.nlist):
            held = [(part, part.list_size(number)) for part in parts if part.list_size(number)]
            for part, size in held:
                file.write(faiss.rev_swig_ptr(part.get_codes(number), size * index.code_size))
            for part, size in held:
                rows = faiss.rev_swig_ptr(part.get_ids(number), size)
                file.write(rows)
                row_lists[rows] = number
            sizes[number] = sum(size for _, size in held)
        length = file.tell()
    lists = faiss.OnDiskInvertedLists(index.nlist, index.code_size, LISTS)
    lists.set_all_lists_sizes(faiss.swig_ptr(sizes))
    lists.totsize = length
    index.ntotal = len(row_lists)
    index.replace_invlists(lists, False)
    faiss.write_index(index, str(folder / TRAINED))
    np.save(folder / ROW_LISTS, row_lists)
    np.save(folder / LIST_GROUPS, trained.list_groups)


def _write(path: Path, index: faiss.Index) -> None:
    _atomically(path, lambda temporary: faiss.write_index(index, str(temporary)))


def _atomically(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file so that it is there whole or not at all, after a power cut too."""
    temporary = path.with_name(f"new-{path.name}")
    write(temporary)
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
