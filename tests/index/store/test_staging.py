from pathlib import Path

import numpy as np
import pytest

from index.store import IndexWriter, verify
from index.store.layout import Layout
from index.store.staging import VectorStaging
from index.types import Document
from tests.builders import CountingEmbedder, hashes, make_index, make_pipeline, make_reports, state
from tests.fakes import HashEmbedder

TEXTS = ["one", "two", "one", "الهجوم"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "staging" / "vectors.sqlite"


def test_vectors_are_the_models_own_and_computed_once(path: Path) -> None:
    embedder = CountingEmbedder()
    first = VectorStaging(path, embedder)
    vectors, codes = first.embed(TEXTS)
    first.close()
    assert vectors.tolist() == HashEmbedder().embed_passages(TEXTS).tolist()
    assert vectors.dtype == np.float32
    assert codes is None
    again = VectorStaging(path, embedder)
    asked = len(embedder.texts)
    assert again.embed(TEXTS[::-1])[0].tolist() == vectors[::-1].tolist()
    assert len(embedder.texts) == asked
    again.embed(["three", "one"])
    assert embedder.texts[asked:] == ["three"]
    again.close()


def test_another_model_has_its_own_vectors(path: Path) -> None:
    first = VectorStaging(path, HashEmbedder("a", dim=8))
    first.embed(TEXTS)
    first.close()
    other = HashEmbedder("b", dim=16)
    second = VectorStaging(path, other)
    assert second.embed(TEXTS)[0].tolist() == other.embed_passages(TEXTS).tolist()
    second.close()


def test_discard_leaves_no_file(path: Path) -> None:
    staging = VectorStaging(path, HashEmbedder())
    staging.embed(TEXTS)
    staging.discard()
    assert list(path.parent.iterdir()) == []


def long_reports(count: int) -> list[Document]:
    """Reports of many passages, so that they are embedded in more than one batch."""
    return [
        Document(f"long-{number}", " ".join(f"word{number}x{word}." for word in range(900))) for number in range(count)
    ]


def test_a_failing_model_leaves_the_index_and_the_next_run_goes_on(tmp_path: Path) -> None:
    old, new = make_reports(3), long_reports(4)
    root = make_index(tmp_path / "index", old)
    failing = CountingEmbedder(fail_after=130)
    with pytest.raises(RuntimeError, match="accelerator"), IndexWriter(root, make_pipeline(failing)) as writer:
        for report in new:
            writer.add(report)
        writer.remove("report-1")
        writer.commit()
    assert len(failing.texts) == 128  # two whole batches
    assert state(root) == hashes(old)
    assert verify(root) == []

    working = CountingEmbedder()
    with IndexWriter(root, make_pipeline(working)) as writer:
        for report in new:
            writer.add(report)
        writer.commit()
    assert state(root) == hashes([*old, *new])
    assert verify(root) == []
    assert set(working.texts).isdisjoint(failing.texts)
    at_once = CountingEmbedder()
    make_index(tmp_path / "at once", new, make_pipeline(at_once))
    assert sorted([*failing.texts, *working.texts]) == sorted(at_once.texts)
    assert not Layout(root).staging.exists()


def test_the_same_commit_can_go_on_after_the_model_failed(tmp_path: Path) -> None:
    new = long_reports(2)
    root = make_index(tmp_path / "index")
    embedder = CountingEmbedder(fail_after=70)
    with IndexWriter(root, make_pipeline(embedder)) as writer:
        for report in new:
            writer.add(report)
        with pytest.raises(RuntimeError, match="accelerator"):
            writer.commit()
        embedder._fail_after = None
        writer.commit()
    assert len(embedder.texts) == len(set(embedder.texts))
    assert state(root) == hashes(new)
    assert verify(root) == []


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000])
def test_a_damaged_staging_file_is_started_anew(tmp_path: Path, content: bytes) -> None:
    root = make_index(tmp_path / "index", make_reports(1))
    Layout(root).staging.parent.mkdir(exist_ok=True)
    Layout(root).staging.write_bytes(content)
    with IndexWriter(root, make_pipeline()) as writer:
        for report in make_reports(3):
            writer.add(report)
        writer.commit()
    assert state(root) == hashes(make_reports(3))
    assert verify(root) == []
