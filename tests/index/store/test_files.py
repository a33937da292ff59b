import hashlib
import os
from pathlib import Path

import pytest

from index.store import files
from index.store.files import FileRecord, damage, record, seal, write_atomically


def test_write_atomically_replaces_the_content(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["manifest.json"]


def test_the_old_content_stays_until_the_new_is_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "manifest.json"
    write_atomically(path, b"old")

    def fail(_: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_file_is_synced_before_it_is_renamed_and_its_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    replace = Path.replace

    def noted_replace(path: Path, target: Path) -> Path:
        calls.append("replace")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", lambda _: calls.append("sync file"))
    monkeypatch.setattr(files, "sync_folder", lambda folder: calls.append(f"sync {folder.name}"))
    monkeypatch.setattr(Path, "replace", noted_replace)
    write_atomically(tmp_path / "manifest.json", b"new")
    assert calls == ["sync file", "replace", f"sync {tmp_path.name}"]


def test_seal_records_every_file_by_name(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"two")
    (tmp_path / "a").write_bytes(b"")
    assert seal(tmp_path) == (
        FileRecord("a", 0, hashlib.sha256(b"").hexdigest()),
        FileRecord("b", 3, hashlib.sha256(b"two").hexdigest()),
    )


def test_damage_tells_what_is_wrong_with_each_file(tmp_path: Path) -> None:
    for name in ("whole", "changed", "cut", "gone", "folder"):
        (tmp_path / name).write_bytes(b"0123456789")
    records = [record(tmp_path / name, name) for name in ("whole", "changed", "cut", "gone", "folder")]
    assert damage(tmp_path, records) == []
    (tmp_path / "changed").write_bytes(b"0123456780")
    (tmp_path / "cut").write_bytes(b"01234")
    (tmp_path / "gone").unlink()
    (tmp_path / "folder").unlink()
    (tmp_path / "folder").mkdir()
    assert damage(tmp_path, records) == [
        f"{tmp_path / 'changed'}: content changed (SHA-256 differs)",
        f"{tmp_path / 'cut'}: 5 bytes instead of 10",
        f"{tmp_path / 'gone'}: missing",
        f"{tmp_path / 'folder'}: missing",
    ]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"0123456789")
    records = [record(tmp_path / "a", "a")]

    def fail(path: Path, name: str) -> FileRecord:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(files, "record", fail)
    assert damage(tmp_path, records) == [f"{tmp_path / 'a'}: cannot be read (Input/output error)"]
