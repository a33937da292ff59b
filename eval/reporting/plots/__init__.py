"""Plots as SVG text: pure functions of reports."""

from eval.reporting.plots.abstention import reliability_svg, risk_coverage_svg
from eval.reporting.plots.canvas import embed
from eval.reporting.plots.differences import changes_svg, differences_svg
from eval.reporting.plots.languages import languages_svg
from eval.reporting.plots.latency import latency_svg
from eval.reporting.plots.measures import measures_svg

__all__ = [
    "changes_svg",
    "differences_svg",
    "embed",
    "languages_svg",
    "latency_svg",
    "measures_svg",
    "reliability_svg",
    "risk_coverage_svg",
]
