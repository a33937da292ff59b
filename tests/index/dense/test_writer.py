import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest

from index.dense import DenseIndex, DenseSettings, DenseWriter, building
from index.dense.record import LIST_GROUPS, LISTS, RECORD, ROW_LISTS, TRAINED, VECTORS
from tests.index.dense.vectors import SMALL, clumped, some_groups, write

ROWS = 700
FILES = {VECTORS, RECORD, TRAINED, LISTS, LIST_GROUPS, ROW_LISTS}


class Watching:
    """Progress that remembers the stages, and breaks off after so many steps of the second."""

    def __init__(self, break_after: int | None = None) -> None:
        self.stages: list[tuple[str, int, str]] = []
        self.done: list[int] = []
        self._break_after = break_after

    def start(self, label: str, total: int, unit: str) -> None:
        self.stages.append((label, total, unit))
        self.done.append(0)

    def advance(self, count: int) -> None:
        self.done[-1] += count
        if self.stages[-1][0] == "indexing vectors" and self._break_after is not None:
            self._break_after -= 1
            if self._break_after == 0:
                raise KeyboardInterrupt


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_vectors_give_the_same_files(tmp_path: Path) -> None:
    vectors, groups = clumped(ROWS), some_groups(ROWS, 3)
    write(tmp_path / "a" / "index", vectors, groups, SMALL)
    write(tmp_path / "b" / "index", vectors, groups, SMALL)
    assert set(contents(tmp_path / "a" / "index")) == FILES
    assert contents(tmp_path / "a" / "index") == contents(tmp_path / "b" / "index")


def test_progress_tells_of_each_vector(tmp_path: Path) -> None:
    watching = Watching()
    write(tmp_path / "index", clumped(ROWS), settings=SMALL, progress=watching)
    assert watching.stages == [
        ("clustering vectors", SMALL.iterations * ROWS, "vector"),
        ("indexing vectors", ROWS, "vector"),
    ]
    assert watching.done == [SMALL.iterations * ROWS, ROWS]


def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, groups = clumped(ROWS), some_groups(ROWS, 3)
    write(tmp_path / "whole" / "index", vectors, groups, SMALL)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "parts" / "index", vectors, groups, SMALL, Watching(break_after=2))
    shutil.rmtree(tmp_path / "parts" / "index")  # as the store does with a segment that no manifest names

    encoded: list[int] = []
    encode: Callable[..., faiss.IndexIVFScalarQuantizer] = building._encoded

    def encode_and_tell(*args: Any) -> faiss.IndexIVFScalarQuantizer:  # noqa: ANN401
        encoded.append(args[3])
        return encode(*args)

    monkeypatch.setattr(building, "_encoded", encode_and_tell)
    monkeypatch.setattr(building, "train", None)
    write(tmp_path / "parts" / "index", vectors, groups, SMALL)
    assert encoded == [260, 390, 520, 650]
    assert contents(tmp_path / "parts" / "index") == contents(tmp_path / "whole" / "index")


def test_other_vectors_groups_or_settings_share_nothing(tmp_path: Path) -> None:
    vectors, groups = clumped(ROWS), some_groups(ROWS, 3)
    other = DenseSettings(exact_up_to=150, lists_per_root=1.5, block=130)
    for place, (given, by, settings) in enumerate(
        [
            (vectors, groups, SMALL),
            (vectors[::-1], groups, SMALL),
            (vectors, groups[::-1], SMALL),
            (vectors, groups, other),
        ]
    ):
        write(tmp_path / "index", given, by, settings)
        assert len(list((tmp_path / "staging").iterdir())) == place + 1


def test_lists_hold_each_row_once_and_one_group_each(tmp_path: Path) -> None:
    vectors, groups = clumped(ROWS), some_groups(ROWS, 3)
    groups[5] = 7  # alone in its group
    write(tmp_path / "index", vectors, groups, SMALL)
    row_lists, list_groups = np.load(tmp_path / "index" / ROW_LISTS), np.load(tmp_path / "index" / LIST_GROUPS)
    assert list_groups[row_lists].tolist() == groups.tolist()
    assert (list_groups == 7).sum() == 1
    codes = np.fromfile(tmp_path / "index" / LISTS, dtype=np.uint8)
    assert len(codes) == ROWS * (16 + 8)
    index = DenseIndex.load(tmp_path / "index", groups, SMALL)
    rows, _ = index.search(vectors[0], ROWS, np.ones(ROWS, dtype=np.bool_))
    assert sorted(rows.tolist()) == list(range(ROWS))


def test_identical_vectors_can_be_clustered(tmp_path: Path) -> None:
    vectors = np.repeat(clumped(1), 200, axis=0)
    groups = write(tmp_path / "index", vectors, settings=SMALL)
    index = DenseIndex.load(tmp_path / "index", groups, SMALL)
    rows, scores = index.search(vectors[0], 5, np.ones(200, dtype=np.bool_))
    assert (len(rows), scores.tolist()) == (5, pytest.approx([1.0] * 5, abs=1e-6))


def test_vectors_and_groups_must_fit(tmp_path: Path) -> None:
    writer = DenseWriter(tmp_path, 16, tmp_path / "staging")
    with pytest.raises(ValueError, match=r"vectors of shape \(3, 8\) given to an index of 16 dimensions"):
        writer.append(clumped(3, dim=8))
    writer.append(clumped(3))
    with pytest.raises(ValueError, match="2 groups for 3 vectors"):
        writer.finish(np.zeros(2, dtype=np.int32))


def test_without_lists_on_disk_every_vector_is_compared_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delattr(faiss, "OnDiskInvertedLists")
    groups = write(tmp_path / "index", clumped(ROWS), settings=SMALL)
    assert "each search compares all 700 vectors" in caplog.text
    assert DenseIndex.load(tmp_path / "index", groups, SMALL).kind == "Flat"


def _shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8])


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_missing_file_is_an_error(tmp_path: Path, name: str) -> None:
    groups = write(tmp_path / "index", clumped(ROWS), settings=SMALL)
    (tmp_path / "index" / name).unlink()
    with pytest.raises((OSError, RuntimeError), match=name):
        DenseIndex.load(tmp_path / "index", groups, SMALL)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_shortened_file_is_an_error(tmp_path: Path, name: str) -> None:
    groups = write(tmp_path / "index", clumped(ROWS), settings=SMALL)
    _shorten(tmp_path / "index" / name)
    with pytest.raises((ValueError, RuntimeError)):
        DenseIndex.load(tmp_path / "index", groups, SMALL)


@pytest.mark.parametrize("name", [VECTORS, TRAINED, ROW_LISTS])
def test_a_file_of_another_index_is_an_error(tmp_path: Path, name: str) -> None:
    groups = write(tmp_path / "index", clumped(ROWS), settings=SMALL)
    write(tmp_path / "other", clumped(ROWS - 100), settings=SMALL)
    shutil.copy(tmp_path / "other" / name, tmp_path / "index" / name)
    with pytest.raises(ValueError, match=r"expected|bytes instead of|do not fit"):
        DenseIndex.load(tmp_path / "index", groups, SMALL)
