from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.store import layout as names
from index.store import read_manifest, verify
from index.store.layout import Layout
from index.store.merging import copy_limit, merge, segments_to_merge
from index.store.segment import Segment
from index.store.segment_writer import SegmentWriter
from index.types import Document
from tests.builders import make_pipeline, make_reports

FILES = (
    "term_texts.npy", "term_starts.npy", "posting_starts.npy", "posting_passages.npy", "posting_counts.npy",
    "passage_lengths.npy", names.LANGUAGES, names.DOCUMENT_LANGUAGES, names.SOURCES, names.DOCUMENT_SOURCES,
    names.DOCUMENT_DAYS,
)  # fmt: skip


@pytest.mark.parametrize(
    ("live", "total", "places"),
    [
        ([], [], []),
        ([5], [5], []),
        ([5], [8], [0]),
        ([7], [10], []),  # just 30 % deleted
        ([69], [100], [0]),
        ([100, 25], [100, 25], []),  # just four times
        ([100, 26], [100, 26], [0, 1]),
        ([25, 100], [25, 100], []),  # whichever is older
        ([1000, 100, 10, 9], [1000, 100, 10, 9], [2, 3]),
        ([1000, 100, 10, 10, 10], [1000, 100, 10, 10, 10], [1, 2, 3, 4]),
        ([1000, 60, 10], [1000, 100, 10], [1]),
        ([0, 10], [0, 10], []),
        ([300, 200, 100], [300, 200, 100], [0, 1, 2]),
        ([600, 300, 200], [600, 300, 200], [1, 2]),  # all three are more than 1000
        ([600, 500], [600, 500], []),
        ([5000, 30, 20], [5000, 30, 20], [1, 2]),
        ([900, 90, 80], [1800, 90, 80], [1, 2]),  # worn, but too large to be copied as well
        ([700, 90, 80], [1800, 90, 80], [0, 1, 2]),
        ([1001], [5000], []),
    ],
)
def test_which_segments_are_merged(live: list[int], total: list[int], places: list[int]) -> None:
    assert segments_to_merge(live, total, 1000) == places


def test_the_limit_grows_with_the_index() -> None:
    assert [copy_limit(live) for live in (0, 320_000, 1_000_000)] == [20_000, 20_000, 62_500]


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.sampled_from([1, 30, 1000, 50_000]))
def test_however_commits_come_each_copies_little_and_segments_stay_few(seed: int, largest: int) -> None:
    chance = np.random.default_rng(seed)
    live: list[int] = []
    total: list[int] = []
    for _ in range(300):
        new = int(chance.integers(1, largest + 1))
        live.append(new)
        total.append(new)
        if chance.random() < 0.1:  # reports are removed here and there
            live = [count - int(count * chance.random() * 0.4) for count in live]
        limit = copy_limit(sum(live))
        places = segments_to_merge(live, total, limit)
        copied = sum(live[place] for place in places)
        assert copied <= limit
        if places:
            kept = [place for place in range(len(live)) if place not in places]
            live, total = [*(live[p] for p in kept), copied], [*(total[p] for p in kept), copied]
        assert len(live) <= 38 + log(limit, 5)
        if sum(live) <= limit:  # as long as everything fits the limit: each at least 4 times all smaller ones
            sizes = sorted(live)
            assert all(size >= 4 * sum(sizes[:place]) for place, size in enumerate(sizes))


def test_a_million_passages_in_small_commits_are_copied_a_few_times() -> None:
    live: list[int] = []
    copied = 0
    for _ in range(2000):
        live.append(500)
        limit = copy_limit(sum(live))
        places = segments_to_merge(live, live, limit)
        if places:
            merged = sum(live[place] for place in places)
            copied += merged
            live = [*(live[place] for place in range(len(live)) if place not in places), merged]
    assert sum(live) == 1_000_000
    assert len(live) <= 38
    assert copied / sum(live) < log(62_500 / 500, 1.25)


def write(folder: Path, documents: list[Document]) -> Segment:
    pipeline = make_pipeline()
    writer = SegmentWriter(folder)
    for document in documents:
        passages = pipeline.passages(document)
        writer.add(document, passages, [pipeline.terms(document, passage) for passage in passages])
    texts = [passage.text for _, passage in writer.texts()]
    vectors = pipeline.embedder.embed_passages(texts)
    writer.finish([vectors[:2], vectors[2:]], pipeline.embedder.dim, folder.parent / "staging")
    return Segment(folder)


def test_a_merged_segment_is_the_one_written_at_once(tmp_path: Path) -> None:
    reports = make_reports(9)
    empty = Document("empty", " ")
    first = write(tmp_path / "first", [*reports[:4], empty])
    second = write(tmp_path / "second", [Document("empty too", ""), *reports[4:]])
    live = [np.array([number not in gone for number in range(5 + part)]) for part, gone in enumerate([{1, 3}, {0, 2}])]
    writer = merge([first, second], live, 64, tmp_path / "merged", tmp_path / "staging")
    merged = Segment(tmp_path / "merged")
    kept = [reports[0], reports[2], empty, reports[4], *reports[6:]]
    expected = write(tmp_path / "expected", kept)
    assert (writer.documents, writer.passages) == (len(kept), len(expected))
    assert list(merged.documents()) == list(expected.documents())
    assert list(merged.documents_with_passages()) == list(expected.documents_with_passages())
    assert merged.dense.vectors().tolist() == expected.dense.vectors().tolist()
    assert merged.passage_documents.tolist() == expected.passage_documents.tolist()
    assert merged.passage_languages.tolist() == expected.passage_languages.tolist()
    np.testing.assert_allclose(merged.language_sums, expected.language_sums, atol=1e-12)
    for name in FILES:
        same = (merged.folder / name).read_bytes() == (expected.folder / name).read_bytes()
        assert same, name


def test_documents_without_passages_alone_can_be_merged(tmp_path: Path) -> None:
    segments = [write(tmp_path / name, [Document(name, "")]) for name in ("a", "b")]
    writer = merge(segments, [np.ones(1, dtype=np.bool_)] * 2, 64, tmp_path / "merged", tmp_path / "staging")
    assert (writer.documents, writer.passages) == (2, 0)
    assert [document.doc_id for _, document in Segment(tmp_path / "merged").documents()] == ["a", "b"]


def test_many_small_commits_leave_few_segments(many_commits: Path) -> None:
    manifest = read_manifest(many_commits)
    assert manifest.generation > 40
    assert len(manifest.segments) <= 5
    assert verify(many_commits) == []
    on_disk = {folder.name for folder in Layout(many_commits).segments.iterdir()}
    assert on_disk == {segment.name for segment in manifest.segments}
