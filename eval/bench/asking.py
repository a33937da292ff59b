"""``python -m eval.bench.asking``: open one index, ask it and say how it went; run in a process of its own.

It imports little, so that the process's resident memory is that of the search.
"""

import dataclasses
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex, DenseSettings
from index.dense.exact import best

DEPTH = 200
FLAT = "faiss.IndexFlatIP"
INDEX, LANGUAGES, VECTORS, QUERIES, MEANS = "index", "languages.npy", "vectors.npy", "queries.npy", "means.npy"
_THREADS = 2


@dataclass(frozen=True, slots=True)
class Workload:
    """How an index is asked.

    Attributes:
        name: For people.
        share: Of the rows, which are allowed; chosen at random.
        centred: Whether each language's level is taken off, as a search in several languages does.
    """

    name: str
    share: float
    centred: bool

    def allowed(self, count: int) -> NDArray[np.bool_]:
        """Which of so many rows may be found, ``(count,) bool``."""
        return np.random.default_rng(17).random(count) < self.share


WORKLOADS = (
    Workload("all", 1.0, False),
    Workload("centred", 1.0, True),
    Workload("one in ten", 0.1, True),
    Workload("one in a thousand", 0.001, True),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What an index gave.

    Attributes:
        kind: As FAISS's index factory spells it; the flat index to compare with has its class's name.
        rss_started_mb: Resident memory before it was opened; 0 where the system does not tell.
        rss_mb: The same after all workloads, mapped files included.
        own_mb: What of it is the process's own: the rest are pages of files, which the system takes back when it must.
        times_ms: Of each query by workload.
        rows: The rows found for each query by workload, best first.
    """

    kind: str
    rss_started_mb: float
    rss_mb: float
    own_mb: float
    times_ms: list[list[float]]
    rows: list[list[list[int]]]


def ask_apart(scratch: Path, settings: DenseSettings | None) -> Answers:
    """Ask the index in a folder in a new process; FAISS's flat one where no settings are given."""
    fields = json.dumps(dataclasses.asdict(settings) if settings else None)
    # The paths go along, so that the same checkout is measured.
    done = subprocess.run(  # noqa: S603 - this very module
        [sys.executable, "-m", "eval.bench.asking", str(scratch), fields],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return Answers(**json.loads(done.stdout))


def ask(scratch: Path, settings: DenseSettings | None) -> Answers:
    """Ask the index in a folder in this process."""
    faiss.omp_set_num_threads(_THREADS)
    started_with = _resident_mb("VmRSS")
    queries, means = np.load(scratch / QUERIES), np.load(scratch / MEANS)
    languages = np.load(scratch / INDEX / LANGUAGES)
    index: DenseIndex | _FlatIndex
    index = DenseIndex.load(scratch / INDEX, languages, settings) if settings else _FlatIndex(scratch, languages)
    times: list[list[float]] = []
    rows: list[list[list[int]]] = []
    for load in WORKLOADS:
        allowed = load.allowed(len(languages))
        times.append([])
        rows.append([])
        for query in queries:
            started = time.perf_counter()
            offsets = means @ query.astype(np.float64) if load.centred else None
            found, _ = index.search(query, DEPTH, allowed, offsets)
            times[-1].append(1000 * (time.perf_counter() - started))
            rows[-1].append(found.tolist())
    return Answers(index.kind, started_with, _resident_mb("VmRSS"), _resident_mb("RssAnon"), times, rows)


class _FlatIndex:
    """FAISS's flat index, asked once for each language where levels are taken off."""

    kind = FLAT

    def __init__(self, scratch: Path, languages: NDArray[np.int32]) -> None:
        vectors = np.load(scratch / INDEX / VECTORS, mmap_mode="r")
        index = faiss.IndexFlatIP(vectors.shape[1])
        for start in range(0, len(vectors), 50_000):
            index.add(np.array(vectors[start : start + 50_000]))
        path = scratch / "flat.faiss"
        faiss.write_index(index, str(path))
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC | faiss.IO_FLAG_READ_ONLY)
        path.unlink()
        self._languages = languages

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_], offsets: NDArray[np.float64] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """As ``DenseIndex.search``."""
        if offsets is None:
            offsets, masks = np.zeros(1), [allowed]
        else:
            masks = [allowed & (self._languages == place) for place in range(len(offsets))]
        rows, scores = [], []
        for mask, offset in zip(masks, offsets, strict=True):
            only = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little")))
            products, found = self._index.search(query[None], k, params=None if mask.all() else only)
            held = found[0] >= 0
            rows.append(found[0][held])
            scores.append(products[0][held].astype(np.float64) - offset)
        return best(np.concatenate(rows), np.concatenate(scores), k)


def _resident_mb(kind: str) -> float:
    """Resident memory of this process, of a kind that Linux tells of; 0 on other systems."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return sum(int(line.split()[1]) / 1000 for line in lines if line.startswith(f"{kind}:"))


if __name__ == "__main__":
    given = json.loads(sys.argv[2])
    asked = ask(Path(sys.argv[1]), DenseSettings(**given) if given else None)
    sys.stdout.write(json.dumps(dataclasses.asdict(asked)))
