"""How two answers stand to each other."""

from enum import StrEnum


class Relation(StrEnum):
    """What one answer is to another.

    ``SAME``: they say the same. ``WITHIN``: the first says less than the second, and nothing else ("November" and
    "17 November"): one claim, where there is no other it could be within. ``OPEN``: they may be the same or go
    together; nothing tells. ``DIFFERENT``: at most one of them is right.
    """

    SAME = "same"
    WITHIN = "within"
    OPEN = "open"
    DIFFERENT = "different"
