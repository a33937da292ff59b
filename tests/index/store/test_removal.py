from pathlib import Path

import numpy as np
import pytest

from index.store import IndexWriter, Snapshot, read_manifest, verify
from index.store.layout import Layout
from index.store.removal import removed_sums
from tests.builders import commit, make_index, make_pipeline, make_report, make_reports


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_index(tmp_path / "index", make_reports(40))


def by_hand(root: Path) -> np.ndarray:
    """The sums of the vectors of deleted rows of the first segment, by language."""
    snapshot = Snapshot(root)
    segment = snapshot.segments[0]
    gone = ~snapshot.live[: len(segment)]
    sums = np.zeros((len(segment.languages), 64))
    for row in np.flatnonzero(gone):
        sums[segment.passage_languages[row]] += segment.dense.vectors(np.array([row]))[0]
    return sums


def test_each_commit_adds_what_it_removes(root: Path) -> None:
    names = set()
    assert read_manifest(root).segments[0].removed is None
    for number in range(4):
        commit(root, [make_report(number + 10, version=1)], [f"report-{number}"])
        record = read_manifest(root).segments[0]
        assert record.removed is not None
        kept = Snapshot(root).removed[0]
        assert kept is not None
        np.testing.assert_allclose(kept, by_hand(root), atol=1e-9)
        assert [path.name for path in Layout(root).removed.iterdir()] == [record.removed.name]
        names.add(record.removed.name)
    assert len(names) == 4
    assert verify(root) == []


def test_a_commit_that_removes_nothing_of_a_segment_keeps_its_file(root: Path) -> None:
    commit(root, removed=["report-1"])
    before = read_manifest(root).segments[0].removed
    commit(root, [make_report(60)])
    assert read_manifest(root).segments[0].removed == before is not None


def test_a_removal_reads_no_vectors_but_those_removed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    commit(root, removed=["report-1", "report-2"])
    with IndexWriter(root, make_pipeline()) as writer:
        dense = writer._snapshot.segments[0].dense
        vectors = dense.vectors

        def noted(rows: np.ndarray) -> np.ndarray:
            read.extend(rows.tolist())
            return vectors(rows)

        monkeypatch.setattr(dense, "vectors", noted)
        documents = writer._snapshot.segments[0].passage_documents
        writer.remove("report-5")
        writer.commit()
    assert read == np.flatnonzero(documents == 5).tolist()


def test_removed_sums_in_blocks(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    segment = Snapshot(root).segments[0]
    every = np.ones(40, dtype=np.bool_)
    monkeypatch.setattr("index.store.removal._BLOCK", 3)
    np.testing.assert_allclose(removed_sums(segment, every), segment.language_sums, atol=1e-9)
    np.testing.assert_allclose(
        removed_sums(segment, every, segment.language_sums), 2 * segment.language_sums, atol=1e-9
    )
