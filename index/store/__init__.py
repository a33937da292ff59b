"""The index on disk: immutable segments, one manifest, atomic commits."""

from index.store.compaction import Compaction, compact
from index.store.manifest import Manifest, ModelRecord, read_manifest
from index.store.protocol import Store
from index.store.snapshot import Contents, Snapshot
from index.store.verify import verify
from index.store.writer import Change, IndexWriter, create_index

__all__ = [
    "Change",
    "Compaction",
    "Contents",
    "IndexWriter",
    "Manifest",
    "ModelRecord",
    "Snapshot",
    "Store",
    "compact",
    "create_index",
    "read_manifest",
    "verify",
]
