"""Small indexes for tests: reports made up from a seed, a pipeline without a model, and commits in one call."""

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding.protocol import Embedder
from index.pipeline import Pipeline
from index.search import HybridRetriever, SearchSettings
from index.store import Change, IndexWriter, Manifest, ModelRecord, Snapshot, create_index
from index.store.layout import FORMAT_VERSION
from index.text.analysis import FoldingAnalyzer
from index.text.chunking import Chunking
from index.types import Document, ScoredPassage
from tests.fakes import HashEmbedder

WORDS = {
    "en": "attack bridge army convoy village river governor hospital market drone soldiers fire road camp "
    "police truce radio minister border grain fuel school shell night witness".split(),
    "ar": "الهجوم الجسر الجيش القافلة القرية النهر المحافظ المستشفى السوق الطائرة الجنود النار الطريق المخيم "
    "الشرطة الهدنة الإذاعة الوزير الحدود القمح الوقود المدرسة القذيفة الليل الشاهد".split(),
}
SOURCES = ("Radio Kassala", "Sahil Press", "وكالة النهر", "")


class CountingEmbedder(HashEmbedder):
    """A ``HashEmbedder`` that remembers what it was asked to embed, and can be told to fail.

    Args:
        fail_after: Raise once this many passages were embedded; None never fails.
    """

    def __init__(self, fail_after: int | None = None) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._fail_after = fail_after

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of the texts, or RuntimeError."""
        if self._fail_after is not None and len(self.texts) + len(texts) > self._fail_after:
            raise RuntimeError("the accelerator went away")
        self.texts.extend(texts)
        return super().embed_passages(texts)


def make_pipeline(embedder: Embedder | None = None, max_tokens: int = 40, overlap_tokens: int = 8) -> Pipeline:
    """A pipeline with a ``HashEmbedder`` and short passages."""
    return Pipeline(embedder or HashEmbedder(), FoldingAnalyzer(), Chunking(max_tokens, overlap_tokens))


def make_manifest(pipeline: Pipeline) -> Manifest:
    """The manifest of an empty index."""
    embedder = pipeline.embedder
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(
        format=FORMAT_VERSION,
        generation=0,
        model=ModelRecord(embedder.name, embedder.fingerprint, embedder.dim),
        analyzer="folding-1",
        max_tokens=pipeline.chunking.max_tokens,
        overlap_tokens=pipeline.chunking.overlap_tokens,
        created=now,
        updated=now,
    )


def make_index(root: Path, documents: Iterable[Document] = (), pipeline: Pipeline | None = None) -> Path:
    """A new index that holds some documents, committed at once."""
    pipeline = pipeline or make_pipeline()
    create_index(root, make_manifest(pipeline))
    commit(root, documents, pipeline=pipeline)
    return root


def commit(
    root: Path, added: Iterable[Document] = (), removed: Iterable[str] = (), pipeline: Pipeline | None = None
) -> list[Change]:
    """One commit of additions and removals; what each addition did."""
    with IndexWriter(root, pipeline or make_pipeline()) as writer:
        for doc_id in removed:
            assert writer.remove(doc_id), doc_id
        changes = [writer.add(document) for document in added]
        writer.commit()
    return changes


def state(root: Path) -> dict[str, str]:
    """Content hash by doc_id of the committed documents."""
    snapshot = Snapshot(root)
    try:
        found = [(document.doc_id, document.content_hash) for document in snapshot.documents()]
    finally:
        snapshot.close()
    assert len(dict(found)) == len(found), "a doc_id is live twice"
    return dict(found)


def hashes(documents: Iterable[Document]) -> dict[str, str]:
    """What ``state`` gives for an index of these documents."""
    return {document.doc_id: document.content_hash for document in documents}


def retriever(root: Path, settings: SearchSettings | None = None) -> HybridRetriever:
    """A retriever on the committed state of an index."""
    return HybridRetriever(Snapshot(root), HashEmbedder(), FoldingAnalyzer(), settings or SearchSettings())


def make_report(number: int, version: int = 0, sentences: int = 3) -> Document:
    """A report made up from its number and version: the same in every process."""
    chance = random.Random(number * 1000 + version)  # noqa: S311
    lang = chance.choice(["en", "ar"])
    lines = [
        " ".join([*chance.choices(WORDS[lang], k=chance.randint(5, 14)), str(chance.randint(1, 9999))]) + "."
        for _ in range(sentences)
    ]
    return Document(
        doc_id=f"report-{number}",
        text=" ".join(lines),
        title=" ".join(chance.choices(WORDS[lang], k=3)),
        source=chance.choice(SOURCES),
        published=None if chance.random() < 0.2 else date(2022, 1, 1) + timedelta(days=chance.randint(0, 900)),
        url=f"https://example.org/{number}",
        lang=lang,
    )


def make_reports(count: int, first: int = 0) -> list[Document]:
    """Reports numbered from ``first``."""
    return [make_report(number) for number in range(first, first + count)]


def scores_by_passage(hits: Sequence[ScoredPassage]) -> dict[str, tuple[float, float | None, float | None]]:
    """Fused, dense and BM25 scores by passage_id."""
    return {
        hit.passage.passage_id: (
            hit.score,
            hit.dense.score if hit.dense else None,
            hit.bm25.score if hit.bm25 else None,
        )
        for hit in hits
    }
