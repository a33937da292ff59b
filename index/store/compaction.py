"""Making one segment of a whole index: what commits leave undone because it takes long."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from index.progress import Progress
from index.store.cleaning import clear_leftovers
from index.store.files import seal
from index.store.layout import Layout
from index.store.locking import locked
from index.store.manifest import Manifest, SegmentRecord, fresh_name, read_manifest, succeed, write_manifest
from index.store.merging import merge
from index.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Compaction:
    """What compacting an index did.

    Attributes:
        segments_before: Segments there were.
        segments: Segments there are now.
        documents: Documents that are live.
        passages: Passages that are live.
        dropped: Deleted passages that no longer take room.
        bytes_before: Size of the segments' files before.
        bytes: Their size now.
    """

    segments_before: int
    segments: int
    documents: int
    passages: int
    dropped: int
    bytes_before: int
    bytes: int


def compact(root: Path, progress: Progress | None = None) -> Compaction:
    """Merge all segments of an index into one, without what is deleted.

    Searches go on meanwhile, on the segments as they are. Interrupted at any time, it leaves the index as it was. There
    must be room on the disk for a second copy of the segments.

    Args:
        root: The index folder.
        progress: Is told how much is copied.

    Returns:
        What it did; nothing where there is at most one segment and nothing in it is deleted.

    Raises:
        IndexNotFoundError: There is no index.
        IndexCorruptError: The index cannot be read.
        IndexLockedError: Another process is writing to it.
    """
    layout = Layout(root)
    read_manifest(root)  # taking the lock would make a folder that is missing
    with locked(root):
        snapshot = Snapshot(root)
        try:
            before = snapshot.manifest
            clear_leftovers(layout, before)
            after = before
            if len(before.segments) > 1 or any(record.deleted for record in before.segments):
                after = succeed(before, _one_segment(layout, snapshot, progress))
                write_manifest(layout, after)
                shutil.rmtree(layout.dense_staging, ignore_errors=True)
        finally:
            snapshot.close()
        clear_leftovers(layout, after)
    return Compaction(
        segments_before=len(before.segments),
        segments=len(after.segments),
        documents=sum(record.documents for record in after.segments),
        passages=sum(record.passages for record in after.segments),
        dropped=sum(record.passages for record in before.segments) - sum(r.passages for r in after.segments),
        bytes_before=_size(before),
        bytes=_size(after),
    )


def _one_segment(layout: Layout, snapshot: Snapshot, progress: Progress | None) -> tuple[SegmentRecord, ...]:
    if not any(live.any() for live in snapshot.live_documents):
        return ()
    folder = layout.segment(fresh_name("segment", snapshot.manifest))
    try:
        writer = merge(
            snapshot.segments,
            snapshot.live_documents,
            snapshot.manifest.model.dim,
            folder,
            layout.dense_staging,
            progress,
        )
        return (SegmentRecord(folder.name, writer.documents, writer.passages, (), seal(folder)),)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _size(manifest: Manifest) -> int:
    return sum(file.size for record in manifest.segments for file in record.files)
