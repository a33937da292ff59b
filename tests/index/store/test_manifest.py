import dataclasses
import json
from pathlib import Path

import pytest

from index.errors import IndexCorruptError, IndexNotFoundError, MustanadError
from index.store.files import FileRecord
from index.store.layout import Layout
from index.store.manifest import LexicalRecord, Manifest, SegmentRecord, read_manifest, write_manifest
from tests.builders import make_index, make_manifest, make_pipeline, make_reports


def full_manifest() -> Manifest:
    file = FileRecord("vectors.faiss", 12, "ab" * 32)
    return dataclasses.replace(
        make_manifest(make_pipeline()),
        generation=7,
        segments=(SegmentRecord("segment-1", 5, 9, (0, 3), (file, file)), SegmentRecord("segment-2", 1, 1, (), ())),
        lexical=LexicalRecord("lexical-1", 8, (file,)),
    )


@pytest.mark.parametrize("manifest", [full_manifest(), make_manifest(make_pipeline())])
def test_a_manifest_is_read_as_it_was_written(tmp_path: Path, manifest: Manifest) -> None:
    write_manifest(Layout(tmp_path), manifest)
    assert read_manifest(tmp_path) == manifest


@pytest.mark.parametrize("name", ["", "nowhere", "a file", "a file/below"])
def test_a_folder_without_an_index_says_how_to_make_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "a file").write_text("")
    root = tmp_path / name
    with pytest.raises(IndexNotFoundError) as raised:
        read_manifest(root)
    assert str(raised.value) == f"no index in {root}; make one with: mustanad index PATH… --index {root}"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"3", b"[]", b"{}", b'"format"', b"\xff\xfe\x00garbage", b"\x00" * 100, b'{"format": 2}',
     b'{"format": 2, "segments": 3, "lexical": null, "model": {}}'],
)  # fmt: skip
def test_a_garbage_manifest_is_reported_in_one_line(tmp_path: Path, content: bytes) -> None:
    Layout(tmp_path).manifest.write_bytes(content)
    with pytest.raises(IndexCorruptError) as raised:
        read_manifest(tmp_path)
    assert str(Layout(tmp_path).manifest) in str(raised.value)
    assert "damaged" in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("version", [0, 1, "2", None])
def test_another_format_version_is_refused(tmp_path: Path, version: object) -> None:
    write_manifest(Layout(tmp_path), make_manifest(make_pipeline()))
    fields = json.loads(Layout(tmp_path).manifest.read_text())
    Layout(tmp_path).manifest.write_text(json.dumps({**fields, "format": version}))
    with pytest.raises(IndexCorruptError, match=f"has format {version}, this program reads format 2"):
        read_manifest(tmp_path)


def test_a_manifest_that_is_a_folder_is_reported(tmp_path: Path) -> None:
    Layout(tmp_path).manifest.mkdir()
    with pytest.raises(IndexCorruptError, match="cannot be read"):
        read_manifest(tmp_path)


def test_a_manifest_without_any_one_of_its_fields_is_damaged(tmp_path: Path) -> None:
    write_manifest(Layout(tmp_path), full_manifest())
    fields = json.loads(Layout(tmp_path).manifest.read_text())
    for name in fields:
        Layout(tmp_path).manifest.write_text(json.dumps({key: value for key, value in fields.items() if key != name}))
        with pytest.raises(IndexCorruptError, match="damaged"):
            read_manifest(tmp_path)


def test_a_manifest_cut_anywhere_is_reported(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", make_reports(2))
    content = Layout(root).manifest.read_bytes()
    for length in range(0, len(content) - 2, 31):
        Layout(root).manifest.write_bytes(content[:length])
        with pytest.raises(MustanadError):
            read_manifest(root)
