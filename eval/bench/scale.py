"""``python -m eval.bench.scale``: how an index behaves as it grows to a million passages, made up, without a model.

Measured at 1,000 passages, 10,000 and so on: building, opening in a fresh process, memory, BM25 queries, what surrounds
a query, a commit of a hundred reports, a removal of a hundred, compaction. Not part of ``make bench``: at a million
passages of 384 dimensions it takes some ten minutes, 8 GB of disk and 4 GB of memory.
"""

import dataclasses
import json
import multiprocessing
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from index.pipeline import Pipeline
from index.store import IndexWriter, Manifest, ModelRecord, Snapshot, compact, create_index, read_manifest, verify
from index.store.layout import FORMAT_VERSION, Layout
from index.text.analysis import FoldingAnalyzer
from index.text.chunking import Chunking
from index.types import Document, Filters, Passage

_FIRST, _STEP = 1_000, 10
_PER_REPORT = 5
_WORDS = (60, 100)  # terms of a passage, at least and at most
_VOCABULARY = 2_000_000
_COMMITTED = 100  # reports in a commit
_COMMITS = 5
_QUERIES, _QUERY_WORDS, _DEPTH = 200, 6, 200
_EPOCH = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class FileSizes:
    """Bytes of an index.

    Attributes:
        texts: The database of reports.
        vectors: The vectors.
        postings: The terms, their postings and the lengths of passages.
        other: All else.
    """

    texts: int
    vectors: int
    postings: int
    other: int


@dataclass(frozen=True, slots=True)
class OpenFigures:
    """What a fresh process meets that opens an index whose files are in the system's cache.

    Attributes:
        open_ms: Opening.
        first_query_ms: The first BM25 query.
        query_p50_ms: The 200 best of a six-word query: median of 200 queries.
        query_p95_ms: 95th percentile.
        contents_ms: Counting reports by language and source.
        filter_ms: The rows that a filter by day and language allows.
        language_offsets_ms: The mean vectors of languages, where 100 reports were removed.
        anonymous_mb: Memory of its own after the queries, the imports left out.
        resident_mb: The same with the pages of mapped files.
    """

    open_ms: float
    first_query_ms: float
    query_p50_ms: float
    query_p95_ms: float
    contents_ms: float
    filter_ms: float
    language_offsets_ms: float
    anonymous_mb: float
    resident_mb: float


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """What was measured at one size.

    Attributes:
        passages: Passages in the index.
        dim: Length of a vector.
        build_s: Adding all reports in one commit, with vectors that cost nothing to compute.
        sizes: Of its files then.
        commit_s: Five commits of 100 new reports each, one after the other.
        remove_s: A commit that removes 100 reports.
        opened: What a fresh process meets then.
        segments: Segments then.
        compact_s: Making one segment of them.
        verify_s: Checking the result.
    """

    passages: int
    dim: int
    build_s: float
    sizes: FileSizes
    commit_s: tuple[float, ...]
    remove_s: float
    opened: OpenFigures
    segments: int
    compact_s: float
    verify_s: float


class RandomEmbedder:
    """An ``Embedder`` of random unit vectors: only their number and length matter here.

    Args:
        dim: Length of a vector.
    """

    name, fingerprint, max_tokens = "random", "random", 512

    def __init__(self, dim: int) -> None:
        self.dim = dim
        self._rng = np.random.default_rng(11)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, ``(len(texts), dim) float32``, other ones at each call."""
        vectors = self._rng.standard_normal((len(texts), self.dim), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same as ``embed_passages``."""
        return self.embed_passages(texts)

    def token_offsets(self, text: str) -> NDArray[np.int32]:
        """None: the texts come cut into passages."""
        return np.zeros((0, 2), dtype=np.int32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """None, likewise."""
        return [0] * len(texts)


class LinesPipeline(Pipeline):
    """A line is a passage and its words are the terms: what is measured is the store, not the analysis."""

    def passages(self, document: Document) -> list[Passage]:
        """The lines of a document."""
        passages, start = [], 0
        for number, line in enumerate(document.text.split("\n")):
            end = start + len(line)
            passages.append(Passage(f"{document.doc_id}#{number}", document.doc_id, start, end, line))
            start = end + 1
        return passages

    def terms(self, document: Document, passage: Passage) -> list[str]:
        """The words of a passage."""
        return passage.text.split(" ")


def measure_scale(passages: int, dim: int, folder: Path) -> ScaleFigures:
    """Build an index of so many passages in a folder that is not there yet, measure, and delete it."""
    root = folder / f"scale-{passages}"
    pipeline = LinesPipeline(RandomEmbedder(dim), FoldingAnalyzer(), Chunking())
    try:
        create_index(root, _manifest(pipeline))
        count = passages // _PER_REPORT
        build_s = _timed(partial(_commit, root, pipeline, made_up_reports(0, count)))
        sizes = _sizes(root)
        firsts = range(count, count + _COMMITS * _COMMITTED, _COMMITTED)
        commit_s = [_timed(partial(_commit, root, pipeline, made_up_reports(first, _COMMITTED))) for first in firsts]
        removed = [f"report-{number}" for number in range(_COMMITTED)]
        remove_s = _timed(partial(_remove, root, pipeline, removed))
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as fresh:
            opened = fresh.submit(probe, root).result()
        return ScaleFigures(
            passages=count * _PER_REPORT,
            dim=dim,
            build_s=build_s,
            sizes=sizes,
            commit_s=tuple(commit_s),
            remove_s=remove_s,
            opened=opened,
            segments=len(read_manifest(root).segments),
            compact_s=_timed(partial(compact, root)),
            verify_s=_timed(partial(verify, root)),
        )
    finally:
        shutil.rmtree(root, ignore_errors=True)


def probe(root: Path) -> OpenFigures:
    """Open an index, search it, and say what that took."""
    queries = made_up_queries(_QUERIES + 1)
    anonymous, resident = _memory()
    started = time.perf_counter()
    snapshot = Snapshot(root)
    opened = time.perf_counter() - started
    allowed = snapshot.allowed(Filters())
    seconds = [_timed(partial(snapshot.lexical_best, query, _DEPTH, allowed)) for query in queries]
    p50, p95 = np.percentile(seconds[1:], [50, 95]).tolist()
    anonymous_after, resident_after = _memory()
    some = Filters(since=_EPOCH + timedelta(days=1000), langs=("ar",))
    direction = np.ones(snapshot.manifest.model.dim, dtype=np.float32)
    return OpenFigures(
        open_ms=1000 * opened,
        first_query_ms=1000 * seconds[0],
        query_p50_ms=1000 * p50,
        query_p95_ms=1000 * p95,
        contents_ms=1000 * _timed(lambda: snapshot.contents),
        filter_ms=1000 * _timed(partial(snapshot.allowed, some)),
        language_offsets_ms=1000 * _timed(partial(snapshot.language_offsets, direction)),
        anonymous_mb=anonymous_after - anonymous,
        resident_mb=resident_after - resident,
    )


def made_up_reports(first: int, count: int) -> Iterator[Document]:
    """Reports numbered from ``first``, the same ones at every call; word frequencies follow Zipf's law."""
    for number in range(first, first + count):
        rng = np.random.default_rng(number)
        lengths = rng.integers(_WORDS[0], _WORDS[1] + 1, _PER_REPORT)
        words = [f"w{word}" for word in (rng.zipf(1.2, lengths.sum()) % _VOCABULARY).tolist()]
        ends = np.cumsum(lengths).tolist()
        lines = [" ".join(words[start:end]) for start, end in zip([0, *ends[:-1]], ends, strict=True)]
        yield Document(
            doc_id=f"report-{number}",
            text="\n".join(lines),
            source=f"Source {number % 200}",
            published=_EPOCH + timedelta(days=number % 3650),
            lang=("ar", "en", "fa", "fr")[number % 4],
        )


def made_up_queries(count: int) -> list[list[str]]:
    """Queries of six words as they come in the reports, each word once."""
    rng = np.random.default_rng(5)
    picks = rng.zipf(1.2, (count, _QUERY_WORDS)) % _VOCABULARY
    return [list(dict.fromkeys(f"w{word}" for word in row)) for row in picks.tolist()]


def _manifest(pipeline: Pipeline) -> Manifest:
    embedder = pipeline.embedder
    return Manifest(
        format=FORMAT_VERSION,
        generation=0,
        model=ModelRecord(embedder.name, embedder.fingerprint, embedder.dim),
        analyzer=FoldingAnalyzer.name,
        max_tokens=pipeline.chunking.max_tokens,
        overlap_tokens=pipeline.chunking.overlap_tokens,
        created="",
        updated="",
    )


def _commit(root: Path, pipeline: Pipeline, documents: Iterator[Document]) -> None:
    with IndexWriter(root, pipeline) as writer:
        for document in documents:
            writer.add(document)
        writer.commit()


def _remove(root: Path, pipeline: Pipeline, doc_ids: Sequence[str]) -> None:
    with IndexWriter(root, pipeline) as writer:
        for doc_id in doc_ids:
            writer.remove(doc_id)
        writer.commit()


def _sizes(root: Path) -> FileSizes:
    sizes = dict.fromkeys(("texts", "vectors", "postings", "other"), 0)
    for path in Layout(root).segments.rglob("*"):
        kind = "other"
        if path.suffix == ".sqlite":
            kind = "texts"
        elif path.name.startswith(("vectors.", "list_groups", "row_lists")):
            kind = "vectors"
        elif path.name.startswith(("term_", "posting_", "passage_lengths")):
            kind = "postings"
        sizes[kind] += path.stat().st_size if path.is_file() else 0
    return FileSizes(**sizes)


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _memory() -> tuple[float, float]:
    """Megabytes of this process's own memory, and with the pages of mapped files; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    kilobytes = {
        name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines) if "Rss" in name
    }
    own = kilobytes.get("RssAnon", 0)
    return own / 1000, (own + kilobytes.get("RssFile", 0)) / 1000


@click.command("scale")
@click.option("--passages", type=click.IntRange(_FIRST), default=100_000, show_default=True, help="The largest index.")
@click.option("--dim", type=click.IntRange(1), default=384, show_default=True, help="Length of a vector.")
@click.option("--out", type=click.Path(path_type=Path), default="results/scale.json", show_default=True)
def scale(passages: int, dim: int, out: Path) -> None:
    """Measure indexes of 1,000 passages, ten times as many, and so on up to the largest."""
    sizes = [_FIRST]
    while sizes[-1] * _STEP <= passages:
        sizes.append(sizes[-1] * _STEP)
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            figures.append(dataclasses.asdict(measure_scale(size, dim, Path(folder))))
            click.echo(json.dumps(figures[-1]))
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    scale()
