"""A report as the pages show it: figures, tables and plots, in the order and the words of a reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eval.measures.types import Figure, Part
from eval.reporting.formats import HEADLINES, MISSING, figures_by_key, interval, is_rate, language_name, number
from eval.reporting.glossary import meaning
from eval.reporting.languages import by_language
from eval.reporting.plots import embed, languages_svg, latency_svg, measures_svg, reliability_svg, risk_coverage_svg
from eval.results import Report
from rag.types import Stance


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure.

    Attributes:
        key: Its key.
        name: The measure.
        value: As read.
        interval: As read, "" where there is none.
        n: How many questions it is over.
        meaning: What the measure is, or "".
        higher_is_better: Which way is good.
        bar: Value, low and high in percent of a scale from 0 to 1; None for a figure on another scale.
    """

    key: str
    name: str
    value: str
    interval: str
    n: int
    meaning: str
    higher_is_better: bool
    bar: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class PartView:
    """The figures of a part."""

    name: str
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of cells.

    Attributes:
        header: Names of the columns.
        rows: Cells, the first of each row being its name.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PlotView:
    """A plot with its caption; ``wide`` where it takes the whole width."""

    caption: str
    svg: Markup
    wide: bool = False


def figure_view(figure: Figure) -> FigureView:
    """A figure as it is shown."""
    return FigureView(
        key=figure.key,
        name=figure.name,
        value=number(figure.name, figure.value),
        interval=interval(figure.name, figure.low, figure.high),
        n=figure.n,
        meaning=meaning(figure),
        higher_is_better=figure.higher_is_better,
        bar=(100 * figure.value, 100 * figure.low, 100 * figure.high) if is_rate(figure) else None,
    )


def headlines(report: Report) -> list[FigureView]:
    """The figures that a report begins with."""
    known = figures_by_key(report)
    return [figure_view(known[key]) for key in HEADLINES if key in known]


def parts(report: Report) -> list[PartView]:
    """All figures, by part."""
    grouped = ((part, tuple(figure_view(figure) for figure in report.figures if figure.part is part)) for part in Part)
    return [PartView(str(part), figures) for part, figures in grouped if figures]


def overview(reports: Sequence[Report]) -> TableView:
    """Headline figures of several datasets, one row for each."""
    known = [figures_by_key(report) for report in reports]
    keys = [key for key in HEADLINES if any(key in figures for figures in known)]
    return TableView(
        ("dataset", "questions", *keys),
        tuple(
            (report.dataset, str(len(report.questions)), *(_value(figures.get(key)) for key in keys))
            for report, figures in zip(reports, known, strict=True)
        ),
    )


def languages(report: Report) -> TableView | None:
    """Figures by question language; None where no figure is a mean over questions."""
    table = by_language(report)
    if not table.figures:
        return None
    return TableView(
        ("language", "questions", *(figure.key for figure in table.figures)),
        tuple(
            (
                language_name(row.lang),
                str(row.n),
                *(
                    MISSING if mean is None else number(figure.name, mean)
                    for figure, mean in zip(table.figures, row.means, strict=True)
                ),
            )
            for row in table.rows
        ),
    )


def stances(report: Report) -> TableView | None:
    """How often each gold stance was given as each; None where the dataset attributes nothing."""
    from eval.measures.attribution import NONE, confusion

    counts = confusion(report.questions, report.rows)
    if not counts:
        return None
    order = [*map(str, Stance), NONE]
    golds = [name for name in order if any(gold == name for gold, _ in counts)]
    givens = [name for name in order if name in golds or any(given == name for _, given in counts)]
    return TableView(
        ("gold", *givens),
        tuple((gold, *(str(counts.get((gold, given), 0)) for given in givens)) for gold in golds),
    )


def plots(report: Report, *, themed: bool = True) -> list[PlotView]:
    """The plots of a report that have something to show.

    Args:
        report: What was measured.
        themed: Whether they take the page's colours; else each stands on a light card of its own.
    """
    drawn = [
        ("Measures with their 95 % intervals", measures_svg([report]), True),
        ("Risk by coverage: the point is what was answered", risk_coverage_svg([report]), False),
        ("Reliability: share right by confidence", reliability_svg([report]), False),
        ("Time for a question, logarithmic", latency_svg([report]), False),
        ("By question language", languages_svg(report), False),
    ]
    return [
        PlotView(caption, embed(svg, f"{caption}: {report.dataset}", themed=themed), wide)
        for caption, svg, wide in drawn
        if svg is not None
    ]


def _value(figure: Figure | None) -> str:
    return MISSING if figure is None else number(figure.name, figure.value)
