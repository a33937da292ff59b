"""The measures with their 95 % intervals, as dots and whiskers."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from eval.measures.types import Figure, Part
from eval.reporting.formats import is_rate, number
from eval.reporting.plots.canvas import CARD, INK, LINE, SOFT, drawing, label, name_of, series, svg_text
from eval.results import Report

_WIDTH, _LINE_HEIGHT, _MARGIN = 7.2, 0.27, 0.55
_SPREAD = 0.62


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the plot: a part's heading, or a measure (``figures`` by place of the report)."""

    text: str
    figures: tuple[tuple[int, Figure], ...] = ()


def measures_svg(reports: Sequence[Report]) -> str | None:
    """All measures that go from 0 to 1, grouped by part; several datasets one below the other on each line.

    Args:
        reports: One or more; a series for each.

    Returns:
        SVG text, or None where nothing was measured that goes from 0 to 1.
    """
    lines = _lines(reports)
    if not lines:
        return None
    crowd = 1 + 0.35 * max(0, len(reports) - 2)
    heights = [crowd if line.figures else 1.0 for line in lines]
    legend = _LINE_HEIGHT * -(-len(reports) // 3) * 1.1 if len(reports) > 1 else 0.0
    with drawing():
        size = (_WIDTH, _MARGIN + legend + _LINE_HEIGHT * sum(heights))
        figure = Canvas(figsize=size, layout="constrained")
        axes = figure.subplots()
        places = _places(heights)
        _frame(axes, lines, places, sum(heights))
        for line, place, height in zip(lines, places, heights, strict=True):
            if line.figures:
                _draw(axes, line, place, height * _SPREAD / len(reports), len(reports))
        if len(reports) > 1:
            _legend(figure, reports)
        return svg_text(figure, name_of("measures", reports))


def _lines(reports: Sequence[Report]) -> list[_Line]:
    lines = []
    for part in Part:
        names = dict.fromkeys(
            figure.name for report in reports for figure in report.figures if figure.part is part and is_rate(figure)
        )
        if names:
            lines.append(_Line(str(part)))
        for name in names:
            found = tuple(
                (place, figure)
                for place, report in enumerate(reports)
                for figure in report.figures
                if (figure.part, figure.name) == (part, name) and is_rate(figure)
            )
            arrow = "" if found[0][1].higher_is_better else " ↓"
            lines.append(_Line(name + arrow, found))
    return lines


def _places(heights: Sequence[float]) -> list[float]:
    """The middle of each line, counted downwards."""
    places, below = [], 0.0
    for height in heights:
        places.append(below + height / 2)
        below += height
    return places


def _frame(axes: Axes, lines: Sequence[_Line], places: Sequence[float], bottom: float) -> None:
    axes.set_xlim(0, 1)
    axes.set_ylim(bottom, 0)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    axes.set_yticks(places, [line.text for line in lines])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    axes.spines["left"].set_visible(False)
    for line, place, tick in zip(lines, places, axes.get_yticklabels(), strict=True):
        if line.figures:
            axes.axhline(place, color=LINE, linewidth=0.6, zorder=0.5)
        else:
            tick.set_fontweight("bold")
            tick.set_color(INK)
    if any(line.text.endswith("↓") for line in lines):
        axes.set_xlabel("↓ lower is better", loc="right", fontsize=8.5)


def _draw(axes: Axes, line: _Line, middle: float, step: float, count: int) -> None:
    for place, figure in line.figures:
        y = middle + step * (place - (count - 1) / 2)
        colour, marker = series(place)
        axes.plot([figure.low, figure.high], [y, y], color=colour, linewidth=2, solid_capstyle="round", alpha=0.55)
        axes.plot([figure.value], [y], marker=marker, color=colour, markersize=5.5, mec=CARD, mew=0.8, clip_on=False)
        if count == 1:
            text = number(figure.name, figure.value)
            axes.text(1.015, y, text, transform=axes.get_yaxis_transform(), va="center", color=SOFT, fontsize=9)


def _legend(figure: Canvas, reports: Sequence[Report]) -> None:
    axes = figure.axes[0]
    handles = [
        axes.plot([], [], marker=series(place)[1], color=series(place)[0], linewidth=2, label=label(report.dataset))[0]
        for place, report in enumerate(reports)
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=min(3, len(reports)))
