"""Two runs side by side: what changed, by how much, on which questions."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeasureComparison:
    """One measure in two runs over the same questions.

    Attributes:
        key: Key of the figure ("RR@10", "abstention AUROC").
        a: Value in the first run.
        b: Value in the second.
        difference: ``b - a``.
        low: Lower end of the difference's 95 % interval.
        high: Upper end.
        p: Probability of such a difference by chance, or None where it was not tested.
        p_adjusted: The same, corrected for the number of measures tested.
        better: Ids of the questions that improved, by size of change, largest first.
        worse: Ids of those that got worse, likewise.
        equal: How many stayed the same.
        n: How many questions both runs have.
        higher_is_better: Which way is good.
    """

    key: str
    a: float
    b: float
    difference: float
    low: float
    high: float
    p: float | None
    p_adjusted: float | None
    better: tuple[str, ...]
    worse: tuple[str, ...]
    equal: int
    n: int
    higher_is_better: bool


@dataclass(frozen=True, slots=True)
class DatasetComparison:
    """Two runs on one dataset.

    Attributes:
        dataset: Its name.
        measures: What both runs measured.
        questions: Text by query id.
        notes: What a reader must know, one clear line each.
    """

    dataset: str
    measures: tuple[MeasureComparison, ...]
    questions: Mapping[str, str]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs, the second against the first.

    Attributes:
        a: Name of the first.
        b: Name of the second.
        datasets: Those that both measured.
    """

    a: str
    b: str
    datasets: tuple[DatasetComparison, ...]
