"""The manifest: which files make up the index at one moment, and what they were built with."""

import dataclasses
import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.errors import IndexCorruptError, IndexNotFoundError
from index.store.files import FileRecord, write_atomically
from index.store.layout import FORMAT_VERSION, Layout


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """The embedding model of all vectors in the index.

    Attributes:
        name: As the user chose it.
        fingerprint: SHA-256 over its files and prompts.
        dim: Length of a vector.
        query_prompt: Prompt for questions that was set by hand, or None for the model's own.
        passage_prompt: Likewise for passages.
    """

    name: str
    fingerprint: str
    dim: int
    query_prompt: str | None = None
    passage_prompt: str | None = None


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """A segment and what of it is still valid.

    Attributes:
        name: Its folder.
        documents: Documents in it, deleted ones included.
        passages: Passages in it, likewise.
        deleted: Numbers of the documents that no longer count, ascending.
        files: What its files must be.
        removed: The file with the sums of the vectors that no longer count; None where all count.
    """

    name: str
    documents: int
    passages: int
    deleted: tuple[int, ...]
    files: tuple[FileRecord, ...]
    removed: FileRecord | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """An index at one moment.

    Attributes:
        format: Version of the folder's format.
        generation: Counts the commits.
        model: The embedding model.
        analyzer: Name of the analyzer of the terms.
        max_tokens: Budget of a passage in tokens.
        overlap_tokens: Overlap of passages in tokens.
        token_codes: Whether passages keep codes of their tokens, for late interaction.
        created: When the index was made (ISO 8601, UTC).
        updated: When this generation was committed.
        segments: In the order in which their passages are numbered.
    """

    format: int
    generation: int
    model: ModelRecord
    analyzer: str
    max_tokens: int
    overlap_tokens: int
    created: str
    updated: str
    segments: tuple[SegmentRecord, ...] = ()
    token_codes: bool = True


def fresh_name(kind: str, manifest: Manifest) -> str:
    """A name that no file of the generation after a manifest has had."""
    return f"{kind}-{manifest.generation + 1:06d}-{uuid.uuid4().hex[:8]}"


def succeed(manifest: Manifest, segments: tuple[SegmentRecord, ...]) -> Manifest:
    """The manifest of the next generation, with these segments."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return dataclasses.replace(manifest, generation=manifest.generation + 1, updated=now, segments=segments)


def write_manifest(layout: Layout, manifest: Manifest) -> None:
    """Make a manifest the valid one, in one step."""
    fields = dataclasses.asdict(manifest)
    content = json.dumps({**fields, "checksum": _checksum(fields)}, ensure_ascii=False, indent=1) + "\n"
    write_atomically(layout.manifest, content.encode())


def _checksum(fields: dict[str, Any]) -> str:
    """SHA-256 (hex) of the manifest's fields, however they are laid out in the file."""
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode("ascii")).hexdigest()


def read_manifest(root: Path) -> Manifest:
    """The valid manifest of an index folder.

    Raises:
        IndexNotFoundError: There is no index in the folder.
        IndexCorruptError: The manifest cannot be read, or is of another format version.
    """
    layout = Layout(root)
    try:
        content = layout.manifest.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"no index in {root}; make one with: mustanad index PATH… --index {root}"
        raise IndexNotFoundError(message) from error
    except OSError as error:
        raise IndexCorruptError(f"{layout.manifest} cannot be read: {error.strerror}") from error
    try:
        fields = json.loads(content)
        version = fields["format"]
        if version != FORMAT_VERSION:
            raise IndexCorruptError(
                f"{layout.manifest} has format {version}, this program reads format {FORMAT_VERSION}; "
                "index the reports anew into another folder"
            )
        if fields.pop("checksum") != _checksum(fields):
            raise ValueError("its checksum differs")
        return _from_fields(fields)
    except (ValueError, KeyError, TypeError) as error:
        message = f"{layout.manifest} is damaged ({error}); restore it from a backup or index the reports anew"
        raise IndexCorruptError(message) from error


def _from_fields(fields: dict[str, Any]) -> Manifest:
    segments = tuple(
        SegmentRecord(
            name=segment["name"],
            documents=segment["documents"],
            passages=segment["passages"],
            deleted=tuple(segment["deleted"]),
            files=tuple(FileRecord(**file) for file in segment["files"]),
            removed=FileRecord(**segment["removed"]) if segment["removed"] else None,
        )
        for segment in fields.pop("segments")
    )
    model = ModelRecord(**fields.pop("model"))
    return Manifest(model=model, segments=segments, **fields)
