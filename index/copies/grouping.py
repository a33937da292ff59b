"""From pairs of copies to groups with an original."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Member:
    """A report that may be in a group.

    Attributes:
        doc_id: The report.
        published: When, or None.
        key: Of its text; see ``Outline``.
    """

    doc_id: str
    published: date | None
    key: int


@dataclass(frozen=True, slots=True)
class CopyGroups:
    """The reports that have copies.

    Attributes:
        originals: By doc_id of a report with copies, that of its original; an original is its own.
        groups: By doc_id of an original, all of its group: the original first, then by day of publication and doc_id.
    """

    originals: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]

    @property
    def copies(self) -> int:
        """How many reports are copies of another, originals not counted."""
        return len(self.originals) - len(self.groups)

    def original_of(self, doc_id: str) -> str:
        """The original of a report: itself where it is no copy."""
        return self.originals.get(doc_id, doc_id)

    def copies_of(self, doc_id: str) -> tuple[str, ...]:
        """The other reports of a report's group, the original first; empty where it has none."""
        group = self.groups.get(self.original_of(doc_id), ())
        return tuple(other for other in group if other != doc_id)


def group_copies(members: Iterable[Member], pairs: Sequence[tuple[int, int]] | NDArray[np.uint64]) -> CopyGroups:
    """Group reports by their texts.

    Reports are gone through by day of publication (unknown ones last), then doc_id. Each joins the first original that
    its text is a copy of, or else is an original itself. So every member is a copy of the original, and no chain of
    small changes joins texts that are far apart; and the groups are the same in whatever order reports were indexed.

    Args:
        members: The reports; those with key 0 are in no group.
        pairs: Keys of texts that are copies of each other, ``(n, 2)``.

    Returns:
        The groups of two or more.
    """
    neighbours: dict[int, set[int]] = {}
    for first, second in np.asarray(pairs, dtype=np.uint64).reshape(-1, 2).tolist():
        neighbours.setdefault(first, set()).add(second)
        neighbours.setdefault(second, set()).add(first)
    ordered = sorted(
        (member for member in members if member.key),
        key=lambda member: (member.published is None, member.published or date.max, member.doc_id),
    )
    leaders: dict[int, int] = {}  # by key of an original, its place among the originals
    leader_of: dict[int, int] = {}  # by key, the key of its original
    groups: dict[int, list[str]] = {}
    for member in ordered:
        key = member.key
        if key not in leader_of:
            found = [other for other in neighbours.get(key, ()) if other in leaders]
            leader_of[key] = min(found, key=leaders.__getitem__) if found else key
            if not found:
                leaders[key] = len(leaders)
        groups.setdefault(leader_of[key], []).append(member.doc_id)
    named = {group[0]: tuple(group) for group in groups.values() if len(group) > 1}
    return CopyGroups({doc_id: original for original, group in named.items() for doc_id in group}, named)
