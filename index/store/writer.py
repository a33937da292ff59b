"""Changing an index: additions and removals become visible together, at one commit."""

import dataclasses
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from index.embedding.protocol import TokenEmbedder
from index.late import TokenCoder, fit_coder
from index.pipeline import Pipeline, embedding_text
from index.progress import Progress, Silent
from index.store.cleaning import clear_leftovers
from index.store.copying import link_copies
from index.store.files import seal
from index.store.layout import Layout
from index.store.locking import locked
from index.store.manifest import Manifest, SegmentRecord, fresh_name, read_manifest, succeed, write_manifest
from index.store.merging import copy_limit, merge, segments_to_merge
from index.store.removal import removed_sums, save_removed
from index.store.segment import Segment
from index.store.segment_writer import SegmentWriter
from index.store.snapshot import Snapshot, live_documents
from index.store.staging import VectorStaging
from index.types import Document

_WINDOW = 32  # passages that are embedded at once
_BLOCK = 4096  # vectors that are handed over at once


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
    def next_record(self) -> SegmentRecord:
        """Its record with what is deleted now."""
        if len(self.deleted) == len(self.record.deleted):  # what a manifest deletes stays deleted
            return self.record
        return dataclasses.replace(self.record, deleted=tuple(sorted(self.deleted)))


def create_index(root: Path, manifest: Manifest) -> None:
    """Make a folder an empty index, unless it is one already.

    Args:
        root: The folder; made where it is missing.
        manifest: Of generation 0, without segments.

    Raises:
        IndexLockedError: Another process is writing to it.
    """
    root.mkdir(parents=True, exist_ok=True)
    with locked(root):
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
        self._lock = locked(root)
        try:
            self._snapshot = Snapshot(root)
        except BaseException:
            self._lock.release()
            raise
        self._parts = [_Part(record, set(record.deleted)) for record in self._snapshot.manifest.segments]
        self._new: SegmentWriter | None = None
        self._staged: set[str] = set()
        clear_leftovers(self._layout, self._snapshot.manifest)

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
            self._new = SegmentWriter(self._fresh_folder(), self._coder)
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
            progress: Is told how many passages are embedded, and how much is copied.

        Returns:
            The valid manifest; the same as before where nothing had changed.
        """
        watcher = progress or Silent()
        staging: VectorStaging | None = None
        manifest = self._snapshot.manifest
        try:
            if self._new:
                staging = VectorStaging(self._layout.staging, self._pipeline.embedder, self._coder)
                self._parts.append(self._finish(self._new, staging, watcher))
                self._new = None
            records = tuple(part.next_record for part in self._parts)
            if records != manifest.segments:
                manifest = succeed(manifest, self._with_sums(self._merged(records, watcher)))
                write_manifest(self._layout, manifest)
        except BaseException:
            if staging:
                staging.close()
            raise
        if staging:
            staging.discard()
        shutil.rmtree(self._layout.dense_staging, ignore_errors=True)
        self._snapshot.close()
        self._snapshot = Snapshot(self._layout.root)
        self._parts = [_Part(record, set(record.deleted)) for record in manifest.segments]
        self._staged.clear()
        clear_leftovers(self._layout, manifest)
        return manifest

    def _finish(self, writer: SegmentWriter, staging: VectorStaging, progress: Progress) -> _Part:
        """Embed what was added, find the copies among it, and close the new segment."""
        progress.start("embedding", writer.passages, "passage")
        writer.restart_token_codes()  # an earlier attempt at this commit may have failed halfway
        blocks = _embedded(writer, staging, progress)
        link_copies(writer, self._snapshot.segments, [part.deleted for part in self._parts])
        writer.finish(blocks, self._pipeline.embedder.dim, self._layout.dense_staging, progress)
        return _Part(_sealed(writer), set())

    def _merged(self, records: tuple[SegmentRecord, ...], progress: Progress) -> tuple[SegmentRecord, ...]:
        """The records without segments of which nothing is live, and with one for those that are small or worn."""
        kept = [record for record in records if record.documents > len(record.deleted)]
        opened = [Segment(self._layout.segment(record.name)) for record in kept]
        try:
            documents = [live_documents(record) for record in kept]
            live = [
                int(np.count_nonzero(wanted[segment.passage_documents])) if record.deleted else record.passages
                for record, segment, wanted in zip(kept, opened, documents, strict=True)
            ]
            places = segments_to_merge(live, [record.passages for record in kept], copy_limit(sum(live)))
            if not places:
                return tuple(kept)
            merged = merge(
                [opened[place] for place in places],
                [documents[place] for place in places],
                self._pipeline.embedder.dim,
                self._fresh_folder(),
                self._layout.dense_staging,
                progress,
            )
        finally:
            for segment in opened:
                segment.close()
        return (*(record for place, record in enumerate(kept) if place not in places), _sealed(merged))

    def _with_sums(self, records: tuple[SegmentRecord, ...]) -> tuple[SegmentRecord, ...]:
        """The records with the sums of the vectors of documents that are deleted since the last commit."""
        before = {record.name: place for place, record in enumerate(self._snapshot.manifest.segments)}
        result = []
        for record in records:
            place = before.get(record.name)
            if place is not None and record.deleted != self._snapshot.manifest.segments[place].deleted:
                gone = self._snapshot.live_documents[place] & ~live_documents(record)
                sums = removed_sums(self._snapshot.segments[place], gone, self._snapshot.removed[place])
                file = save_removed(self._layout, fresh_name("removed", self._snapshot.manifest), sums)
                record = dataclasses.replace(record, removed=file)
            result.append(record)
        return tuple(result)

    @cached_property
    def _coder(self) -> TokenCoder | None:
        """Makes the token codes of new passages: the one that the index has, else the model's; None to keep none."""
        embedder = self._pipeline.embedder
        if not self._snapshot.manifest.token_codes or not isinstance(embedder, TokenEmbedder):
            return None
        return self._snapshot.token_coder or fit_coder(embedder)

    def _fresh_folder(self) -> Path:
        return self._layout.segment(fresh_name("segment", self._snapshot.manifest))


def _embedded(writer: SegmentWriter, staging: VectorStaging, progress: Progress) -> Iterator[NDArray[np.float32]]:
    """The vectors of what was added, in order, some thousands at a time."""
    texts = (embedding_text(document, passage) for document, passage in writer.texts())
    while block := list(islice(texts, _BLOCK)):
        vectors = []
        for start in range(0, len(block), _WINDOW):
            found, codes = staging.embed(block[start : start + _WINDOW])
            if codes is not None:
                writer.add_token_codes(codes)
            vectors.append(found)
            progress.advance(len(found))
        yield np.concatenate(vectors)


def _sealed(writer: SegmentWriter) -> SegmentRecord:
    return SegmentRecord(writer.folder.name, writer.documents, writer.passages, (), seal(writer.folder))
