"""Copies over commits: found, kept through merging, honoured at removal and update."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.copies.table import FILE
from index.errors import IndexCorruptError
from index.store import Snapshot, read_manifest, verify
from index.types import Document
from tests.builders import commit, make_index, make_report
from tests.index.copies.texts import OTHER, REPRINT, UPDATE, WIRE

ORIGINAL = Document("wire", WIRE, published=date(2024, 3, 14), lang="en")
COPY = Document("reprint", REPRINT, published=date(2024, 3, 15), lang="en")
TWIN = Document("twin", WIRE, published=date(2024, 3, 16), lang="en")
UNLIKE = Document("other", OTHER, published=date(2024, 3, 13), lang="en")
REPORTS = (UNLIKE, COPY, TWIN, ORIGINAL)


def groups(root: Path) -> dict[str, tuple[str, ...]]:
    snapshot = Snapshot(root)
    try:
        return dict(snapshot.copy_groups.groups)
    finally:
        snapshot.close()


@pytest.mark.parametrize(
    "commits", [[REPORTS], [REPORTS[::-1]], [[one] for one in REPORTS], [REPORTS[:2], REPORTS[2:]]]
)
def test_in_one_commit_or_several(tmp_path: Path, commits: Sequence[Sequence[Document]]) -> None:
    make_index(tmp_path)
    for documents in commits:
        commit(tmp_path, documents)
    assert groups(tmp_path) == {"wire": ("wire", "reprint", "twin")}
    assert verify(tmp_path) == []


def test_copies_of_and_original_of(tmp_path: Path) -> None:
    snapshot = Snapshot(make_index(tmp_path, REPORTS))
    assert snapshot.copies_of("wire") == ("reprint", "twin")
    assert snapshot.copies_of("twin") == ("wire", "reprint")
    assert [snapshot.original_of(report.doc_id) for report in REPORTS] == ["other", "wire", "wire", "wire"]
    assert snapshot.copies_of("other") == ()
    for ask in (snapshot.copies_of, snapshot.original_of):
        with pytest.raises(ValueError, match=r"no report 'nowhere' is in .*; mustanad search shows"):
            ask("nowhere")
    snapshot.close()


def test_an_empty_index_has_no_copies(tmp_path: Path) -> None:
    assert groups(make_index(tmp_path)) == {}


def test_removal_is_honoured(tmp_path: Path) -> None:
    make_index(tmp_path, [ORIGINAL, UNLIKE])
    commit(tmp_path, [COPY, TWIN])
    commit(tmp_path, removed=["wire"])
    assert groups(tmp_path) == {"reprint": ("reprint", "twin")}
    commit(tmp_path, removed=["twin"])
    assert groups(tmp_path) == {}
    commit(tmp_path, [ORIGINAL])
    assert groups(tmp_path) == {"wire": ("wire", "reprint")}


def test_update_is_honoured(tmp_path: Path) -> None:
    make_index(tmp_path, [ORIGINAL, COPY, UNLIKE])
    commit(tmp_path, [dataclasses.replace(ORIGINAL, text=UPDATE)])
    assert groups(tmp_path) == {}
    commit(tmp_path, [dataclasses.replace(ORIGINAL, published=date(2024, 3, 18))])
    assert groups(tmp_path) == {"reprint": ("reprint", "wire")}


def test_equal_text_keeps_a_pair_whose_finder_is_gone(tmp_path: Path) -> None:
    make_index(tmp_path, [COPY, *(make_report(number) for number in range(20))])
    commit(tmp_path, [ORIGINAL])
    commit(tmp_path, [TWIN])
    commit(tmp_path, removed=["wire"])
    assert groups(tmp_path) == {"reprint": ("reprint", "twin")}


def test_merging_keeps_signatures_and_pairs(tmp_path: Path) -> None:
    make_index(tmp_path, [ORIGINAL, COPY])
    before = Snapshot(tmp_path)
    values = np.array(before.segments[0].copies.signatures)
    before.close()
    names = {segment.name for segment in read_manifest(tmp_path).segments}
    commit(tmp_path, [UNLIKE, make_report(1)])
    after = Snapshot(tmp_path)
    assert names.isdisjoint(segment.name for segment in after.manifest.segments)  # merged
    (segment,) = after.segments
    assert np.array_equal(segment.copies.signatures[:2], values)
    assert after.copies_of("wire") == ("reprint",)
    after.close()
    commit(tmp_path, [TWIN])
    assert groups(tmp_path) == {"wire": ("wire", "reprint", "twin")}
    assert verify(tmp_path) == []


def test_the_file_is_sealed(tmp_path: Path) -> None:
    make_index(tmp_path, REPORTS)
    (segment,) = read_manifest(tmp_path).segments
    assert FILE in {file.name for file in segment.files}
    path = tmp_path / "segments" / segment.name / FILE
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert verify(tmp_path) == [f"{path}: content changed (SHA-256 differs)"]
    path.write_bytes(content[:-4])
    with pytest.raises(IndexCorruptError, match="run mustanad verify"):
        Snapshot(tmp_path)
    path.unlink()
    with pytest.raises(IndexCorruptError, match="run mustanad verify"):
        Snapshot(tmp_path)


STEPS = st.lists(st.lists(st.tuples(st.sampled_from(REPORTS), st.booleans()), max_size=4), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None)
@given(steps=STEPS)
def test_any_history_gives_the_groups_of_what_is_live(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[Document, bool]]]
) -> None:
    root, live = make_index(tmp_path_factory.mktemp("history") / "index"), {}
    for step in steps:
        chosen = {report.doc_id: (report, present) for report, present in step}.values()
        added = [report for report, present in chosen if present]
        removed = [report.doc_id for report, present in chosen if not present and report.doc_id in live]
        commit(root, added, removed)
        live.update({report.doc_id: report for report in added})
        for doc_id in removed:
            del live[doc_id]
    assert groups(root) == groups(make_index(tmp_path_factory.mktemp("anew") / "index", live.values()))
