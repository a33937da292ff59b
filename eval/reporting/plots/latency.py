"""How long searching and asking take."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter, NullLocator

from eval.reporting.plots.canvas import BAD, CARD, DASHES, GOOD, INK, drawing, label, name_of, panels, svg_text
from eval.results import Report

_BINS = 28


def latency_svg(reports: Sequence[Report]) -> str | None:
    """How many questions took how long, on a logarithmic scale, with the median and the 95th percentile.

    Args:
        reports: One or more; a panel for each and for each of searching and asking.

    Returns:
        SVG text, or None where nothing was timed.
    """
    drawn = [entry for report in reports for entry in _timings(report, len(reports) > 1) if len(entry[1])]
    if not drawn:
        return None
    with drawing():
        figure, shown = panels(len(drawn), 3.9, 1.5 if len(drawn) == 2 else 1.7, 1 if len(drawn) == 2 else 2)
        for axes, (title, times) in zip(shown, drawn, strict=True):
            _histogram(axes, title, times)
        return svg_text(figure, name_of("latency", reports))


def _timings(report: Report, named: bool) -> list[tuple[str, np.ndarray]]:
    prefix = f"{label(report.dataset)}: " if named else ""
    search = [row.search_ms for row in report.rows if row.search_ms > 0]
    ask = [row.answer.total_ms for row in report.rows if row.answer is not None and row.answer.total_ms > 0]
    return [(f"{prefix}search", np.array(search)), (f"{prefix}ask", np.array(ask))]


def _histogram(axes: Axes, title: str, times: np.ndarray) -> None:
    low, high = float(times.min()) / 1.25, float(times.max()) * 1.25
    median, late = (float(np.percentile(times, q)) for q in (50, 95))
    axes.set_xscale("log")
    axes.hist(
        times, bins=np.geomspace(low, high, _BINS).tolist(), color=GOOD, alpha=0.45, edgecolor=CARD, linewidth=0.6
    )
    axes.axvline(median, color=INK, linewidth=1.4)
    axes.axvline(late, color=BAD, linewidth=1.4, linestyle=DASHES[1])
    axes.set_title(f"{title}: p50 {median:.0f} ms, p95 {late:.0f} ms")
    axes.set_xlim(low, high)
    axes.set_ylim(0, axes.get_ylim()[1] * 1.2)  # room for the names of the lines
    axes.xaxis.set_major_locator(LogLocator(subs=_subdivisions(low, high)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} ms"))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.grid(axis="x", visible=False)
    for text, x, side, gap in (("p50", median, "right", -3), ("p95", late, "left", 3)):
        axes.annotate(
            text, (x, 0.99), (gap, 0), axes.get_xaxis_transform(), "offset points", ha=side, va="top", fontsize=8
        )


def _subdivisions(low: float, high: float) -> tuple[float, ...]:
    """Ticks within each power of ten: the fewer, the more powers there are."""
    decades = np.log10(high / low)
    if decades > 1.8:
        return (1.0,)
    return (1.0, 3.0) if decades > 1.2 else (1.0, 2.0, 3.0, 5.0)
