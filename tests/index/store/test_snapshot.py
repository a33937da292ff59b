from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import IndexCorruptError, IndexNotFoundError
from index.search import SearchSettings
from index.store import Snapshot, read_manifest
from index.store.layout import Layout
from index.types import Document, Filters
from tests.builders import (
    SOURCES,
    commit,
    hashes,
    make_index,
    make_report,
    make_reports,
    retriever,
    scores_by_passage,
    state,
)
from tests.index.conftest import Collection
from tests.index.store.conftest import REMOVED, UPDATED

FINAL = [
    make_report(number, version=1 if number in UPDATED else 0) for number in range(50) if number not in REMOVED
]  # what the fixture many_commits holds


@pytest.fixture(scope="module")
def opened(many_commits: Path) -> Snapshot:
    return Snapshot(many_commits)


@pytest.mark.parametrize(
    "search",
    [SearchSettings(), SearchSettings(dense=False), SearchSettings(lexical="off"), SearchSettings(lexical="rank-bm25")],
)
def test_many_commits_give_the_results_of_an_index_built_at_once(
    many_commits: Path, tmp_path: Path, search: SearchSettings
) -> None:
    assert state(many_commits) == hashes(FINAL)
    at_once = retriever(make_index(tmp_path / "index", FINAL), search)
    in_steps = retriever(many_commits, search)
    assert len(in_steps.snapshot) == len(at_once.snapshot)
    for question in ("Who attacked the bridge?", "من نفذ الهجوم على الجسر؟", FINAL[3].text, "fire 7"):
        expected = scores_by_passage(at_once.search(question, 1000))
        hits = in_steps.search(question, 1000)
        found = scores_by_passage(hits)
        assert len(hits) == len(found) > 0
        assert set(found) == set(expected)
        for passage_id, scores in expected.items():
            for score, other in zip(scores, found[passage_id], strict=True):
                assert (score is None and other is None) or other == pytest.approx(score, abs=1e-9)
        # The same order, up to passages with equal scores.
        best = at_once.search(question, 10)
        assert [hit.score for hit in hits[:10]] == pytest.approx([hit.score for hit in best], abs=1e-9)


def test_contents(many_commits: Path) -> None:
    contents = Snapshot(many_commits).contents
    days = [report.published.isoformat() for report in FINAL if report.published]
    assert contents.documents == len(FINAL)
    assert contents.passages == len(Snapshot(many_commits)) > contents.documents
    assert contents.langs == Counter(report.lang for report in FINAL)
    assert contents.sources == Counter(report.source for report in FINAL)
    assert (contents.first_published, contents.last_published) == (min(days), max(days))


def test_contents_of_an_empty_index(tmp_path: Path) -> None:
    contents = Snapshot(make_index(tmp_path / "index")).contents
    assert (contents.documents, contents.passages, contents.langs, contents.first_published) == (0, 0, {}, None)


def test_find_and_passages(many_commits: Path) -> None:
    snapshot = Snapshot(many_commits)
    for report in FINAL:
        found = snapshot.find(report.doc_id)
        assert found is not None
        assert found[2] == report.content_hash
        assert snapshot.segments[found[0]].document(found[1]) == report
    for number in REMOVED:
        assert snapshot.find(f"report-{number}") is None
    rows = np.flatnonzero(snapshot.live)[::-3].tolist()
    for document, passage in snapshot.passages(rows):
        assert document in FINAL
        assert passage.text == document.text[passage.start : passage.end]


def passes(document: Document, filters: Filters) -> bool:
    """Whether a document passes, by the words of the documentation of ``Filters``."""
    if (filters.since or filters.until) and document.published is None:
        return False
    return (
        (not filters.since or bool(document.published and document.published >= filters.since))
        and (not filters.until or bool(document.published and document.published <= filters.until))
        and (not filters.sources or document.source.lower() in [source.lower() for source in filters.sources])
        and (not filters.langs or document.lang in filters.langs)
        and (not filters.doc_ids or document.doc_id in filters.doc_ids)
        and document.doc_id not in filters.without
    )


days = st.one_of(st.none(), st.integers(-10, 910).map(lambda day: date(2022, 1, 1) + timedelta(days=day)))
all_filters = st.builds(
    Filters,
    since=days,
    until=days,
    sources=st.lists(st.sampled_from([*SOURCES, "RADIO KASSALA", "sahil press", "x"]), max_size=2).map(tuple),
    langs=st.lists(st.sampled_from(["ar", "en", "fr"]), max_size=2).map(tuple),
    doc_ids=st.lists(st.sampled_from([f"report-{number}" for number in range(55)]), max_size=8).map(tuple),
    without=st.lists(st.sampled_from([f"report-{number}" for number in range(55)]), max_size=8).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(all_filters)
def test_filters_allow_just_the_passages_of_the_documents_that_pass(opened: Snapshot, filters: Filters) -> None:
    rows = np.flatnonzero(opened.allowed(filters)).tolist()
    found = {document.doc_id for document, _ in opened.passages(rows)}
    assert found == {document.doc_id for document in FINAL if passes(document, filters)}


def test_the_days_at_both_ends_are_in(tmp_path: Path) -> None:
    reports = [Document(f"day-{day}", "The bridge fell.", published=date(2024, 1, day)) for day in range(1, 6)]
    root = make_index(tmp_path / "index", [*reports, Document("undated", "The bridge fell.")])
    found = retriever(root)

    def doc_ids(filters: Filters) -> list[str]:
        return sorted(hit.document.doc_id for hit in found.search("bridge", 10, filters))

    assert doc_ids(Filters(since=date(2024, 1, 2), until=date(2024, 1, 4))) == ["day-2", "day-3", "day-4"]
    assert doc_ids(Filters(since=date(2024, 1, 5))) == ["day-5"]
    assert doc_ids(Filters(until=date(2024, 1, 1))) == ["day-1"]
    assert doc_ids(Filters(since=date(2024, 1, 4), until=date(2024, 1, 2))) == []
    assert "undated" in doc_ids(Filters())


def test_asking_for_ten_gives_ten_where_few_of_thousands_pass(tmp_path: Path) -> None:
    crowd = [Document(f"crowd-{number}", f"The army attacked bridge {number}.") for number in range(3000)]
    few = [Document(f"few-{number}", f"Grain prices rose {number}.", source="Rare") for number in range(12)]
    root = make_index(tmp_path / "index", [*crowd[:1500], *few, *crowd[1500:]])
    for search in (SearchSettings(), SearchSettings(lexical="off"), SearchSettings(depth=3)):
        hits = retriever(root, search).search("Who attacked the bridge?", 10, Filters(sources=("rare",)))
        assert len(hits) == 10
        assert {hit.document.source for hit in hits} == {"Rare"}


def test_a_reader_keeps_its_state_after_later_commits(tmp_path: Path) -> None:
    reports = make_reports(8)
    root = make_index(tmp_path / "index", reports)
    old, lazy = retriever(root), retriever(root, SearchSettings(lexical="rank-bm25"))
    expected = old.search("bridge الجسر attack", 50)
    before = {path.name for path in Layout(root).segments.iterdir()}
    commit(root, make_reports(8, first=20), [f"report-{number}" for number in range(7)])
    commit(root, [make_report(7, version=1)])
    assert before.isdisjoint(path.name for path in Layout(root).segments.iterdir())
    assert old.search("bridge الجسر attack", 50) == expected
    assert [hit.passage for hit in lazy.search("bridge الجسر attack", 50)] == [hit.passage for hit in expected]
    assert list(old.snapshot.documents()) == reports
    assert state(root) == hashes([*make_reports(8, first=20), make_report(7, version=1)])


def test_a_snapshot_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match="mustanad index PATH… --index"):
        Snapshot(tmp_path / "nowhere")


@pytest.mark.parametrize("cut", [0, 10, 200])
def test_a_damaged_file_is_one_clear_error(tmp_path: Path, cut: int) -> None:
    root = make_index(tmp_path / "index", make_reports(3))
    manifest = read_manifest(root)
    folder = Layout(root).segment(manifest.segments[0].name)
    for file in manifest.segments[0].files:
        content = (folder / file.name).read_bytes()
        if cut < len(content):
            (folder / file.name).write_bytes(content[:cut])
            with pytest.raises(IndexCorruptError, match="run mustanad verify") as raised:
                Snapshot(root)
            assert "\n" not in str(raised.value)
            (folder / file.name).write_bytes(content)
    Snapshot(root)


def test_a_missing_file_is_one_clear_error(collection: Collection, tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", collection.documents.values())
    manifest = read_manifest(root)
    paths = [Layout(root).segment(manifest.segments[0].name) / file.name for file in manifest.segments[0].files]
    for path in paths:
        aside = path.rename(tmp_path / "aside")
        with pytest.raises(IndexCorruptError, match="damaged"):
            Snapshot(root)
        aside.rename(path)
    assert len(Snapshot(root)) > 0
