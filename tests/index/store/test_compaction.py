from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexLockedError, IndexNotFoundError
from index.progress import Silent
from index.store import IndexWriter, Snapshot, compact, read_manifest, verify
from index.store.layout import Layout
from index.types import Document
from tests.builders import commit, hashes, make_index, make_pipeline, make_report, make_reports, retriever, state

QUESTION = "bridge الجسر attack"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two segments, the first with a removed and a replaced report."""
    root = make_index(tmp_path / "index", make_reports(30))
    commit(root, [make_report(7, version=1), make_report(40)], ["report-3"])
    assert len(read_manifest(root).segments) == 2
    return root


def test_one_segment_is_left_and_every_search_finds_the_same(root: Path) -> None:
    before, contents = read_manifest(root), Snapshot(root).contents
    expected = {(hit.passage, round(hit.score, 9)) for hit in retriever(root).search(QUESTION, 200)}
    live = len(Snapshot(root))
    done = compact(root)
    after = read_manifest(root)
    (segment,) = after.segments
    assert (segment.deleted, segment.removed, segment.passages, segment.documents) == ((), None, live, 30)
    assert after.generation == before.generation + 1
    assert state(root) == hashes([*make_reports(3), *make_reports(3, 4), make_report(7, 1), *make_reports(22, 8),
                                  make_report(40)])  # fmt: skip
    assert Snapshot(root).contents == contents
    assert {(hit.passage, round(hit.score, 9)) for hit in retriever(root).search(QUESTION, 200)} == expected
    assert verify(root) == []
    assert (done.segments_before, done.segments, done.documents, done.passages) == (2, 1, 30, live)
    assert done.dropped == sum(record.passages for record in before.segments) - live > 0
    assert done.bytes == sum(path.stat().st_size for path in Layout(root).segment(segment.name).iterdir())
    assert done.bytes < done.bytes_before
    assert [path.name for path in Layout(root).segments.iterdir()] == [segment.name]
    assert list(Layout(root).removed.iterdir()) == []


def test_a_compact_index_is_left_alone(root: Path) -> None:
    compact(root)
    before = Layout(root).manifest.read_bytes()
    done = compact(root)
    assert Layout(root).manifest.read_bytes() == before
    assert (done.segments_before, done.segments, done.dropped, done.bytes) == (1, 1, 0, done.bytes_before)


def test_an_index_without_documents_is_left_alone(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index")
    assert compact(root).segments == 0
    assert read_manifest(root).generation == 0


def test_documents_without_passages_are_kept(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", [Document("a", "")])
    commit(root, make_reports(3))
    compact(root)
    assert state(root) == hashes([Document("a", ""), *make_reports(3)])
    assert verify(root) == []


def test_searches_go_on_and_commits_follow(root: Path) -> None:
    old = retriever(root)
    expected = old.search(QUESTION, 50)
    compact(root)
    assert old.search(QUESTION, 50) == expected
    commit(root, [make_report(50)], ["report-1"])
    assert "report-50" in state(root)
    assert "report-1" not in state(root)
    assert verify(root) == []


@pytest.mark.parametrize("step", range(6))
def test_interrupted_anywhere_it_leaves_the_index_as_it_was(root: Path, step: int) -> None:
    class Interrupting(Silent):
        steps = 0

        def start(self, label: str, total: int, unit: str) -> None:
            self.advance(0)

        def advance(self, count: int) -> None:
            self.steps += 1
            if self.steps > step:
                raise KeyboardInterrupt

    before, files = Layout(root).manifest.read_bytes(), sorted(root.rglob("*"))
    with pytest.raises(KeyboardInterrupt):
        compact(root, Interrupting())
    assert Layout(root).manifest.read_bytes() == before
    assert sorted(root.rglob("*")) == files
    assert verify(root) == []
    compact(root)
    assert len(read_manifest(root).segments) == 1


def test_progress_covers_all_that_is_copied(root: Path) -> None:
    told: dict[str, list[int]] = {}

    class Told(Silent):
        def start(self, label: str, total: int, unit: str) -> None:
            self.now = told.setdefault(f"{label}/{unit}", [total, 0])

        def advance(self, count: int) -> None:
            self.now[1] += count

    passages = sum(record.passages for record in read_manifest(root).segments)
    live = len(Snapshot(root))
    postings = sum(len(segment.postings.passages) for segment in Snapshot(root).segments)
    compact(root, Told())
    assert told == {
        "copying reports/passage": [passages, passages],
        "copying vectors/passage": [live, live],
        "merging words/posting": [postings, postings],
    }


def test_a_writer_keeps_it_out_and_no_index_is_told(root: Path, tmp_path: Path) -> None:
    with IndexWriter(root, make_pipeline()), pytest.raises(IndexLockedError, match="another process is writing"):
        compact(root)
    with pytest.raises(IndexNotFoundError, match="no index in"):
        compact(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_means_of_languages_forget_what_was_removed(root: Path) -> None:
    query = np.full(64, 1 / 8, dtype=np.float32)
    before = dict(zip(Snapshot(root).languages, Snapshot(root).language_offsets(query), strict=True))
    compact(root)
    after = dict(zip(Snapshot(root).languages, Snapshot(root).language_offsets(query), strict=True))
    assert after == pytest.approx(before, abs=1e-12)
