from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store import read_manifest, verify
from index.store.layout import Layout
from index.store.merging import merge, segments_to_merge
from index.store.segment import Segment, SegmentWriter
from index.types import Document
from tests.builders import make_pipeline, make_reports


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
        ([1000, 100, 10, 9], [1000, 100, 10, 9], [2, 3]),
        ([1000, 100, 10, 10, 10], [1000, 100, 10, 10, 10], [1, 2, 3, 4]),
        ([1000, 60, 10], [1000, 100, 10], [1, 2]),
        ([0, 10], [0, 10], [0, 1]),
        ([10, 0], [10, 0], []),
    ],
)
def test_which_segments_are_merged(live: list[int], total: list[int], places: list[int]) -> None:
    assert segments_to_merge(live, total) == places


@given(st.lists(st.integers(1, 50), max_size=200))
def test_the_number_of_segments_grows_with_the_logarithm(sizes: list[int]) -> None:
    segments: list[int] = []
    for size in sizes:
        segments.append(size)
        places = segments_to_merge(segments, segments)
        if places:
            assert places == list(range(places[0], len(segments)))
            segments = [*segments[: places[0]], sum(segments[places[0] :])]
        assert segments_to_merge(segments, segments) == []
    assert sum(segments) == sum(sizes)
    # Each is at least 4 times as large as all after it.
    assert len(segments) <= 1 + np.log(max(sum(sizes), 1)) / np.log(4)


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
    writer = merge([first, second], [[1, 3], [0, 2]], tmp_path / "merged", tmp_path / "staging")
    merged = Segment(tmp_path / "merged")
    kept = [reports[0], reports[2], empty, reports[4], *reports[6:]]
    expected = write(tmp_path / "expected", kept)
    assert (writer.documents, writer.passages) == (len(kept), len(expected))
    assert list(merged.documents()) == list(expected.documents())
    assert list(merged.documents_with_passages()) == list(expected.documents_with_passages())
    assert merged.dense.vectors().tolist() == expected.dense.vectors().tolist()
    assert merged.passage_documents.tolist() == expected.passage_documents.tolist()
    assert merged.terms().vocabulary == expected.terms().vocabulary
    assert merged.terms().terms.tolist() == expected.terms().terms.tolist()
    assert merged.terms().offsets.tolist() == expected.terms().offsets.tolist()


def test_documents_without_passages_alone_can_be_merged(tmp_path: Path) -> None:
    segments = [write(tmp_path / name, [Document(name, "")]) for name in ("a", "b")]
    writer = merge(segments, [[], []], tmp_path / "merged", tmp_path / "staging")
    assert (writer.documents, writer.passages) == (2, 0)
    assert [document.doc_id for _, document in Segment(tmp_path / "merged").documents()] == ["a", "b"]


def test_many_small_commits_leave_few_segments(many_commits: Path) -> None:
    manifest = read_manifest(many_commits)
    assert manifest.generation > 40
    assert len(manifest.segments) <= 5
    assert verify(many_commits) == []
    on_disk = {folder.name for folder in Layout(many_commits).segments.iterdir()}
    assert on_disk == {segment.name for segment in manifest.segments}
