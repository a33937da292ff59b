"""The two engines on the same passages and questions: how fast, and how near each other their vectors are."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np

from index.embedding import Embedder, load_embedder
from index.embedding.registry import DEFAULT_ENGINE, FALLBACK_ENGINE
from index.loading import load
from index.pipeline import Pipeline, embedding_text
from index.progress import Silent
from index.text.analysis import FoldingAnalyzer
from index.text.chunking import Chunking
from index.types import Document

_QUESTIONS = 10


@dataclass(frozen=True, slots=True)
class EmbeddingFigures:
    """What the engines took for the same texts, in turns, and how near their vectors are.

    Attributes:
        passages: How many passages a round embeds.
        per_second: Passages a second by engine, the median of the rounds.
        ratio: How many times faster ONNX Runtime is than sentence-transformers: the median of the rounds' ratios.
        query_ms: Time of a question by engine, in milliseconds, the median.
        cosine: The smallest cosine between the two vectors of a passage.
    """

    passages: int
    per_second: Mapping[str, float]
    ratio: float
    query_ms: Mapping[str, float]
    cosine: float


def measure_embedding(rounds: int = 3) -> EmbeddingFigures:
    """Embed the passages of the sample reports with both engines in turns, so that both meet the same machine."""
    engines = {name: load_embedder(engine=name) for name in (DEFAULT_ENGINE, FALLBACK_ENGINE)}
    return compare_engines(engines, sample_passages(engines[DEFAULT_ENGINE]), rounds)


def compare_engines(engines: Mapping[str, Embedder], passages: list[str], rounds: int) -> EmbeddingFigures:
    """Measure engines against each other; the first is compared with the second.

    Args:
        engines: Two by name.
        passages: The texts.
        rounds: How often each embeds them, at least once.
    """
    first, second = engines
    vectors = {name: embedder.embed_passages(passages) for name, embedder in engines.items()}  # also loads them
    seconds: dict[str, list[float]] = {name: [] for name in engines}
    query_seconds: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(rounds):
        for name, embedder in engines.items():
            started = time.perf_counter()
            embedder.embed_passages(passages)
            seconds[name].append(time.perf_counter() - started)
        for passage in passages[:_QUESTIONS]:
            for name, embedder in engines.items():
                started = time.perf_counter()
                embedder.embed_queries([passage[:60]])
                query_seconds[name].append(time.perf_counter() - started)
    return EmbeddingFigures(
        passages=len(passages),
        per_second={name: len(passages) / float(np.median(taken)) for name, taken in seconds.items()},
        ratio=float(np.median(np.divide(seconds[second], seconds[first]))),
        query_ms={name: 1000 * float(np.median(taken)) for name, taken in query_seconds.items()},
        cosine=float((vectors[first] * vectors[second]).sum(axis=1).min()),
    )


def sample_passages(embedder: Embedder) -> list[str]:
    """The texts that are embedded for the sample reports that come with the project."""
    pipeline = Pipeline(embedder, FoldingAnalyzer(), Chunking())
    with as_file(files("rag") / "samples" / "reports") as folder:
        return [
            embedding_text(document, passage)
            for document in load([folder], Silent())
            if isinstance(document, Document)
            for passage in pipeline.passages(document)
        ]
