"""The checksum file of a model folder that Mustanad built: written with the folder, checked when it is opened."""

import json
from dataclasses import dataclass
from pathlib import Path

from index.embedding.cache import DigestCache, file_sha256

CHECKSUMS = "checksums.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file should be: its size in bytes and its SHA-256 (hex)."""

    size: int
    sha256: str


def write_checksums(folder: Path) -> None:
    """Record size and SHA-256 of every file in a folder, in ``checksums.json`` beside them.

    Args:
        folder: The model folder, complete.

    Raises:
        OSError: A file cannot be read or the record cannot be written.
    """
    files = {
        path.relative_to(folder).as_posix(): {"size": path.stat().st_size, "sha256": file_sha256(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != CHECKSUMS
    }
    (folder / CHECKSUMS).write_text(json.dumps({"format": _FORMAT, "files": files}, indent=2), encoding="utf-8")


def verify_model_files(folder: Path) -> list[str]:
    """Read every file of a model folder again and compare it with ``checksums.json``.

    Args:
        folder: A model folder that Mustanad built.

    Returns:
        What is wrong, one line each; empty when all is well.
    """
    return _problems(folder, None)


def damage(folder: Path, digests: DigestCache) -> list[str]:
    """The same for everyday opening: a file is read only where size or modification time is new to ``digests``.

    Args:
        folder: A model folder that Mustanad built.
        digests: The sums known on this machine.

    Returns:
        What is wrong, one line each; empty when all is well.
    """
    return _problems(folder, digests)


def _problems(folder: Path, digests: DigestCache | None) -> list[str]:
    try:
        records = _read_checksums(folder)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        return [f"{CHECKSUMS}: unreadable ({type(error).__name__})"]
    problems = []
    for name, record in records.items():
        path = folder / name
        try:
            if path.stat().st_size != record.size:
                problems.append(f"{name}: {path.stat().st_size} bytes, not {record.size}")
            elif (digests.sha256(path) if digests else file_sha256(path)) != record.sha256:
                problems.append(f"{name}: its content has changed")
        except OSError as error:
            problems.append(f"{name}: {error.strerror or error}")
    return problems


def _read_checksums(folder: Path) -> dict[str, FileRecord]:
    content = json.loads((folder / CHECKSUMS).read_text(encoding="utf-8"))
    if content["format"] != _FORMAT or not content["files"]:
        raise ValueError("another format")
    return {name: FileRecord(int(entry["size"]), str(entry["sha256"])) for name, entry in content["files"].items()}
