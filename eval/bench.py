"""``make bench``: what can be measured anywhere, with data that the project makes or ships."""

import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path

import click
import numpy as np

import rag
from eval.beir import Dataset, load_beir
from eval.retrieval import measure_run, retrieve
from index.embedding import load_embedder
from index.lexical import Bm25Parameters, Bm25sIndex, LexicalIndex, RankBm25Index, TermLists
from index.search import SearchSettings

_PASSAGES, _WORDS, _VOCABULARY = 20_000, 60, 50_000
_QUERIES, _QUERY_WORDS = 20, 6


def main() -> None:
    """Print the figures."""
    bench_lexical()
    bench_samples()


def bench_lexical() -> None:
    """Queries per second of the two BM25 engines on the same made-up passages, and whether they agree."""
    lists, queries = _made_up(np.random.default_rng(7))
    engines: dict[str, LexicalIndex] = {
        "bm25s": Bm25sIndex.build(lists, Bm25Parameters()),
        "rank-bm25": RankBm25Index(lists, Bm25Parameters()),
    }
    seconds = {name: _time(partial(_score_all, engine, queries)) / _QUERIES for name, engine in engines.items()}
    same = sum(
        np.array_equal(_top_ten(engines["bm25s"], query), _top_ten(engines["rank-bm25"], query)) for query in queries
    )
    click.echo(
        f"BM25, {_PASSAGES} passages of {_WORDS} terms, {_QUERY_WORDS}-term queries: "
        + ", ".join(f"{name} {1000 * second:.2f} ms" for name, second in seconds.items())
        + f", ratio {seconds['rank-bm25'] / seconds['bm25s']:.0f}; same top 10 in {same} of {_QUERIES}"
    )


def bench_samples() -> None:
    """Retrieval on the sample reports, by each retriever alone and fused."""
    embedder = load_embedder()
    with tempfile.TemporaryDirectory() as folder, as_file(files("rag") / "samples") as samples:
        with rag.create(Path(folder) / "index") as reports:
            started = time.perf_counter()
            result = reports.add(samples / "reports")
            click.echo(f"indexed {result.passages} passages in {time.perf_counter() - started:.1f} s ({embedder.name})")
        dataset = _samples_dataset(samples)
        for name, settings in (
            ("dense", SearchSettings(lexical="off")),
            ("bm25", SearchSettings(dense=False)),
            ("rrf", SearchSettings(fusion="rrf")),
            ("convex", SearchSettings()),
        ):
            with rag.open(Path(folder) / "index", settings=settings) as reports:
                figures = measure_run(retrieve(reports.search_documents, dataset), dataset)
            means = "  ".join(f"{measure} {value:.4f}" for measure, value in figures.means.items())
            click.echo(f"samples, {name}: {figures.questions} questions  {means}")


def _samples_dataset(samples: Path) -> Dataset:
    """The sample questions in BEIR's folders."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        (target / "qrels").mkdir()
        (target / "queries.jsonl").write_bytes((samples / "queries.jsonl").read_bytes())
        (target / "qrels" / "test.tsv").write_bytes((samples / "qrels.tsv").read_bytes())
        return load_beir(target)


def _made_up(rng: np.random.Generator) -> tuple[TermLists, list[list[str]]]:
    """Passages of terms whose frequencies follow Zipf's law, and queries of their words."""
    terms = np.minimum(rng.zipf(1.2, _PASSAGES * _WORDS), _VOCABULARY - 1).astype(np.int32)
    offsets = np.arange(_PASSAGES + 1, dtype=np.int64) * _WORDS
    vocabulary = tuple(f"t{number}" for number in range(_VOCABULARY))
    picks = rng.choice(terms, (_QUERIES, _QUERY_WORDS))
    return TermLists(vocabulary, terms, offsets), [
        list(dict.fromkeys(vocabulary[term] for term in row)) for row in picks
    ]


def _score_all(engine: LexicalIndex, queries: Sequence[Sequence[str]]) -> None:
    for query in queries:
        engine.scores(query)


def _top_ten(engine: LexicalIndex, query: Sequence[str]) -> list[int]:
    ranked: list[int] = np.argsort(-np.round(engine.scores(query), 9), kind="stable")[:10].tolist()
    return ranked


def _time(call: Callable[[], None]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
