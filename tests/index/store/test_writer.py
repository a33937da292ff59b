from pathlib import Path

import pytest

from index.errors import IndexNotFoundError
from index.pipeline import Pipeline
from index.search import SearchSettings
from index.store import Change, IndexWriter, Snapshot, create_index, read_manifest, verify
from index.store.layout import Layout
from index.types import Document
from tests.builders import (
    commit,
    hashes,
    make_index,
    make_manifest,
    make_pipeline,
    make_report,
    make_reports,
    retriever,
    state,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_index(tmp_path / "index", make_reports(6))


def test_added_documents_come_back_whole(root: Path) -> None:
    snapshot = Snapshot(root)
    assert list(snapshot.documents()) == make_reports(6)
    assert verify(root) == []
    assert not Layout(root).staging.exists()


def test_update_remove_and_add_in_one_commit(root: Path) -> None:
    changed, new = make_report(2, version=1), make_report(9)
    assert commit(root, [changed, new, make_report(3)], ["report-4"]) == [
        Change.UPDATED,
        Change.ADDED,
        Change.UNCHANGED,
    ]
    reports = make_reports(6)
    assert state(root) == hashes([*reports[:2], changed, reports[3], reports[5], new])
    assert verify(root) == []
    hits = retriever(root).search(changed.text, 100)
    assert hits[0].document == changed
    assert all(hit.document.content_hash == state(root)[hit.document.doc_id] for hit in hits)


def test_a_change_of_metadata_alone_is_an_update(root: Path) -> None:
    report = make_report(0)
    moved = Document(report.doc_id, report.text, report.title, "Another source", report.published, report.url, "ar")
    assert commit(root, [moved]) == [Change.UPDATED]
    assert state(root)["report-0"] == moved.content_hash


def test_what_loading_noted_is_no_change(root: Path) -> None:
    report = make_report(0)
    noted = Document(
        report.doc_id, report.text, report.title, report.source, report.published, report.url, report.lang, ("note",)
    )
    assert commit(root, [noted]) == [Change.UNCHANGED]


def test_a_commit_without_changes_keeps_the_generation_and_the_files(root: Path) -> None:
    before, content = read_manifest(root), Layout(root).manifest.read_bytes()
    assert commit(root, make_reports(6)) == [Change.UNCHANGED] * 6
    with IndexWriter(root, make_pipeline()) as writer:
        assert writer.commit() == before
    assert Layout(root).manifest.read_bytes() == content


def test_several_commits_by_one_writer(root: Path) -> None:
    with IndexWriter(root, make_pipeline()) as writer:
        assert writer.add(make_report(7)) is Change.ADDED
        assert writer.commit().generation == 2
        assert writer.add(make_report(7)) is Change.UNCHANGED
        assert writer.add(make_report(7, version=1)) is Change.UPDATED
        assert writer.commit().generation == 3
        assert writer.remove("report-7")
        assert writer.commit().generation == 4
        assert writer.commit().generation == 4
    assert state(root) == hashes(make_reports(6))


def test_a_doc_id_twice_in_one_commit_is_refused(root: Path) -> None:
    with IndexWriter(root, make_pipeline()) as writer:
        writer.add(make_report(7))
        with pytest.raises(ValueError, match=r"'report-7' was added twice"):
            writer.add(make_report(7, version=1))
        with pytest.raises(ValueError, match=r"'report-7' was added since the last commit"):
            writer.remove("report-7")
        writer.commit()
    assert state(root) == hashes([*make_reports(6), make_report(7)])


def test_removing_what_is_not_there_is_false(root: Path) -> None:
    with IndexWriter(root, make_pipeline()) as writer:
        assert writer.remove("nowhere") is False
        assert writer.remove("report-1") is True
        writer.commit()
        assert writer.remove("report-1") is False
        assert writer.commit().generation == 2


@pytest.mark.parametrize("version", [0, 1])
def test_a_document_removed_and_added_again_in_one_commit_is_there(root: Path, version: int) -> None:
    again = make_report(2, version=version)
    with IndexWriter(root, make_pipeline()) as writer:
        assert writer.remove("report-2")
        assert writer.add(again) is (Change.UPDATED if version else Change.UNCHANGED)
        writer.commit()
    assert state(root)["report-2"] == again.content_hash
    assert len(state(root)) == 6


def test_leaving_without_a_commit_leaves_the_index_as_it_was(root: Path) -> None:
    before = sorted(root.rglob("*"))
    with IndexWriter(root, make_pipeline()) as writer:
        writer.add(make_report(8))
        writer.remove("report-1")
    assert state(root) == hashes(make_reports(6))
    assert sorted(root.rglob("*")) == before


def test_deleting_most_of_a_segment_rewrites_it(root: Path) -> None:
    (before,) = read_manifest(root).segments
    commit(root, removed=["report-0"])
    (kept,) = read_manifest(root).segments
    assert (kept.name, kept.deleted) == (before.name, (0,))
    commit(root, removed=["report-1", "report-2", "report-3"])
    (after,) = read_manifest(root).segments
    assert after.name != before.name
    assert (after.documents, after.deleted) == (2, ())
    assert not Layout(root).segment(before.name).exists()
    assert state(root) == hashes(make_reports(2, first=4))
    assert verify(root) == []


def test_an_index_of_which_everything_was_removed_works_on(root: Path) -> None:
    commit(root, removed=[f"report-{number}" for number in range(6)])
    manifest = read_manifest(root)
    assert manifest.segments == ()
    assert verify(root) == []
    for settings in (SearchSettings(), SearchSettings(lexical="rank-bm25"), SearchSettings(dense=False)):
        assert retriever(root, settings).search("attack", 5) == []
    assert list(Layout(root).segments.iterdir()) == []
    assert not Layout(root).removed.exists() or list(Layout(root).removed.iterdir()) == []
    assert commit(root, [make_report(1)]) == [Change.ADDED]
    assert retriever(root).search(make_report(1).text, 1)[0].document == make_report(1)


@pytest.mark.parametrize("text", ["", " \n ", "... !", "😀"])
def test_documents_without_passages_or_terms_are_kept(tmp_path: Path, text: str) -> None:
    bare = Document("bare", text)
    root = make_index(tmp_path / "index", [bare])
    assert verify(root) == []
    assert state(root) == hashes([bare])
    assert commit(root, [bare]) == [Change.UNCHANGED]
    for number in range(8):
        commit(root, [make_report(number), Document(f"bare-{number}", text)])
    assert verify(root) == []
    bares = [bare, *(Document(f"bare-{number}", text) for number in range(8))]
    assert state(root) == hashes([*make_reports(8), *bares])
    assert retriever(root).search(make_report(1).text, 1)[0].document == make_report(1)


def test_an_addition_that_fails_leaves_the_old_document(root: Path) -> None:
    class Failing(Pipeline):
        def terms(self, document: Document, passage: object) -> list[str]:
            raise RuntimeError("no terms")

    usual = make_pipeline()
    with IndexWriter(root, Failing(usual.embedder, usual.analyzer, usual.chunking)) as writer:
        with pytest.raises(RuntimeError, match="no terms"):
            writer.add(make_report(1, version=1))
        writer.remove("report-2")
        writer.commit()
    reports = make_reports(6)
    assert state(root) == hashes([*reports[:2], *reports[3:]])


def test_a_commit_that_failed_can_be_tried_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(layout: object, manifest: object) -> None:
        raise OSError("no space left on device")

    with IndexWriter(root, make_pipeline()) as writer:
        writer.add(make_report(8))
        with monkeypatch.context() as patched:
            patched.setattr("index.store.writer.write_manifest", fail)
            with pytest.raises(OSError, match="no space"):
                writer.commit()
        assert state(root) == hashes(make_reports(6))
        assert writer.commit().generation == 2
    assert state(root) == hashes([*make_reports(6), make_report(8)])
    assert verify(root) == []


def test_create_index_leaves_an_index_alone(root: Path) -> None:
    before = read_manifest(root)
    create_index(root, make_manifest(make_pipeline()))
    assert read_manifest(root) == before


def test_a_writer_needs_an_index_and_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match="mustanad index"):
        IndexWriter(tmp_path / "nowhere", make_pipeline())
    assert not (tmp_path / "nowhere").exists()


def test_leftovers_of_a_killed_run_are_deleted(root: Path) -> None:
    folder = Layout(root).segments / "segment-000009-dead"
    folder.mkdir()
    (folder / "vectors.npy").write_bytes(b"half")
    Layout(root).removed.mkdir()
    (Layout(root).removed / "removed-000009-dead.npy").write_bytes(b"half")
    assert verify(root) == []
    with IndexWriter(root, make_pipeline()):
        pass
    assert not list(root.rglob("*dead*"))
    assert state(root) == hashes(make_reports(6))
