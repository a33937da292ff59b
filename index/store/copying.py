"""Copies among the segments of an index: finding them at a commit, grouping them for a snapshot."""

from collections.abc import Sequence, Set
from datetime import date

import numpy as np

from index.copies import CopyGroups, Member, find_pairs, group_copies
from index.copies.finding import Collection
from index.store.manifest import SegmentRecord
from index.store.segment import Segment
from index.store.segment_writer import SegmentWriter


def link_copies(new: SegmentWriter, segments: Sequence[Segment], deleted: Sequence[Set[int]]) -> None:
    """Note in a new segment which of its texts are copies, of each other or of live ones in older segments.

    Args:
        new: The segment, with all its documents.
        segments: The older segments.
        deleted: The numbers of the documents of each that no longer count.
    """
    older = [
        Collection(segment.copies, segment.text, frozenset(gone))
        for segment, gone in zip(segments, deleted, strict=True)
    ]
    new.copies.add_pairs(find_pairs(Collection(new.copies.build(), new.text), older))


def copy_groups(segments: Sequence[Segment], records: Sequence[SegmentRecord]) -> CopyGroups:
    """The groups of copies among the live documents of all segments."""
    live = [segment.copies.keys.copy() for segment in segments]
    for keys, record in zip(live, records, strict=True):
        keys[list(record.deleted)] = 0
    if not live:
        return group_copies((), ())
    pairs = np.concatenate([segment.copies.pairs for segment in segments])
    found, counts = np.unique(np.concatenate(live), return_counts=True)
    pairs = pairs[np.isin(pairs, found).all(axis=1)]
    shared = np.union1d(found[counts > 1], pairs)
    members: list[Member] = []
    for segment, keys in zip(segments, live, strict=True):
        numbers = np.flatnonzero(np.isin(keys, shared) & (keys != 0))
        for number, doc_id, published in segment.identities(numbers.tolist()):
            day = date.fromisoformat(published) if published else None
            members.append(Member(doc_id, day, int(keys[number])))
    return group_copies(members, pairs)
