"""What a comparison of two runs says, and on which questions."""

import math
from collections.abc import Mapping
from enum import StrEnum

from eval.comparing_types import MeasureComparison
from eval.measures.types import Figure
from eval.reporting.formats import figures_by_key
from eval.results import Results, report_of


class Verdict(StrEnum):
    """What a difference says. ``UNCLEAR``: the interval holds 0, so that chance could explain it."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "no clear difference"
    UNTESTED = "not tested"


def verdict(measure: MeasureComparison) -> Verdict:
    """What the difference of a measure says, by its 95 % interval."""
    if math.isnan(measure.low) or math.isnan(measure.high):
        return Verdict.UNTESTED
    if measure.low <= 0 <= measure.high:
        return Verdict.UNCLEAR
    return Verdict.BETTER if (measure.difference > 0) is measure.higher_is_better else Verdict.WORSE


def values_of(results: Results | None, dataset: str, key: str) -> Mapping[str, float]:
    """A measure's value by query id in a run, empty where it was not measured or the run is not at hand."""
    report = report_of(results, dataset) if results is not None else None
    figure: Figure | None = figures_by_key(report).get(key) if report is not None else None
    return figure.per_query if figure is not None else {}
