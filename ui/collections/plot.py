"""Reports over time as stacked bars: one pure function from figures to HTML, with the same figures as a table below.

Drawn as SVG that stretches with its frame and takes its colours from the style sheet; the letters are HTML around it,
so that they keep their size on a phone, and the whole is mirrored where the interface reads from right to left.
"""

from ui.collections.figures import OTHERS, OverTime, Series
from ui.escaping import attribute, day_html, inline, isolated
from ui.strings import Strings, language_name

_GAP = 0.18  # of the width of a bar
_SHOWN_LABELS = 4


def plot_html(figures: OverTime, title: str, strings: Strings, are_languages: bool = False) -> str:
    """Stacked bars, their legend and their table; a sentence where no report has a date.

    Args:
        figures: What to show.
        title: What it is.
        strings: The catalogue.
        are_languages: Whether the series are languages, which have names, and not sources.
    """
    heading = f'<h2 class="m-heading">{inline(title)}</h2>'
    if not figures.periods:
        return f'<div class="m-plot">{heading}<p class="m-note">{inline(strings.no_dates)}</p></div>'
    names = [_name(series, strings, are_languages) for series in figures.series]
    most = max(figures.totals)
    summary = strings.chart_summary.format(
        title=title, first=figures.periods[0], last=figures.periods[-1], most=f"{most:,}"
    )
    legend = "".join(
        f'<li><span class="m-swatch m-series-{place}"></span> {isolated(name)} <span class="m-count">'
        f"{sum(series.counts):,}</span></li>"
        for place, (name, series) in enumerate(zip(names, figures.series, strict=True))
    )
    return (
        f'<figure class="m-plot"><figcaption>{heading}<p class="m-note">{inline(strings.chart_units[figures.unit])}</p>'
        f'</figcaption><div class="m-frame"><span class="m-most" aria-hidden="true">{most:,}</span>'
        f"{_bars(figures, names, most, summary)}</div>{_axis(figures)}"
        f'<ul class="m-legend">{legend}</ul>{_table(figures, names, title, strings)}</figure>'
    )


def _bars(figures: OverTime, names: list[str], most: int, summary: str) -> str:
    width = len(figures.periods)
    drawn: list[str] = []
    for column, period in enumerate(figures.periods):
        below = 0
        for place, (name, series) in enumerate(zip(names, figures.series, strict=True)):
            if count := series.counts[column]:
                height, top = 100 * count / most, 100 * (1 - (below + count) / most)
                drawn.append(
                    f'<rect class="m-series-{place}" x="{column + _GAP / 2:.2f}" y="{top:.2f}" '
                    f'width="{1 - _GAP:.2f}" height="{height:.2f}">'
                    f"<title>{attribute(f'{period} · {name} · {count:,}')}</title></rect>"
                )
                below += count
    return (
        f'<svg class="m-bars" role="img" aria-label="{attribute(summary)}" viewBox="0 0 {width} 100" '
        f'preserveAspectRatio="none">{"".join(drawn)}</svg>'
    )


def _axis(figures: OverTime) -> str:
    """The names of some periods under their bars: the first, the last, and as many between as there is room for."""
    last = len(figures.periods) - 1
    steps = min(_SHOWN_LABELS - 1, last)
    places = sorted({round(last * step / steps) for step in range(steps + 1)}) if steps else [0]
    labels = "".join(f"<span>{day_html(figures.periods[place])}</span>" for place in places)
    alone = " m-alone" if len(places) == 1 else ""
    return f'<div class="m-axis{alone}" aria-hidden="true">{labels}</div>'


def _table(figures: OverTime, names: list[str], title: str, strings: Strings) -> str:
    heads = "".join(f'<th scope="col">{isolated(name)}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{day_html(period)}</th>'
        + "".join(f"<td>{series.counts[place]:,}</td>" for series in figures.series)
        + f"<td>{figures.totals[place]:,}</td></tr>"
        for place, period in enumerate(figures.periods)
        if figures.totals[place]
    )
    return (
        f'<details class="m-fold"><summary>{inline(strings.figures_table)}</summary>'
        f'<div class="m-scroll" role="region" tabindex="0" aria-label="{attribute(title)}"><table class="m-listing">'
        f'<thead><tr><th scope="col">{inline(strings.table_period)}</th>{heads}'
        f'<th scope="col">{inline(strings.table_total)}</th></tr></thead><tbody>{rows}</tbody></table></div></details>'
    )


def _name(series: Series, strings: Strings, are_languages: bool) -> str:
    if series.key is OTHERS:
        return strings.other_series
    if are_languages:
        return language_name(series.key, strings)
    return series.key or strings.unknown_source
