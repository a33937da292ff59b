"""``python -m eval.bench.dense``: vector search at a given size, beside FAISS's flat index, in one run.

Each index is loaded and searched in a process of its own, so that its resident memory is its own.
"""

import dataclasses
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import numpy as np
from numpy.typing import NDArray

from eval.bench.asking import DEPTH, INDEX, LANGUAGES, MEANS, QUERIES, VECTORS, WORKLOADS, ask_apart
from eval.bench.vectors import Seeds, made_up_seeds, many, seeds_of
from eval.environment import environment
from eval.measures.bootstrap import mean_interval
from eval.measures.types import Figure, Part
from eval.reporting import text_table
from eval.results import Report
from index.dense import DenseSettings, DenseWriter
from index.dense.exact import best
from index.progress import Progress
from index.store import Snapshot
from rag.cli.bars import Bars
from rag.cli.main import in_one_line

_K = 10


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
        own_mb: What of ``rss_mb`` is not pages of mapped files, which the system takes back when it must.
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
    own_mb: float
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
    folder = scratch / INDEX
    folder.mkdir()
    seconds = _build(folder, count, seeds, settings, scratch / "staging", progress)
    np.save(scratch / QUERIES, seeds.queries)
    np.save(scratch / MEANS, _means(folder))
    files = {path.name: path.stat().st_size / 1e6 for path in folder.iterdir() if path.name != LANGUAGES}
    truth = _truth(scratch, progress)
    figures = []
    for share in (None, *probed):
        asked_with = None if share is None else dataclasses.replace(settings, probed=share)
        progress.start("asking", len(WORKLOADS), "workload")
        answers = ask_apart(scratch, asked_with)
        progress.advance(len(WORKLOADS))
        figures.append(
            DenseFigures(
                kind=answers.kind,
                vectors=count,
                probed=share or 1.0,
                build_seconds=seconds if share else 0.0,
                disk_mb=sum(files.values()) if share else files[VECTORS],
                vectors_mb=files[VECTORS],
                rss_mb=answers.rss_mb,
                rss_started_mb=answers.rss_started_mb,
                own_mb=answers.own_mb,
                asked=tuple(
                    _judge(load.name, times, rows, truth[load.name])
                    for load, times, rows in zip(WORKLOADS, answers.times_ms, answers.rows, strict=True)
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
        "own MB",
        "asked",
        "p50 ms",
        "p95 ms",
        "R@10",
        "R@200",
    ]
    rows = [
        [f"{one.vectors:,}", one.kind, f"{one.probed:g}", f"{one.build_seconds:.1f}", f"{one.disk_mb:.0f}",
         f"{one.rss_mb:.0f}", f"{one.own_mb:.0f}", asked.workload, f"{asked.p50_ms:.1f}", f"{asked.p95_ms:.1f}",
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
    np.save(folder / LANGUAGES, np.concatenate(languages))
    return taken + time.perf_counter() - started


def _means(folder: Path) -> NDArray[np.float64]:
    """The mean vector of each language, ``(n_languages, dim) float64``."""
    vectors, languages = np.load(folder / VECTORS, mmap_mode="r"), np.load(folder / LANGUAGES)
    means = [vectors[np.flatnonzero(languages == number)[:20_000]] for number in range(languages.max() + 1)]
    return np.stack([own.mean(axis=0, dtype=np.float64) if len(own) else np.zeros(vectors.shape[1]) for own in means])


def _truth(scratch: Path, progress: Progress) -> dict[str, list[NDArray[np.int64]]]:
    """The nearest rows of each query by workload, found by comparing every vector."""
    vectors = np.load(scratch / INDEX / VECTORS, mmap_mode="r")
    languages = np.load(scratch / INDEX / LANGUAGES)
    queries, means = np.load(scratch / QUERIES), np.load(scratch / MEANS)
    levels = queries.astype(np.float64) @ means.T
    found: dict[str, list[NDArray[np.int64]]] = {}
    for load in WORKLOADS:
        rows = np.flatnonzero(load.allowed(len(vectors)))
        nearest = [(np.zeros(0, dtype=np.int64), np.zeros(0))] * len(queries)
        progress.start(f"exact, {load.name}", len(rows), "vector")
        for start in range(0, len(rows), 50_000):
            block = rows[start : start + 50_000]
            products = (vectors[block] @ queries.T).T.astype(np.float64)
            if load.centred:
                products -= levels[:, languages[block]]
            for number, (old_rows, old_scores) in enumerate(nearest):
                joined = np.concatenate([old_rows, block]), np.concatenate([old_scores, products[number]])
                nearest[number] = best(*joined, DEPTH)
            progress.advance(len(block))
        found[load.name] = [own for own, _ in nearest]
    return found


def _judge(name: str, times: list[float], rows: list[list[int]], truth: list[NDArray[np.int64]]) -> Asked:
    def recall(k: int) -> list[float]:
        return [
            len(set(own[:k]) & set(nearest[:k].tolist())) / max(1, min(k, len(nearest)))
            for own, nearest in zip(rows, truth, strict=True)
        ]

    p50, p95 = np.quantile(times, [0.5, 0.95]).tolist()
    return Asked(name, p50, p95, tuple(recall(_K)), float(np.mean(recall(DEPTH))))


@click.command("dense")
@click.option("--vectors", "counts", type=click.IntRange(min=1), multiple=True, default=(20_000,), show_default=True)
@click.option(
    "--index", type=click.Path(path_type=Path), help="Make vectors from this index's; else from made-up ones."
)
@click.option("--exact-up-to", type=click.IntRange(min=1), default=DenseSettings().exact_up_to, show_default=True)
@click.option(
    "--probed",
    type=click.FloatRange(0, 1, min_open=True),
    multiple=True,
    default=(DenseSettings().probed,),
    show_default=True,
)
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
