"""What adding reports to a collection did."""

from dataclasses import dataclass, field

from index.copies import CopyGroups
from index.store import Change
from index.types import LoadFailure


@dataclass(frozen=True, slots=True)
class AddResult:
    """What adding reports did.

    Attributes:
        added: doc_ids of new reports.
        updated: doc_ids of reports that had changed and were replaced.
        skipped: doc_ids of reports that were in the index just so.
        failed: What could not be read, and why.
        notes: doc_id and what loading repaired or could not repair in it.
        passages: Passages in the index afterwards.
        copies: doc_ids of those added or updated that are copies of a report published before them, or in the index
            before them.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    failed: tuple[LoadFailure, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    passages: int = 0
    copies: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """An ``AddResult`` in the making."""

    by_change: dict[Change, list[str]] = field(default_factory=lambda: {change: [] for change in Change})
    failed: list[LoadFailure] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def result(self, passages: int, groups: CopyGroups) -> AddResult:
        """The result, for a collection that now has so many passages and these groups of copies."""
        changed = [*self.by_change[Change.ADDED], *self.by_change[Change.UPDATED]]
        return AddResult(
            added=tuple(self.by_change[Change.ADDED]),
            updated=tuple(self.by_change[Change.UPDATED]),
            skipped=tuple(self.by_change[Change.UNCHANGED]),
            failed=tuple(self.failed),
            notes=tuple(self.notes),
            passages=passages,
            copies=tuple(doc_id for doc_id in changed if _is_copy(doc_id, groups, frozenset(changed))),
        )


def _is_copy(doc_id: str, groups: CopyGroups, changed: frozenset[str]) -> bool:
    """Whether a report has an original, or copies that are no news."""
    return groups.original_of(doc_id) != doc_id or not changed.issuperset(groups.copies_of(doc_id))
