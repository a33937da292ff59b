"""What all plots have in common: colours, letters, and the way from a figure to SVG text."""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import matplotlib
from markupsafe import Markup, escape
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from eval.results import Report
from rag.visible import plain

INK, SOFT, LINE, CARD = "#1c2430", "#566173", "#d9dee6", "#ffffff"
GOOD, BAD = "#0072b2", "#d55e00"
# Okabe and Ito (2008), without the yellow, which is lost on white.
SERIES = (GOOD, BAD, "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
MARKERS = ("o", "s", "D", "^", "v", "P")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))
"""A series differs from the next by colour, by marker and by line: colour alone is not seen by all."""

_VARIABLES = {
    INK: "ink",
    SOFT: "soft",
    LINE: "line",
    CARD: "card",
    **{colour: f"series-{place}" for place, colour in enumerate(SERIES)},
}
_SETTINGS = {
    "svg.fonttype": "none",
    "font.size": 9.5,
    "text.parse_math": False,
    "axes.unicode_minus": True,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": SOFT,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.titlecolor": INK,
    "axes.facecolor": CARD,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": LINE,
    "grid.linewidth": 0.7,
    "text.color": INK,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": SOFT,
    "ytick.labelcolor": SOFT,
    "legend.frameon": False,
    "figure.facecolor": CARD,
}
# The letters are measured with the font that comes with matplotlib, and shown with what the reader has: a little
# narrower, and able to shape Arabic.
_FAMILY = re.compile(r"font-family: [^;\"]*")
_SHOWN = "font-family: 'Noto Sans', 'Noto Sans Arabic', 'Segoe UI', Tahoma, 'DejaVu Sans', sans-serif"
_ROOT = re.compile(r"<svg\b[^>]*>")
_VIEW = re.compile(r'viewBox="[^"]*"')
_GROUP_ID = re.compile(r'(<g) id="[^"]*"')
_COLOUR = re.compile(r"(fill|stroke): (#[0-9a-f]{6})")
_STYLE = re.compile(r"<defs>\s*<style.*?</defs>", re.DOTALL)


@contextmanager
def drawing() -> Iterator[None]:
    """Within it, figures look as these reports do, whatever matplotlib was set to."""
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)  # type: ignore[arg-type]  # keys that the stubs list one by one
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def svg_text(figure: Figure, name: str) -> str:
    """A figure as SVG: the same bytes for the same figure, on a light card of its own.

    Args:
        figure: What was drawn, within ``drawing``.
        name: Tells it from the other plots of a page; its ids are made from it.
    """
    target = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": name}):
        metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
        figure.savefig(target, format="svg", metadata=metadata)
    return _FAMILY.sub(_SHOWN, target.getvalue())


def embed(svg: str, label: str, *, themed: bool = True) -> Markup:
    """An SVG as part of a page, with no ids but its own.

    Args:
        svg: From one of the plots.
        label: What it shows, in words, for those who do not see it.
        themed: Whether it takes the page's colours (``--plot-ink`` and so on); else it keeps its light card.

    Raises:
        ValueError: The text is no SVG with a viewBox.
    """
    root = _ROOT.search(svg)
    view = _VIEW.search(svg)
    if root is None or view is None:
        raise ValueError("the text holds no <svg> with a viewBox; give the SVG of a plot")
    body = svg[root.end() : svg.rindex("</svg>")]
    body = _GROUP_ID.sub(r"\1", _STYLE.sub("", body))
    if themed:
        body = _COLOUR.sub(_variable, body)
    return Markup(  # noqa: S704  # matplotlib has escaped what is in the plot
        f'<svg class="plot" role="img" aria-label="{escape(plain(label))}" {view[0]}'
        f' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{body}</svg>'
    )


def name_of(kind: str, reports: Sequence[Report]) -> str:
    """The name of a plot over reports."""
    return " ".join((kind, *(report.dataset for report in reports)))


def panels(count: int, width: float, height: float, across: int = 3) -> tuple[Figure, list[Axes]]:
    """A figure with some axes of one size, in rows.

    Args:
        count: How many.
        width: Of each, in inches.
        height: Of each, in inches.
        across: How many in a row at most.
    """
    columns = min(count, across)
    rows = -(-count // columns)
    figure = Figure(figsize=(width * columns, height * rows), layout="constrained")
    axes = figure.subplots(rows, columns, squeeze=False)
    shown = [axes[place // columns][place % columns] for place in range(rows * columns)]
    for spare in shown[count:]:
        spare.set_visible(False)
    return figure, shown[:count]


def series(place: int) -> tuple[str, str]:
    """Colour and marker of a series."""
    return SERIES[place % len(SERIES)], MARKERS[place % len(MARKERS)]


def label(text: str) -> str:
    """A name as it may stand in a plot: in one line, not too long, no control in it."""
    shown = plain(" ".join(text.split()))
    return shown if len(shown) <= 40 else f"{shown[:39]}…"


def _variable(match: re.Match[str]) -> str:
    name = _VARIABLES.get(match[2])
    return match[0] if name is None else f"{match[1]}: var(--plot-{name}, {match[2]})"
