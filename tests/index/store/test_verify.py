import dataclasses
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.dense import DenseWriter
from index.dense.record import VECTORS
from index.errors import IndexCorruptError, IndexNotFoundError, MustanadError
from index.lexical.postings import PASSAGE_LENGTHS, POSTING_COUNTS, POSTING_PASSAGES, POSTING_STARTS
from index.store import read_manifest, verify
from index.store.files import seal
from index.store.layout import (
    DOCUMENT_DAYS,
    DOCUMENT_SOURCES,
    FORMAT_VERSION,
    LANGUAGE_SUMS,
    PASSAGE_LANGUAGES,
    PASSAGES,
    Layout,
)
from index.store.manifest import write_manifest
from tests.builders import commit, make_index, make_report, make_reports


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two segments, one of them with a deleted document; not to be changed."""
    root = make_index(tmp_path_factory.mktemp("verify") / "index", make_reports(30))
    commit(root, [make_report(40)], ["report-3"])
    assert len(read_manifest(root).segments) == 2
    assert verify(root) == []
    return root


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "index")
    return tmp_path / "index"


def data_files(root: Path) -> list[Path]:
    """Every file of the index but the manifest and the lock."""
    layout = Layout(root)
    files = [path for folder in (layout.segments, layout.removed) for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 30
    return sorted(files)


def test_a_flipped_byte_in_any_file_is_reported_in_one_line(root: Path) -> None:
    for path in data_files(root):
        content = path.read_bytes()
        for place in {0, len(content) // 2, len(content) - 1}:
            path.write_bytes(content[:place] + bytes([content[place] ^ 0x40]) + content[place + 1 :])
            assert verify(root) == [f"{path}: content changed (SHA-256 differs)"]
        path.write_bytes(content)
    assert verify(root) == []


def test_a_cut_or_missing_file_is_reported_in_one_line(root: Path) -> None:
    for path in data_files(root):
        content = path.read_bytes()
        path.write_bytes(content[:-1])
        assert verify(root) == [f"{path}: {len(content) - 1} bytes instead of {len(content)}"]
        path.unlink()
        assert verify(root) == [f"{path}: missing"]
        path.write_bytes(content)
    assert verify(root) == []


def test_each_damaged_file_has_its_line(root: Path) -> None:
    first, *_, last = data_files(root)
    first.unlink()
    last.write_bytes(b"")
    assert len(verify(root)) == 2


def test_a_missing_segment_is_reported(root: Path) -> None:
    segment = read_manifest(root).segments[0]
    shutil.rmtree(Layout(root).segment(segment.name))
    problems = verify(root)
    assert len(problems) == len(segment.files)
    assert all(problem.endswith(": missing") for problem in problems)


def test_a_flipped_byte_in_the_manifest_gives_no_traceback(root: Path) -> None:
    path = Layout(root).manifest
    content = path.read_bytes()
    lines = []
    for place in range(0, len(content), 17):
        for bit in (0x01, 0x80):
            path.write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])
            try:
                lines.extend(verify(root))
            except MustanadError as error:
                lines.append(str(error))
    assert len(lines) > 100
    assert not any("\n" in line for line in lines)


@pytest.mark.parametrize("content", [b"", b"garbage", b"\xff\x00\xfe"])
def test_a_garbage_manifest_is_reported(root: Path, content: bytes) -> None:
    Layout(root).manifest.write_bytes(content)
    with pytest.raises(IndexCorruptError, match=r"manifest\.json is damaged"):
        verify(root)


def test_another_format_is_reported(root: Path) -> None:
    write_manifest(Layout(root), dataclasses.replace(read_manifest(root), format=FORMAT_VERSION + 1))
    with pytest.raises(IndexCorruptError, match="index the reports anew into another folder"):
        verify(root)


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_no_index_says_how_to_make_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(IndexNotFoundError) as raised:
        verify(tmp_path / name)
    assert f"mustanad index PATH… --index {tmp_path / name}" in str(raised.value)


def reseal(root: Path, place: int) -> None:
    """Make the manifest promise what the files of a segment are now, so that only deeper checks can find fault."""
    manifest = read_manifest(root)
    segments = list(manifest.segments)
    files = seal(Layout(root).segment(segments[place].name))
    segments[place] = dataclasses.replace(segments[place], files=files)
    write_manifest(Layout(root), dataclasses.replace(manifest, segments=tuple(segments)))


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ('UPDATE passages SET "end" = 100000 WHERE number = 0', "passage report-0#0 lies outside its document"),
        ("UPDATE passages SET start = -1 WHERE number = 0", "passage report-0#0 lies outside its document"),
        ('UPDATE passages SET start = "end" WHERE number = 0', "passage report-0#0 lies outside its document"),
        ("DELETE FROM passages WHERE number = 0", "passages in the database"),
    ],
)
def test_passages_that_do_not_fit_their_documents_are_reported(root: Path, statement: str, problem: str) -> None:
    folder = Layout(root).segment(read_manifest(root).segments[0].name)
    with sqlite3.connect(folder / PASSAGES) as database:
        database.execute(statement)
    database.close()
    reseal(root, 0)
    (found,) = verify(root)
    assert problem in found
    assert str(folder) in found


def write_vectors(root: Path, count_less: int = 0, dim: int | None = None, factor: float = 1.0) -> None:
    folder = Layout(root).segment(read_manifest(root).segments[0].name)
    vectors = np.load(folder / VECTORS)
    vectors = vectors[: len(vectors) - count_less, : dim or vectors.shape[1]]
    vectors[0] *= factor
    writer = DenseWriter(folder, vectors.shape[1], root / "staging")
    writer.append(vectors)
    writer.finish(np.load(folder / PASSAGE_LANGUAGES)[: len(vectors)])
    reseal(root, 0)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"count_less": 1}, "vectors for"),
        ({"dim": 32}, "vectors have 32 dimensions, the model has 64"),
        ({"factor": 2.0}, "1 vectors are not of unit length"),
        ({"factor": 0.0}, "1 vectors are not of unit length"),
        ({"factor": float("nan")}, "1 vectors are not of unit length"),
    ],
)
def test_vectors_that_do_not_fit_the_passages_are_reported(root: Path, change: dict[str, float], problem: str) -> None:
    write_vectors(root, **change)  # type: ignore[arg-type]
    (found,) = verify(root)
    assert problem in found


def test_sums_that_are_not_those_of_the_vectors_are_reported(root: Path) -> None:
    path = Layout(root).segment(read_manifest(root).segments[0].name) / LANGUAGE_SUMS
    np.save(path, np.load(path) + 0.5)
    reseal(root, 0)
    (found,) = verify(root)
    assert found.endswith("the sums of the vectors are not theirs")


def test_sums_of_other_removed_vectors_are_reported(root: Path) -> None:
    manifest = read_manifest(root)
    for deleted in ((), (1,)):
        segments = (dataclasses.replace(manifest.segments[0], deleted=deleted), *manifest.segments[1:])
        write_manifest(Layout(root), dataclasses.replace(manifest, segments=segments))
        (found,) = verify(root)
        assert found.endswith("the sums of the removed vectors are not theirs")


@pytest.mark.parametrize(
    ("name", "change", "problem"),
    [
        (POSTING_COUNTS, lambda counts: counts + 1, "passages do not add up to their lengths"),
        (POSTING_PASSAGES, lambda passages: passages[::-1], "the postings of some term are not in order"),
        (PASSAGE_LENGTHS, lambda lengths: lengths[1:], "passage lengths for"),
        (PASSAGE_LENGTHS, lambda lengths: lengths + 1, "passages do not add up to their lengths"),
        (POSTING_STARTS, lambda starts: np.where(np.arange(len(starts)) == 1, 0, starts), "some term has no postings"),
        (DOCUMENT_DAYS, lambda days: days[:-1], "29 days of publication for 30 documents"),
        (DOCUMENT_SOURCES, lambda sources: sources + 4, "a source is named that is not among the 4"),
        (PASSAGE_LANGUAGES, lambda languages: languages - 1, "a language is named that is not among the 2"),
        (LANGUAGE_SUMS, lambda sums: sums[:, 1:], "the sums of the vectors have the shape (2, 63)"),
    ],
)
def test_arrays_that_do_not_fit_are_reported(
    root: Path, name: str, change: Callable[[NDArray[np.generic]], NDArray[np.generic]], problem: str
) -> None:
    path = Layout(root).segment(read_manifest(root).segments[0].name) / name
    np.save(path, change(np.load(path)))
    reseal(root, 0)
    found = verify(root)
    assert any(problem in line for line in found)
    assert not any("\n" in line for line in found)


def test_a_manifest_that_promises_other_counts_is_reported(root: Path) -> None:
    manifest = read_manifest(root)
    segments = (*manifest.segments[:1], dataclasses.replace(manifest.segments[1], passages=9))
    write_manifest(Layout(root), dataclasses.replace(manifest, segments=segments))
    (segment, *_) = (line for line in verify(root) if "for 9 passages" in line)
    assert segment.startswith(str(Layout(root).segment(segments[1].name)))
