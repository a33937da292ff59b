"""Changing an index: additions and removals become visible together, at one commit."""

import dataclasses
import logging
import shutil
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from types import TracebackType

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from index.errors import IndexLockedError
from index.lexical import Bm25Parameters, Bm25sIndex
from index.pipeline import Pipeline, embedding_text
from index.progress import Progress, Silent
from index.store.copying import link_copies
from index.store.files import seal
from index.store.layout import ROWS, Layout
from index.store.manifest import LexicalRecord, Manifest, SegmentRecord, read_manifest, write_manifest
from index.store.merging import merge, segments_to_merge
from index.store.segment import Segment, SegmentWriter
from index.store.snapshot import Snapshot, live_terms
from index.store.staging import VectorStaging
from index.types import Document

_log = logging.getLogger(__name__)
_WINDOW = 32


class Change(StrEnum):
    """What adding a document does to the index."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class _Part:
    """A segment on its way into the next manifest."""

    record: SegmentRecord
    deleted: set[int]

    @property
    def name(self) -> str:
        return self.record.name


def create_index(root: Path, manifest: Manifest) -> None:
    """Make a folder an empty index, unless it is one already.

    Args:
        root: The folder; made where it is missing.
        manifest: Of generation 0, without segments.

    Raises:
        IndexLockedError: Another process is writing to it.
    """
    root.mkdir(parents=True, exist_ok=True)
    with _locked(root):
        if not Layout(root).manifest.exists():
            write_manifest(Layout(root), manifest)


class IndexWriter:
    """Collects additions and removals and commits them; a context manager that holds the index's lock.

    Leaving it without a commit leaves the index as it was.

    Args:
        root: The index folder.
        pipeline: Cuts, analyses and embeds documents.

    Raises:
        IndexLockedError: Another process is writing to the index.
        IndexNotFoundError: There is no index.
        IndexCorruptError: The index cannot be read.
    """

    def __init__(self, root: Path, pipeline: Pipeline) -> None:
        self._layout = Layout(root)
        self._pipeline = pipeline
        read_manifest(root)  # taking the lock would make a folder that is missing
        self._lock = _locked(root)
        try:
            self._snapshot = Snapshot(root)
        except BaseException:
            self._lock.release()
            raise
        self._parts = [_Part(record, set(record.deleted)) for record in self._snapshot.manifest.segments]
        self._new: SegmentWriter | None = None
        self._staged: set[str] = set()
        self._clear_leftovers()

    def __enter__(self) -> "IndexWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Drop what is not committed and let go of the lock."""
        if self._new:
            self._new.abandon()
            shutil.rmtree(self._new.folder, ignore_errors=True)
            self._new = None
        self._snapshot.close()
        self._lock.release()

    def add(self, document: Document) -> Change:
        """Add a document, or replace the one with its doc_id; nothing to do where the content hash is the same.

        Raises:
            ValueError: The doc_id was added before since the last commit.
        """
        if document.doc_id in self._staged:
            raise ValueError(f"doc_id {document.doc_id!r} was added twice; give each document its own")
        found = self._snapshot.find(document.doc_id)
        if found and found[2] == document.content_hash:
            self._parts[found[0]].deleted.discard(found[1])  # it may have been removed since the last commit
            return Change.UNCHANGED
        passages = self._pipeline.passages(document)
        terms = [self._pipeline.terms(document, passage) for passage in passages]
        if self._new is None:
            self._new = SegmentWriter(self._layout.segment(self._fresh_name("segment")))
        self._new.add(document, passages, terms)
        if found:
            self._parts[found[0]].deleted.add(found[1])
        self._staged.add(document.doc_id)
        return Change.UPDATED if found else Change.ADDED

    def remove(self, doc_id: str) -> bool:
        """Remove a document of the last commit; False where there is none with this doc_id.

        Raises:
            ValueError: The doc_id was added since the last commit.
        """
        if doc_id in self._staged:
            raise ValueError(f"doc_id {doc_id!r} was added since the last commit; commit before removing it")
        found = self._snapshot.find(doc_id)
        if not found:
            return False
        self._parts[found[0]].deleted.add(found[1])
        return True

    def commit(self, progress: Progress | None = None) -> Manifest:
        """Make all changes visible in one step.

        Args:
            progress: Is told how many passages are embedded.

        Returns:
            The valid manifest; the same as before where nothing had changed.
        """
        staging: VectorStaging | None = None
        manifest = self._snapshot.manifest
        try:
            if self._new:
                staging = VectorStaging(self._layout.staging, self._pipeline.embedder)
                self._parts.append(self._finish(self._new, staging, progress or Silent()))
                self._new = None
            if self._records() != manifest.segments:
                self._merge()
                manifest = self._next_manifest()
                write_manifest(self._layout, manifest)
        except BaseException:
            if staging:
                staging.close()
            raise
        if staging:
            staging.discard()
        self._snapshot.close()
        self._snapshot = Snapshot(self._layout.root)
        self._parts = [_Part(record, set(record.deleted)) for record in manifest.segments]
        self._staged.clear()
        self._clear_leftovers()
        return manifest

    def _finish(self, writer: SegmentWriter, staging: VectorStaging, progress: Progress) -> _Part:
        """Embed what was added, find the copies among it, and close the new segment."""
        vectors: NDArray[np.float32] = np.zeros((writer.passages, self._pipeline.embedder.dim), dtype=np.float32)
        progress.start("embedding", writer.passages, "passage")
        texts = (embedding_text(document, passage) for document, passage in writer.texts())
        done = 0
        while window := list(islice(texts, _WINDOW)):
            vectors[done : done + len(window)] = staging.embed(window)
            done += len(window)
            progress.advance(len(window))
        link_copies(writer, self._snapshot.segments, [part.deleted for part in self._parts])
        writer.finish(vectors)
        return _Part(self._seal(writer), set())

    def _merge(self) -> None:
        """Drop segments without live documents, and merge those that are small or worn."""
        opened = [self._open(part) for part in self._parts]
        try:
            live = [_live_passages(part, segment) for part, segment in zip(self._parts, opened, strict=True)]
            kept = [place for place, part in enumerate(self._parts) if part.record.documents > len(part.deleted)]
            chosen = segments_to_merge(
                [live[place] for place in kept], [self._parts[place].record.passages for place in kept]
            )
            places = [kept[number] for number in chosen]
            if places:
                merged = merge(
                    [opened[place] for place in places],
                    [sorted(self._parts[place].deleted) for place in places],
                    self._layout.segment(self._fresh_name("segment")),
                )
        finally:
            for segment in opened:
                segment.close()
        self._parts = [self._parts[place] for place in kept if place not in places] + (
            [_Part(self._seal(merged), set())] if places else []
        )

    def _records(self) -> tuple[SegmentRecord, ...]:
        return tuple(dataclasses.replace(part.record, deleted=tuple(sorted(part.deleted))) for part in self._parts)

    def _next_manifest(self) -> Manifest:
        records = self._records()
        return dataclasses.replace(
            self._snapshot.manifest,
            generation=self._snapshot.manifest.generation + 1,
            updated=datetime.now(UTC).isoformat(timespec="seconds"),
            segments=records,
            lexical=self._build_lexical(records),
        )

    def _build_lexical(self, records: tuple[SegmentRecord, ...]) -> LexicalRecord | None:
        opened = [Segment(self._layout.segment(record.name)) for record in records]
        try:
            if not opened:
                return None
            lists, rows = live_terms(opened, records)
        finally:
            for segment in opened:
                segment.close()
        if len(lists.terms) == 0:
            return None
        name = self._fresh_name("lexical")
        folder = self._layout.lexical(name)
        folder.mkdir(parents=True)
        Bm25sIndex.build(lists, Bm25Parameters()).save(folder)
        np.save(folder / ROWS, rows)
        return LexicalRecord(name, len(rows), seal(folder))

    def _open(self, part: _Part) -> Segment:
        return Segment(self._layout.segment(part.name))

    def _seal(self, writer: SegmentWriter) -> SegmentRecord:
        return SegmentRecord(writer.folder.name, writer.documents, writer.passages, (), seal(writer.folder))

    def _fresh_name(self, kind: str) -> str:
        return f"{kind}-{self._snapshot.manifest.generation + 1:06d}-{uuid.uuid4().hex[:8]}"

    def _clear_leftovers(self) -> None:
        """Delete what no manifest names: left by a run that was killed, or replaced by the last commit."""
        manifest = self._snapshot.manifest
        named = {record.name for record in manifest.segments}
        if manifest.lexical:
            named.add(manifest.lexical.name)
        for parent in (self._layout.segments, self._layout.lexicals):
            for folder in parent.iterdir() if parent.is_dir() else ():
                if folder.name not in named:
                    _log.info("deleting %s, which the index no longer uses", folder)
                    shutil.rmtree(folder, ignore_errors=True)


def _live_passages(part: _Part, segment: Segment) -> int:
    dead = np.isin(segment.passage_documents, sorted(part.deleted)) if part.deleted else np.zeros(1, dtype=np.bool_)
    return len(segment) - int(dead.sum())


def _locked(root: Path) -> FileLock:
    """The writer's lock of an index, taken.

    Raises:
        IndexLockedError: Another process holds it.
    """
    lock = FileLock(Layout(root).lock, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        message = f"another process is writing to {root}; wait until it is done, then try again"
        raise IndexLockedError(message) from error
    return lock
