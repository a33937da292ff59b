"""Passages in different languages are compared as if the model put no language nearer to a question than another."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.pipeline import Pipeline
from index.search import HybridRetriever, SearchSettings
from index.store import Snapshot
from index.types import Document
from tests.builders import commit, make_index, make_pipeline
from tests.fakes import HashEmbedder

SHARED = "Kassala 7731"


class BiasedEmbedder(HashEmbedder):
    """Puts texts of one script near together, whatever they say, as small multilingual models do."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of which half is the script."""
        vectors = super().embed_passages(texts)
        for vector, text in zip(vectors, texts, strict=True):
            vector[0 if any("\u0600" <= char <= "\u06ff" for char in text) else 1] += 1.0
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def _reports(count: int = 60) -> list[Document]:
    english = [Document(f"en-{n}", f"The convoy number {n} reached village {n * 3}.", lang="en") for n in range(count)]
    arabic = [Document(f"ar-{n}", f"وصلت القافلة رقم {n} إلى القرية.", lang="ar") for n in range(count)]
    return [*english, *arabic, Document("wanted", f"وقع الهجوم في {SHARED} أمس.", lang="ar")]


@pytest.fixture
def pipeline() -> Pipeline:
    return make_pipeline(BiasedEmbedder(dim=1024))


def _first(root: Path, pipeline: Pipeline, *, centred: bool) -> str:
    settings = SearchSettings(lexical="off", centred=centred)
    retriever = HybridRetriever(Snapshot(root), pipeline.embedder, pipeline.analyzer, settings)
    return retriever.search(f"Where lies {SHARED}", 1)[0].document.doc_id


def test_a_report_in_another_language_is_found_first(tmp_path: Path, pipeline: Pipeline) -> None:
    root = make_index(tmp_path / "index", _reports(400), pipeline)
    assert _first(root, pipeline, centred=False).startswith("en-")
    assert _first(root, pipeline, centred=True) == "wanted"


def test_levels_are_products_with_shrunk_means(tmp_path: Path, pipeline: Pipeline) -> None:
    root = make_index(tmp_path / "index", _reports(), pipeline)
    snapshot = Snapshot(root)
    vectors = snapshot.vectors(np.arange(121)).astype(np.float64)
    overall = vectors.mean(axis=0)
    query = pipeline.embedder.embed_queries(["What happened"])[0]
    expected = [
        query @ ((vectors[:60].sum(axis=0) + 50 * overall) / 110),
        query @ ((vectors[60:].sum(axis=0) + 50 * overall) / 111),
    ]
    assert snapshot.languages == ("en", "ar")
    np.testing.assert_allclose(snapshot.language_offsets(query), expected, atol=1e-6)


def test_deleted_reports_do_not_count(tmp_path: Path, pipeline: Pipeline) -> None:
    reports = _reports()
    root = make_index(tmp_path / "many", reports, pipeline)
    commit(root, removed=[f"en-{number}" for number in range(10)], pipeline=pipeline)
    fresh = make_index(tmp_path / "fresh", reports[10:], pipeline)
    query = pipeline.embedder.embed_queries(["What happened"])[0]
    kept, made = Snapshot(root), Snapshot(fresh)
    assert kept.manifest.segments[0].deleted
    np.testing.assert_allclose(kept.language_offsets(query), made.language_offsets(query), atol=1e-9)


def test_a_question_that_barely_matches_is_left_to_the_vectors(tmp_path: Path, pipeline: Pipeline) -> None:
    with pytest.raises(ValueError, match=r"no_match is 0\.3; it must be from 0 to below full_match"):
        SearchSettings(no_match=0.3, full_match=0.25)
    root = make_index(tmp_path / "index", _reports(), pipeline)
    question = "zebra giraffe okapi quagga tapir lemur convoy"  # one word of seven is in the reports
    ranked = []
    for settings in (SearchSettings(no_match=0.2), SearchSettings(lexical="off")):
        retriever = HybridRetriever(Snapshot(root), pipeline.embedder, pipeline.analyzer, settings)
        ranked.append([hit.document.doc_id for hit in retriever.search(question, 5)])
    assert ranked[0] == ranked[1]
