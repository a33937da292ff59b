"""``python -m eval.bench.dense``: vector search at a given size, beside FAISS's flat index, in one run.

Each index is loaded and searched in a process of its own, so that its resident memory is its own.
"""

import dataclasses
import json
import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import faiss
import numpy as np
from numpy.typing import NDArray

from eval.bench.vectors import Seeds, made_up_seeds, many, seeds_of
from eval.environment import environment
from eval.measures.bootstrap import mean_interval
from eval.measures.types import Figure, Part
from eval.reporting import text_table
from eval.results import Report
from index.dense import DenseIndex, DenseSettings, DenseWriter
from index.dense.exact import best
from index.progress import Progress
from index.store import Snapshot
from rag.cli.bars import Bars
from rag.cli.main import in_one_line

_K, _DEPTH = 10, 200
_FLAT = "faiss.IndexFlatIP"
_LANGUAGES, _VECTORS = "languages.npy", "vectors.npy"


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


WORKLOADS = (
    Workload("all", 1.0, False),
    Workload("centred", 1.0, True),
    Workload("one in ten", 0.1, True),
    Workload("one in a thousand", 0.001, True),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One workload on one index.

    Attributes:
        workload: Its name.
        p50_ms: Median time of a query for 200 rows.
        p95_ms: Its 95th percentile.
        recall_at_10: Share of the ten nearest rows that are among the first ten found, by query.
        recall_at_200: Likewise, mean over the queries.
    """

    workload: str
    p50_ms: float
    p95_ms: float
    recall_at_10: tuple[float, ...]
    recall_at_200: float


@dataclass(frozen=True, slots=True)
class DenseFigures:
    """What an index cost and found.

    Attributes:
        kind: As FAISS's index factory spells it; the flat index to compare with has its class's name.
        vectors: How many.
        probed: Share of the rows that a search scans.
        build_seconds: From the vectors to the files.
        disk_mb: Of all files, of which ``vectors_mb`` hold the vectors themselves.
        vectors_mb: See there.
        rss_mb: Resident memory of a process that opened it and ran all workloads.
        rss_started_mb: The same before it was opened.
        asked: The workloads.
    """

    kind: str
    vectors: int
    probed: float
    build_seconds: float
    disk_mb: float
    vectors_mb: float
    rss_mb: float
    rss_started_mb: float
    asked: tuple[Asked, ...]


def measure_dense(
    count: int, seeds: Seeds, settings: DenseSettings, probed: Sequence[float], progress: Progress, scratch: Path
) -> list[DenseFigures]:
    """Build an index of made vectors and ask it, and FAISS's flat index, the same.

    Args:
        count: How many vectors.
        seeds: What they are made from.
        settings: How to build.
        probed: Shares of the rows to scan, one after the other.
        progress: Is told how far it is.
        scratch: A folder for the files, of which the caller disposes.

    Returns:
        Of the flat index first, then of ours by share.
    """
    folder = scratch / "index"
    folder.mkdir()
    seconds = _build(folder, count, seeds, settings, scratch / "staging", progress)
    np.save(scratch / "queries.npy", seeds.queries)
    np.save(scratch / "means.npy", _means(folder))
    files = {path.name: path.stat().st_size / 1e6 for path in folder.iterdir() if path.name != _LANGUAGES}
    truth = _truth(scratch, progress)
    figures = []
    for share in (None, *probed):
        asked_with = None if share is None else dataclasses.replace(settings, probed=share)
        kind, rss_started, rss, found = _in_its_own_process(scratch, asked_with, progress)
        figures.append(
            DenseFigures(
                kind=kind,
                vectors=count,
                probed=share or 1.0,
                build_seconds=seconds if share else 0.0,
                disk_mb=sum(files.values()) if share else files[_VECTORS],
                vectors_mb=files[_VECTORS],
                rss_mb=rss,
                rss_started_mb=rss_started,
                asked=tuple(
                    _judge(load.name, times, rows, truth[load.name])
                    for load, (times, rows) in zip(WORKLOADS, found, strict=True)
                ),
            )
        )
    return figures


def measure_recall(progress: Progress) -> list[DenseFigures]:
    """The small form: 20,000 made-up vectors with inverted lists, in half a minute."""
    with TemporaryDirectory() as scratch:
        settings = DenseSettings(exact_up_to=2_000)
        return measure_dense(20_000, made_up_seeds(), settings, [settings.probed], progress, Path(scratch))


def recall_report(figures: Sequence[DenseFigures]) -> Report:
    """Recall against exact search as a report, so that it can be guarded as other figures are."""
    rows = []
    for asked in figures[-1].asked:
        interval = mean_interval(asked.recall_at_10)
        name = f"vectors R@10, {asked.workload}"
        value = float(np.mean(asked.recall_at_10))
        rows.append(Figure(Part.PASSAGES, name, value, interval.low, interval.high, len(asked.recall_at_10)))
    return Report("vectors", "", {"kind": figures[-1].kind}, (), (), tuple(rows))


def dense_table(figures: Sequence[DenseFigures]) -> tuple[list[str], list[list[str]]]:
    """Header and rows for people, one for each index and workload."""
    header = [
        "vectors",
        "index",
        "probed",
        "build s",
        "disk MB",
        "RSS MB",
        "asked",
        "p50 ms",
        "p95 ms",
        "R@10",
        "R@200",
    ]
    rows = [
        [f"{one.vectors:,}", one.kind, f"{one.probed:g}", f"{one.build_seconds:.1f}", f"{one.disk_mb:.0f}",
         f"{one.rss_mb:.0f}", asked.workload, f"{asked.p50_ms:.1f}", f"{asked.p95_ms:.1f}",
         f"{np.mean(asked.recall_at_10):.4f}", f"{asked.recall_at_200:.4f}"]
        for one in figures for asked in one.asked
    ]  # fmt: skip
    return header, rows


def _build(folder: Path, count: int, seeds: Seeds, settings: DenseSettings, staging: Path, progress: Progress) -> float:
    """Write the index; the seconds it took, the making of vectors left out."""
    writer = DenseWriter(folder, seeds.vectors.shape[1], staging, settings)
    languages = []
    taken = 0.0
    progress.start("making vectors", count, "vector")
    for vectors, own in many(seeds, count):
        started = time.perf_counter()
        writer.append(vectors)
        taken += time.perf_counter() - started
        languages.append(own)
        progress.advance(len(vectors))
    started = time.perf_counter()
    writer.finish(np.concatenate(languages), progress)
    np.save(folder / _LANGUAGES, np.concatenate(languages))
    return taken + time.perf_counter() - started


def _means(folder: Path) -> NDArray[np.float64]:
    """The mean vector of each language, ``(n_languages, dim) float64``."""
    vectors, languages = np.load(folder / _VECTORS, mmap_mode="r"), np.load(folder / _LANGUAGES)
    means = [vectors[np.flatnonzero(languages == number)[:20_000]] for number in range(languages.max() + 1)]
    return np.stack([own.mean(axis=0, dtype=np.float64) if len(own) else np.zeros(vectors.shape[1]) for own in means])


def _allowed(count: int, share: float) -> NDArray[np.bool_]:
    return np.random.default_rng(17).random(count) < share


def _truth(scratch: Path, progress: Progress) -> dict[str, list[NDArray[np.int64]]]:
    """The nearest rows of each query by workload, found by comparing every vector."""
    vectors = np.load(scratch / "index" / _VECTORS, mmap_mode="r")
    languages = np.load(scratch / "index" / _LANGUAGES)
    queries, means = np.load(scratch / "queries.npy"), np.load(scratch / "means.npy")
    levels = queries.astype(np.float64) @ means.T
    found: dict[str, list[NDArray[np.int64]]] = {}
    for load in WORKLOADS:
        rows = np.flatnonzero(_allowed(len(vectors), load.share))
        nearest = [(np.zeros(0, dtype=np.int64), np.zeros(0))] * len(queries)
        progress.start(f"exact, {load.name}", len(rows), "vector")
        for start in range(0, len(rows), 50_000):
            block = rows[start : start + 50_000]
            products = (vectors[block] @ queries.T).T.astype(np.float64)
            if load.centred:
                products -= levels[:, languages[block]]
            for number, (old_rows, old_scores) in enumerate(nearest):
                joined = np.concatenate([old_rows, block]), np.concatenate([old_scores, products[number]])
                nearest[number] = best(*joined, _DEPTH)
            progress.advance(len(block))
        found[load.name] = [own for own, _ in nearest]
    return found


_Found = list[tuple[list[float], list[list[int]]]]


def _in_its_own_process(
    scratch: Path, settings: DenseSettings | None, progress: Progress
) -> tuple[str, float, float, _Found]:
    progress.start("asking", len(WORKLOADS), "workload")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        result = pool.apply(_ask, (scratch, settings))
    progress.advance(len(WORKLOADS))
    return result


def _ask(scratch: Path, settings: DenseSettings | None) -> tuple[str, float, float, _Found]:
    """Open an index, FAISS's flat one where no settings are given, and ask it all."""
    faiss.omp_set_num_threads(2)
    before = _resident_mb()
    queries, means = np.load(scratch / "queries.npy"), np.load(scratch / "means.npy")
    languages = np.load(scratch / "index" / _LANGUAGES)
    index: DenseIndex | _FlatIndex
    index = DenseIndex.load(scratch / "index", languages, settings) if settings else _FlatIndex(scratch, languages)
    found: _Found = []
    for load in WORKLOADS:
        allowed = _allowed(len(languages), load.share)
        times, rows = [], []
        for query in queries:
            started = time.perf_counter()
            offsets = means @ query.astype(np.float64) if load.centred else None
            own, _ = index.search(query, _DEPTH, allowed, offsets)
            times.append(1000 * (time.perf_counter() - started))
            rows.append(own.tolist())
        found.append((times, rows))
    return index.kind, before, _resident_mb(), found


class _FlatIndex:
    """FAISS's flat index, asked once for each language where levels are taken off."""

    kind = _FLAT

    def __init__(self, scratch: Path, languages: NDArray[np.int32]) -> None:
        vectors = np.load(scratch / "index" / _VECTORS, mmap_mode="r")
        self._languages = languages
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        for start in range(0, len(vectors), 50_000):
            self._index.add(np.array(vectors[start : start + 50_000]))

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_], offsets: NDArray[np.float64] | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        if offsets is None:
            offsets, masks = np.zeros(1), [allowed]
        else:
            masks = [allowed & (self._languages == place) for place in range(len(offsets))]
        rows, scores = [], []
        for mask, offset in zip(masks, offsets, strict=True):
            only = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little")))
            found, own = self._index.search(query[None], k, params=None if mask.all() else only)
            rows.append(own[0][own[0] >= 0])
            scores.append(found[0][own[0] >= 0].astype(np.float64) - offset)
        return best(np.concatenate(rows), np.concatenate(scores), k)


def _judge(name: str, times: list[float], rows: list[list[int]], truth: list[NDArray[np.int64]]) -> Asked:
    def recall(k: int) -> list[float]:
        return [
            len(set(own[:k]) & set(nearest[:k].tolist())) / max(1, min(k, len(nearest)))
            for own, nearest in zip(rows, truth, strict=True)
        ]

    p50, p95 = np.quantile(times, [0.5, 0.95]).tolist()
    return Asked(name, p50, p95, tuple(recall(_K)), float(np.mean(recall(_DEPTH))))


def _resident_mb() -> float:
    """Resident memory of this process, mapped files included; only Linux tells."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return sum(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))


@click.command("dense")
@click.option("--vectors", "counts", type=click.IntRange(min=1), multiple=True, default=(20_000,), show_default=True)
@click.option(
    "--index", type=click.Path(path_type=Path), help="Make vectors from this index's; else from made-up ones."
)
@click.option("--exact-up-to", type=click.IntRange(min=1), default=DenseSettings().exact_up_to, show_default=True)
@click.option("--probed", type=float, multiple=True, default=(DenseSettings().probed,), show_default=True)
@click.option("--scratch", type=click.Path(path_type=Path, exists=True), help="Where the vectors are kept meanwhile.")
@click.option("--out", type=click.Path(path_type=Path), default="results/dense.json", show_default=True)
def dense(
    counts: tuple[int, ...], index: Path | None, exact_up_to: int, probed: tuple[float, ...], scratch: Path | None,
    out: Path,
) -> None:  # fmt: skip
    """Measure the search of vectors at some sizes."""
    in_one_line(lambda: _dense(counts, index, DenseSettings(exact_up_to=exact_up_to), probed, scratch, out))


def _dense(
    counts: Sequence[int],
    index: Path | None,
    settings: DenseSettings,
    probed: Sequence[float],
    scratch: Path | None,
    out: Path,
) -> None:
    seeds = made_up_seeds() if index is None else _seeds_of_index(index)
    figures: list[DenseFigures] = []
    bars = Bars()
    try:
        for count in counts:
            with TemporaryDirectory(dir=scratch) as folder:
                figures += measure_dense(count, seeds, settings, probed, bars, Path(folder))
    finally:
        bars.close()
    out.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "environment": dataclasses.asdict(environment()),
        "figures": [dataclasses.asdict(one) for one in figures],
    }
    out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    click.echo(text_table(*dense_table(figures)))


def _seeds_of_index(root: Path) -> Seeds:
    snapshot = Snapshot(root)
    try:
        rows = np.flatnonzero(snapshot.live)
        return seeds_of(snapshot.vectors(rows), snapshot.row_languages[rows])
    finally:
        snapshot.close()


if __name__ == "__main__":
    dense()
