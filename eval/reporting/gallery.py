"""The plots of a run as files."""

from dataclasses import replace
from pathlib import Path

from eval.reporting.formats import HEADLINES
from eval.reporting.plots import latency_svg, measures_svg, reliability_svg, risk_coverage_svg
from eval.results import Report, Results


def save_plots(results: Results, folder: Path) -> list[Path]:
    """Write a run's plots as SVG: ``measures`` (the headline figures), ``risk-coverage``, ``latency``, ``reliability``.

    Args:
        results: What was measured; all datasets share each plot.
        folder: Is made where it is not there.

    Returns:
        The files; a plot that has nothing to show is left out.
    """
    reports = results.reports
    drawn = {
        "measures.svg": measures_svg([_headlines(report) for report in reports]),
        "risk-coverage.svg": risk_coverage_svg(reports),
        "latency.svg": latency_svg(reports),
        "reliability.svg": reliability_svg(reports),
    }
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, svg in drawn.items():
        if svg is not None:
            (folder / name).write_text(svg, encoding="utf-8")
            written.append(folder / name)
    return written


def _headlines(report: Report) -> Report:
    """The report with the figures that a page begins with: as many as can be taken in at a glance."""
    return replace(report, figures=tuple(figure for figure in report.figures if figure.key in HEADLINES))
