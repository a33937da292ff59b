"""Draws how costs grow with an index: ``python -m eval.bench.growth_plot SCALE.json VECTORS.json --out FILE.svg``."""

import json
from pathlib import Path
from typing import Any

import click
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, NullFormatter

from eval.reporting.plots.canvas import BAD, DASHES, GOOD, INK, drawing, panels, svg_text

Points = list[tuple[int, float]]


@click.command()
@click.argument("scale", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("vectors", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The SVG to write.")
def main(scale: Path, vectors: Path, out: Path) -> None:
    """Draw what ``eval.bench.scale`` wrote to SCALE and ``eval.bench.dense`` to VECTORS."""
    svg = growth_svg(json.loads(scale.read_text("utf-8")), json.loads(vectors.read_text("utf-8"))["figures"])
    out.write_text(svg, encoding="utf-8")


def growth_svg(steps: list[dict[str, Any]], dense: list[dict[str, Any]]) -> str:
    """Milliseconds of a query, and seconds of building and committing, by passages, on logarithmic scales.

    Args:
        steps: What ``eval.bench.scale`` measured, one entry for each size.
        dense: What ``eval.bench.dense`` measured, one for each size and type of index.

    Returns:
        SVG text.
    """
    flat = [_dense_point(entry) for entry in dense if entry["kind"] == "faiss.IndexFlatIP"]
    # Of several shares of the lists that are probed, the one that is the default.
    ours = [_dense_point(entry) for entry in dense if entry["kind"] != "faiss.IndexFlatIP" and entry["probed"] == 0.1]
    words = [(step["passages"], step["opened"]["query_p50_ms"]) for step in steps]
    commits = [(step["passages"], float(np.median(step["commit_s"]))) for step in steps]
    with drawing():
        figure, (left, right) = panels(2, 4.2, 2.8, 2)
        _lines(left, "a query, p50, ms", [("vectors", ours, GOOD), ("FAISS flat", flat, BAD), ("BM25", words, INK)])
        builds = [(step["passages"], step["build_s"]) for step in steps]
        _lines(right, "writing, s", [("build, no embedding", builds, GOOD), ("commit of 100 reports", commits, INK)])
        return svg_text(figure, "Cost as an index grows, in passages")


def _dense_point(entry: dict[str, Any]) -> tuple[int, float]:
    (asked,) = (asked for asked in entry["asked"] if asked["workload"] == "centred")
    return entry["vectors"], asked["p50_ms"]


def _lines(axes: Axes, title: str, lines: list[tuple[str, Points, str]]) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    for (name, points, colour), dashes in zip(lines, DASHES, strict=False):
        axes.plot(*zip(*points, strict=True), color=colour, linestyle=dashes, marker="o", markersize=3, label=name)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
        axis.set_minor_formatter(NullFormatter())
    axes.set_title(title)
    axes.set_xlabel("passages")
    axes.legend()


if __name__ == "__main__":
    main()
