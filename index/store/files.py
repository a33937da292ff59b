"""Writing files so that a crash leaves the old or the new content, and telling whether a file is what it was."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file must be.

    Attributes:
        name: Path relative to the folder that the record is about.
        size: Bytes.
        sha256: Of the content, hex.
    """

    name: str
    size: int
    sha256: str


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file in one step: whoever opens it sees the old content or the new, whole, even after a power cut."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Make the content of a file durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; does nothing where folders cannot be opened (Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def seal(folder: Path) -> tuple[FileRecord, ...]:
    """Make every file of a folder durable and say what it is, by name."""
    records = []
    for path in sorted(folder.iterdir()):
        sync_file(path)
        records.append(record(path, path.name))
    sync_folder(folder)
    sync_folder(folder.parent)
    return tuple(records)


def record(path: Path, name: str) -> FileRecord:
    """What a file is now."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileRecord(name, path.stat().st_size, digest)


def damage(folder: Path, records: Iterable[FileRecord]) -> list[str]:
    """What is wrong with the files of a folder, one line each; empty where all is as recorded."""
    problems = []
    for expected in records:
        path = folder / expected.name
        try:
            if not path.is_file():
                problems.append(f"{path}: missing")
            elif (size := path.stat().st_size) != expected.size:
                problems.append(f"{path}: {size} bytes instead of {expected.size}")
            elif record(path, expected.name) != expected:
                problems.append(f"{path}: content changed (SHA-256 differs)")
        except OSError as error:  # a commit may delete the file while it is looked at
            problems.append(f"{path}: cannot be read ({error.strerror})")
    return problems
