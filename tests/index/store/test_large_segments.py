"""The store with inverted lists, which here begin at a few passages."""

from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseSettings
from index.pipeline import Pipeline
from index.progress import Progress, Silent
from index.store import IndexWriter, Snapshot, create_index, verify
from index.store.layout import Layout
from index.types import Document
from tests.builders import make_manifest, make_pipeline, make_reports

SMALL = DenseSettings(exact_up_to=10, probed=1.0, block=7)
LANGUAGES = ("ar", "en", "fr")


class Interrupted(Silent):
    """Progress that breaks off after the first block of the inverted lists."""

    _label = ""

    def start(self, label: str, total: int, unit: str) -> None:
        self._label = label

    def advance(self, count: int) -> None:
        if self._label == "indexing vectors":
            raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.dense.writer.DenseSettings", lambda: SMALL)
    monkeypatch.setattr("index.dense.index.DenseSettings", lambda: SMALL)


@pytest.fixture
def pipeline() -> Pipeline:
    return make_pipeline()


@pytest.fixture
def root(tmp_path: Path, pipeline: Pipeline) -> Path:
    create_index(tmp_path / "index", make_manifest(pipeline))
    return tmp_path / "index"


def reports(start: int, end: int) -> list[Document]:
    return [
        Document(report.doc_id, report.text, report.title, report.source, report.published, None, LANGUAGES[number % 3])
        for number, report in enumerate(make_reports(end))
    ][start:]


def add(root: Path, pipeline: Pipeline, documents: list[Document], progress: Progress | None = None) -> None:
    with IndexWriter(root, pipeline) as writer:
        for document in documents:
            writer.add(document)
        writer.commit(progress)


def test_nearest_is_the_best_of_all_segments_less_each_languages_level(root: Path, pipeline: Pipeline) -> None:
    add(root, pipeline, reports(0, 40))
    add(root, pipeline, reports(40, 44))
    assert verify(root) == []
    snapshot = Snapshot(root)
    kinds = [segment.dense.kind for segment in snapshot.segments]
    assert kinds[0].startswith("IVF") and kinds[1:] == ["Flat"]
    every = snapshot.vectors(np.arange(len(snapshot)))
    for centred in (True, False):
        query = pipeline.embedder.embed_queries(["the bridge"])[0]
        levels = snapshot.language_offsets(query)[snapshot.row_languages] * centred
        exact = every.astype(np.float64) @ query - levels
        rows, scores = snapshot.nearest(query, 20, snapshot.live, centred)
        np.testing.assert_allclose(scores, np.sort(exact)[::-1][:20], atol=1e-6)
        np.testing.assert_allclose(exact[rows], scores, atol=1e-6)


def test_merging_makes_lists_of_segments_without(root: Path, pipeline: Pipeline) -> None:
    for start in range(0, 15, 3):
        add(root, pipeline, reports(start, start + 3))
    snapshot = Snapshot(root)
    assert any(segment.dense.kind.startswith("IVF") for segment in snapshot.segments)
    assert verify(root) == []


def test_an_interrupted_commit_leaves_its_lists_to_the_next(root: Path, pipeline: Pipeline, tmp_path: Path) -> None:
    staging = Layout(root).dense_staging
    with pytest.raises(KeyboardInterrupt):
        add(root, pipeline, reports(0, 40), Interrupted())
    assert len(Snapshot(root)) == 0
    (build,) = staging.iterdir()
    before = {path.name: path.stat().st_mtime_ns for path in build.glob("[!n]*.faiss")}
    assert before
    with IndexWriter(root, pipeline) as writer:
        for document in reports(0, 40):
            writer.add(document)
        kept = {path.name: path.stat().st_mtime_ns for path in build.glob("*.faiss")}
        assert before.items() <= kept.items()
        writer.commit()
    assert not staging.exists()
    assert verify(root) == []
