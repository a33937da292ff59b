"""What a search adds to the passages that the index finds."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.copies import CopyGroups
from index.types import ScoredPassage


def told_of_copies(found: Sequence[ScoredPassage], groups: CopyGroups) -> list[ScoredPassage]:
    """The passages, each told which reports are copies of its own, and which report its own is a copy of."""
    told = []
    for hit in found:
        doc_id = hit.document.doc_id
        original = groups.original_of(doc_id)
        told.append(replace(hit, copies=groups.copies_of(doc_id), copy_of=original if original != doc_id else None))
    return told


def best_of_each(
    search: Callable[[int], Sequence[ScoredPassage]], k: int, key: Callable[[ScoredPassage], str]
) -> list[ScoredPassage]:
    """The best passage for each of the first k values of a key.

    Args:
        search: Gives so many passages, best first.
        k: How many values; fewer where the search has no more.
        key: Tells which passages belong together.
    """
    wanted = 2 * k
    while True:
        found = search(wanted)
        best: dict[str, ScoredPassage] = {}
        for hit in found:
            best.setdefault(key(hit), hit)
        if len(best) >= k or len(found) < wanted:
            return list(best.values())[:k]
        wanted *= 2
