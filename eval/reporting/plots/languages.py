"""Measures by the language of the question."""

import numpy as np
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch

from eval.reporting.formats import is_rate, language_name, number
from eval.reporting.languages import by_language
from eval.reporting.plots.canvas import INK, drawing, name_of, series, svg_text
from eval.results import Report

_KEYS = ("RR@10", "passages RR@10", "F1", "holds")
_MOST, _BAR = 3, 0.2


def languages_svg(report: Report) -> str | None:
    """Bars of up to three measures for each question language.

    Returns:
        SVG text, or None where all questions are in one language or no measure is a mean over questions.
    """
    table = by_language(report, _KEYS)
    figures = [(column, figure) for column, figure in enumerate(table.figures) if is_rate(figure)][:_MOST]
    if len(table.rows) < 2 or not figures:
        return None
    with drawing():
        height = 0.85 + len(table.rows) * (_BAR * len(figures) + 0.14)
        figure = Canvas(figsize=(3.9, height), layout="constrained")
        axes = figure.subplots()
        places = np.arange(len(table.rows), dtype=float)
        thick = 0.78 / len(figures)
        for order, (column, measure) in enumerate(figures):
            colour, _ = series(order)
            for place, row in zip(places, table.rows, strict=True):
                mean = row.means[column]
                if mean is not None:
                    y = place + thick * (order - (len(figures) - 1) / 2)
                    axes.barh(y, mean, height=thick * 0.9, color=colour, alpha=0.8)
                    axes.text(mean + 0.015, y, number(measure.name, mean), va="center", color=INK, fontsize=7.5)
        axes.set(xlim=(0, 1.12), ylim=(len(places) - 0.45, -0.55))
        axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1.0])
        axes.set_yticks(places, [f"{language_name(row.lang)}\nn = {row.n}" for row in table.rows], color=INK)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="y", visible=False)
        handles = [Patch(color=series(order)[0], alpha=0.8, label=each.key) for order, (_, each) in enumerate(figures)]
        figure.legend(handles=handles, loc="outside upper center", ncols=len(figures), fontsize=8.5)
        return svg_text(figure, name_of("languages", [report]))
