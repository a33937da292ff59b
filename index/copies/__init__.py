"""Copies: reports that are the same text, found by MinHash and confirmed on their words."""

from index.copies.comparing import MIN_CONTAINMENT, MIN_RESEMBLANCE, Likeness, are_copies, likeness
from index.copies.finding import find_pairs
from index.copies.grouping import CopyGroups, Member, group_copies
from index.copies.outline import Outline, outline
from index.copies.table import CopyTable, CopyTableWriter

__all__ = [
    "MIN_CONTAINMENT",
    "MIN_RESEMBLANCE",
    "CopyGroups",
    "CopyTable",
    "CopyTableWriter",
    "Likeness",
    "Member",
    "Outline",
    "are_copies",
    "find_pairs",
    "group_copies",
    "likeness",
    "outline",
]
