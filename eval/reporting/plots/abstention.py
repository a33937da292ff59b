"""How well an engine knows what it does not know: risk by coverage, and confidence by being right."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from eval.reporting.cases import Case, judged_cases
from eval.reporting.plots.canvas import (
    BAD,
    CARD,
    DASHES,
    GOOD,
    SOFT,
    drawing,
    label,
    name_of,
    panels,
    series,
    svg_text,
)
from eval.results import Report

_BINS = 10


def risk_coverage_svg(reports: Sequence[Report]) -> str | None:
    """Share of wrong answers among those given, by the share of questions answered, the most confident first.

    The point is where the engine stands: what it answered, and how much of that is wrong (El-Yaniv and Wiener, 2010).

    Args:
        reports: One or more; a curve for each that has judged answers.

    Returns:
        SVG text, or None where no answer was judged.
    """
    drawn = _judged(reports)
    if not drawn:
        return None
    with drawing():
        figure, (axes,) = panels(1, 3.9, 3.0)
        for place, (report, judged) in enumerate(drawn):
            title = _curve(axes, place, report, judged)
        axes.set(xlim=(0, 1), ylim=(0, None), xlabel="share of questions answered", ylabel="share of those wrong")
        axes.set_ylim(0, min(1.0, max(0.1, axes.get_ylim()[1])))
        if len(drawn) == 1:
            axes.set_title(title)
        else:
            figure.legend(loc="outside upper center", ncols=min(3, len(drawn)), fontsize=8.5)
        return svg_text(figure, name_of("risk-coverage", reports))


def reliability_svg(reports: Sequence[Report]) -> str | None:
    """Share of right answers by confidence, in ten bins; on the diagonal, confidence can be taken at its word.

    Args:
        reports: One or more; a panel for each that has judged answers.

    Returns:
        SVG text, or None where no answer was judged.
    """
    drawn = _judged(reports)
    if not drawn:
        return None
    with drawing():
        figure, shown = panels(len(drawn), 3.9, 3.0)
        for axes, (report, judged) in zip(shown, drawn, strict=True):
            _bins(axes, judged)
            if len(drawn) > 1:
                axes.set_title(label(report.dataset))
        return svg_text(figure, name_of("reliability", reports))


def _judged(reports: Sequence[Report]) -> list[tuple[Report, tuple[Case, ...]]]:
    pairs = ((report, judged_cases(report)) for report in reports)
    return [(report, judged) for report, judged in pairs if judged]


def _curve(axes: Axes, place: int, report: Report, judged: Sequence[Case]) -> str:
    """Draw the curve and the point of a report; what the point says, in words."""
    from eval.measures import risk_coverage

    confidences = np.array([case.answer.confidence for case in judged])
    right = np.array([case.right is True for case in judged])
    coverage, risk = risk_coverage(confidences, right)
    colour, marker = series(place)
    dash = DASHES[place % len(DASHES)]
    axes.plot(coverage, risk, color=colour, linewidth=1.8, linestyle=dash, label=label(report.dataset))
    given = [case for case in judged if not case.answer.abstained]
    if not given:
        return "nothing was answered"
    x, y = len(given) / len(judged), sum(case.right is False for case in given) / len(given)
    axes.plot([x], [y], marker=marker, color=colour, markersize=8, mec=CARD, mew=1.2, clip_on=False, zorder=5)
    return f"{100 * x:.0f} % answered, {100 * y:.0f} % of that wrong"


def _bins(axes: Axes, judged: Sequence[Case]) -> None:
    confidences = np.array([case.answer.confidence for case in judged])
    right = np.array([case.right is True for case in judged], dtype=float)
    which = np.minimum((confidences * _BINS).astype(int), _BINS - 1)
    counts = np.bincount(which, minlength=_BINS)
    axes.plot([0, 1], [0, 1], color=SOFT, linewidth=1, linestyle=DASHES[1], zorder=1)
    for place in np.flatnonzero(counts):
        share, mean = right[which == place].mean(), confidences[which == place].mean()
        left = place / _BINS
        axes.bar(left, share, width=1 / _BINS, align="edge", color=GOOD, alpha=0.35, edgecolor=CARD, linewidth=1)
        axes.plot([mean, mean], [share, mean], color=BAD, linewidth=1, zorder=3)
        axes.plot([mean], [share], marker="o", color=GOOD, markersize=4.5, mec=CARD, mew=0.8, zorder=4, clip_on=False)
        axes.text(left + 0.5 / _BINS, -0.045, str(counts[place]), ha="center", va="center", color=SOFT, fontsize=7)
    axes.set(xlim=(0, 1), ylim=(-0.09, 1), xlabel="confidence (below the bars: questions)", ylabel="share right")
    axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    axes.spines["left"].set_bounds(0, 1)
