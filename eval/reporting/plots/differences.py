"""Two runs side by side: what changed, by measure and by question."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure as Canvas

from eval.comparing_types import MeasureComparison
from eval.reporting.changes import Verdict, verdict
from eval.reporting.formats import signed
from eval.reporting.plots.canvas import BAD, CARD, GOOD, INK, SOFT, drawing, panels, svg_text

_UNCHANGED = 1e-9


def changes_svg(measures: Sequence[MeasureComparison], name: str) -> str | None:
    """The difference of each measure with its 95 % interval; one that could be chance is drawn in grey.

    Args:
        measures: What was compared; those in milliseconds or words are left out, being on another scale.
        name: Tells the plot from others.

    Returns:
        SVG text, or None where there is no measure to draw.
    """
    drawn = [measure for measure in measures if not measure.key.endswith((" ms", "words"))]
    if not drawn:
        return None
    with drawing():
        figure = Canvas(figsize=(7.2, 0.75 + 0.27 * len(drawn)), layout="constrained")
        axes = figure.subplots()
        ends = [abs(end) for each in drawn for end in (each.low, each.difference, each.high) if not math.isnan(end)]
        reach = 1.15 * max(0.01, *ends)
        for place, measure in enumerate(drawn):
            colour = _verdict_colour(measure)
            axes.plot([measure.low, measure.high], [place, place], color=colour, linewidth=2, alpha=0.55)
            axes.plot([measure.difference], [place], marker="o", color=colour, markersize=6, mec=CARD, mew=0.8)
            text = signed(measure.key, measure.difference)
            axes.text(1.015, place, text, transform=axes.get_yaxis_transform(), va="center", color=SOFT, fontsize=9)
        axes.axvline(0, color=INK, linewidth=1, zorder=1)
        axes.set(xlim=(-reach, reach), ylim=(len(drawn) - 0.4, -0.6))
        arrows = {True: "", False: " ↓"}
        axes.set_yticks(
            range(len(drawn)), [measure.key + arrows[measure.higher_is_better] for measure in drawn], color=INK
        )
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        lower = any(not measure.higher_is_better for measure in drawn)
        axes.set_xlabel("difference, second run minus first" + ("   (↓ lower is better)" if lower else ""))
        return svg_text(figure, f"changes {name}")


def differences_svg(
    differences: Mapping[str, float], key: str, higher_is_better: bool = True, name: str = ""
) -> str | None:
    """The difference of a measure on every question, from the largest gain to the largest loss.

    Args:
        differences: Second run minus first, by query id.
        key: The measure.
        higher_is_better: Which way is good.
        name: Tells the plot from others of the same measure.

    Returns:
        SVG text, or None where there are no questions.
    """
    if not differences:
        return None
    sign = 1 if higher_is_better else -1
    ordered = np.sort(sign * np.array(list(differences.values())))[::-1]
    edges = np.arange(len(ordered) + 1)
    better, worse = int((ordered > _UNCHANGED).sum()), int((ordered < -_UNCHANGED).sum())
    with drawing():
        figure, (axes,) = panels(1, 3.9, 2.6)
        for keep, colour in ((ordered > _UNCHANGED, GOOD), (ordered < -_UNCHANGED, BAD)):
            axes.stairs(sign * np.where(keep, ordered, 0.0), edges, fill=True, color=colour, alpha=0.75, linewidth=0)
        axes.axhline(0, color=SOFT, linewidth=0.9)
        axes.set_xlim(0, len(ordered))
        reach = 1.08 * max(0.01, float(np.abs(ordered).max()))
        axes.set_ylim(-reach, reach)
        axes.set_title(f"{key}: {better} better, {len(ordered) - better - worse} equal, {worse} worse")
        axes.set(xlabel="questions, by difference", ylabel="difference")
        axes.grid(axis="x", visible=False)
        return svg_text(figure, f"differences {name} {key}")


def _verdict_colour(measure: MeasureComparison) -> str:
    return {Verdict.BETTER: GOOD, Verdict.WORSE: BAD}.get(verdict(measure), SOFT)
