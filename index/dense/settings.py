"""Which kind of index a segment gets, and how hard a search looks."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DenseSettings:
    """How vectors are indexed and searched.

    Attributes:
        exact_up_to: Most rows that are compared with a query one by one. A segment with more is clustered into inverted
            lists; a search of it that allows no more than these rows compares each of them all the same.
        lists_per_root: Inverted lists of a segment for each unit of the square root of its rows. More make a search
            better at the same cost and the building slower.
        sample_per_list: Vectors that the clustering looks at for each list; FAISS asks for 39 or more.
        iterations: Steps of the clustering.
        probed: Share of a segment's rows that a search scans, in the most promising lists first; never fewer than half
            of ``exact_up_to``. More raises recall and the time of a query in proportion.
        block: Rows that are read, encoded and kept at a time while building.
    """

    exact_up_to: int = 50_000
    lists_per_root: float = 2.0
    sample_per_list: int = 40
    iterations: int = 6
    probed: float = 0.1
    block: int = 50_000

    def __post_init__(self) -> None:
        if self.exact_up_to < 1:
            raise ValueError(f"exact_up_to is {self.exact_up_to}; it must be at least 1: one row needs no lists")
        if self.lists_per_root <= 0:
            raise ValueError(f"lists_per_root is {self.lists_per_root}; it must be above 0")
        if self.sample_per_list < 39:
            raise ValueError(f"sample_per_list is {self.sample_per_list}; clustering needs 39 vectors a list or more")
        if self.iterations < 1:
            raise ValueError(f"iterations is {self.iterations}; clustering takes at least 1 step")
        if not 0 < self.probed <= 1:
            raise ValueError(f"probed is {self.probed}; it is a share of the rows, above 0 and at most 1")
        if self.block < 1:
            raise ValueError(f"block is {self.block}; it must be at least 1 row")

    def lists(self, rows: int) -> int:
        """How many inverted lists a segment gets; 0 where every row is compared.

        Examples:
            >>> DenseSettings().lists(50_000), DenseSettings().lists(1_000_000)
            (0, 2000)
        """
        return max(1, round(self.lists_per_root * math.sqrt(rows))) if rows > self.exact_up_to else 0

    def scanned(self, rows: int) -> int:
        """How many rows a search of a segment with lists scans at least.

        Examples:
            >>> DenseSettings().scanned(60_000), DenseSettings().scanned(1_000_000)
            (25000, 100000)
        """
        return max(round(self.probed * rows), self.exact_up_to // 2)
