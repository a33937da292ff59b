"""The page of a comparison: what changed between two runs, and on which questions."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from eval.comparing_types import Comparison, DatasetComparison, MeasureComparison
from eval.reporting.changes import Verdict, values_of, verdict
from eval.reporting.formats import MISSING, number, signed
from eval.reporting.plots import changes_svg, differences_svg, embed
from eval.reporting.templating import render
from eval.results import Results

_LISTED = 20


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A question that changed; its values where the runs are at hand, else ""."""

    query_id: str
    text: str
    values: str


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure in two runs, as it is shown."""

    measure: MeasureComparison
    verdict: Verdict
    a: str
    b: str
    difference: str
    interval: str
    p: str
    better: list[ChangeView]
    worse: list[ChangeView]
    plot: Markup | None


@dataclass(frozen=True, slots=True)
class ComparedView:
    """A dataset in two runs."""

    compared: DatasetComparison
    measures: list[MeasureView]
    plot: Markup | None


def comparison_html(comparison: Comparison, a: Results | None = None, b: Results | None = None) -> str:
    """A comparison of two runs as a page that stands alone.

    Args:
        comparison: What changed.
        a: The first run, and
        b: the second: where both are at hand, the page shows each question's values and how they spread.
    """
    datasets = [_dataset(compared, a, b) for compared in comparison.datasets]
    return render("comparison.html.jinja", comparison=comparison, datasets=datasets)


def _dataset(compared: DatasetComparison, a: Results | None, b: Results | None) -> ComparedView:
    svg = changes_svg(compared.measures, compared.dataset)
    return ComparedView(
        compared,
        [
            _measure(
                compared,
                measure,
                values_of(a, compared.dataset, measure.key),
                values_of(b, compared.dataset, measure.key),
            )
            for measure in compared.measures
        ],
        embed(svg, f"Differences of the measures on {compared.dataset}") if svg is not None else None,
    )


def _measure(
    compared: DatasetComparison, measure: MeasureComparison, a: Mapping[str, float], b: Mapping[str, float]
) -> MeasureView:
    key = measure.key

    def changes(query_ids: tuple[str, ...]) -> list[ChangeView]:
        return [
            ChangeView(
                query_id,
                compared.questions.get(query_id, ""),
                f"{number(key, a[query_id])} → {number(key, b[query_id])}" if query_id in a and query_id in b else "",
            )
            for query_id in query_ids[:_LISTED]
        ]

    found = verdict(measure)
    tested = found is not Verdict.UNTESTED
    differences = {query_id: b[query_id] - a[query_id] for query_id in a if query_id in b}
    svg = None
    if tested and (measure.better or measure.worse):
        svg = differences_svg(differences, key, measure.higher_is_better, compared.dataset)
    return MeasureView(
        measure=measure,
        verdict=found,
        a=number(key, measure.a),
        b=number(key, measure.b),
        difference=signed(key, measure.difference),
        interval=f"{signed(key, measure.low)} … {signed(key, measure.high)}" if tested else MISSING,
        p=probability(measure.p if measure.p_adjusted is None else measure.p_adjusted),
        better=changes(measure.better),
        worse=changes(measure.worse),
        plot=embed(svg, f"{key} on {compared.dataset}, by question") if svg is not None else None,
    )


def probability(p: float | None) -> str:
    """A p value as it is read.

    Examples:
        >>> probability(0.0004), probability(0.034), probability(None)
        ('< 0.001', '0.034', '–')
    """
    if p is None:
        return MISSING
    return "< 0.001" if p < 0.001 else f"{p:.3f}"
