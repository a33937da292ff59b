import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html

from eval.comparing_types import MeasureComparison
from eval.measures.types import Part
from eval.reporting import save_plots
from eval.reporting.plots import (
    changes_svg,
    differences_svg,
    embed,
    languages_svg,
    latency_svg,
    measures_svg,
    reliability_svg,
    risk_coverage_svg,
)
from eval.results import Report
from tests.eval.reporting import made

REPORT = made.report()
BOTH = (REPORT, replace(REPORT, dataset="$x^2$ <تقارير>\u202e"))
PLOTS: Mapping[str, Callable[[], str | None]] = {
    "measures": lambda: measures_svg([REPORT]),
    "measures of two": lambda: measures_svg(BOTH),
    "risk": lambda: risk_coverage_svg([REPORT]),
    "risk of two": lambda: risk_coverage_svg(BOTH),
    "reliability": lambda: reliability_svg(BOTH),
    "latency": lambda: latency_svg([REPORT]),
    "latency of two": lambda: latency_svg(BOTH),
    "languages": lambda: languages_svg(REPORT),
    "changes": lambda: changes_svg(made.comparison().datasets[0].measures, "made"),
    "differences": lambda: differences_svg({"a": 0.5, "b": 0.0, "c": -0.25, "d": 0.5}, "F1"),
}


def drawn(svg: str | None) -> str:
    assert svg is not None
    return svg


def labels(svg: str | None) -> list[str]:
    return ["".join(text.itertext()) for text in etree.fromstring(drawn(svg).encode()).iter("{*}text")]


@pytest.mark.parametrize("name", PLOTS)
def test_plots_are_xml_and_the_same_twice(name: str) -> None:
    svg = drawn(PLOTS[name]())
    assert labels(svg)
    assert PLOTS[name]() == svg
    assert not re.search(r"\b20\d\d-\d\d-\d\d", svg)


def test_measures_are_grouped_by_part_without_those_on_another_scale() -> None:
    shown = labels(measures_svg([REPORT]))
    for wanted in ("documents", "RR@10", "0.812", "abstention", "false-answers ↓", "citations"):
        assert wanted in shown
    assert not {"latency", "words", "search p50 ms"} & set(shown)


def test_several_datasets_have_a_legend_of_names_as_they_are() -> None:
    for svg in (measures_svg(BOTH), risk_coverage_svg(BOTH), reliability_svg(BOTH)):
        shown = labels(svg)
        assert "made" in shown
        assert "$x^2$ <تقارير>[RLO]" in shown


def test_measures_where_nothing_was_measured() -> None:
    assert measures_svg([replace(REPORT, figures=())]) is None


def test_a_figure_without_interval_is_left_out_of_the_plot() -> None:
    unknown = replace(made.figure(Part.DOCUMENTS, "R@1", 0.5, 1), low=math.nan, high=math.nan)
    assert "R@1" not in labels(measures_svg([replace(REPORT, figures=(unknown, *made.FIGURES))]))


def test_the_operating_point_in_words() -> None:
    # Five of six are answered; the answers to q2 and q5 are wrong.
    assert "83 % answered, 40 % of that wrong" in labels(risk_coverage_svg([REPORT]))


def test_an_engine_that_answers_nothing_has_no_point() -> None:
    rows = tuple(replace(row, answer=made.answer(None, 0.1)) for row in made.ROWS)
    assert "nothing was answered" in labels(risk_coverage_svg([replace(REPORT, rows=rows)]))


def test_reliability_counts_the_questions_of_each_bin() -> None:
    # Confidences 0.88; 0.91 and 0.95; 0.22; 0.64; 0.71.
    shown = labels(reliability_svg([REPORT]))
    assert shown.count("1") == 4
    assert shown.count("2") == 1


def test_percentiles_are_named() -> None:
    # Search takes 29, 31, 35, 44, 52 and 61 ms; asking 300, 380, 450, 520, 610 and 700 ms.
    shown = labels(latency_svg([REPORT]))
    assert "search: p50 40 ms, p95 59 ms" in shown
    assert "ask: p50 485 ms, p95 678 ms" in shown
    assert {"p50", "p95"} <= set(shown)


def test_equal_latencies_can_be_drawn() -> None:
    rows = tuple(replace(row, search_ms=5.0, answer=None) for row in made.ROWS)
    assert "search: p50 5 ms, p95 5 ms" in labels(latency_svg([replace(REPORT, rows=rows)]))


def test_languages_have_bars_with_their_means() -> None:
    shown = labels(languages_svg(REPORT))
    for wanted in ("Arabic", "n = 2", "Turkish", "0.750", "0.800"):
        assert any(wanted in text for text in shown)


def test_what_has_nothing_to_show_is_no_plot() -> None:
    searched = made.searched_only()
    untimed: Report = replace(searched, rows=tuple(replace(row, search_ms=0.0) for row in searched.rows))
    assert risk_coverage_svg([searched]) is None
    assert reliability_svg([searched]) is None
    assert languages_svg(searched) is None
    assert latency_svg([untimed]) is None
    assert differences_svg({}, "F1") is None
    assert changes_svg([], "none") is None


def test_differences_are_counted_by_what_is_good() -> None:
    changes = {"a": 0.5, "b": 0.0, "c": -0.25, "d": 0.5}
    assert "F1: 2 better, 1 equal, 1 worse" in labels(differences_svg(changes, "F1"))
    assert "risk: 1 better, 1 equal, 2 worse" in labels(differences_svg(changes, "risk", higher_is_better=False))


def test_changes_leave_out_other_scales_and_take_what_was_not_tested() -> None:
    untested = MeasureComparison(
        "abstention AUROC", 0.5, 0.6, 0.1, math.nan, math.nan, None, None, (), (), 0, 5, higher_is_better=True
    )
    shown = labels(changes_svg([*made.comparison().datasets[0].measures, untested], "made"))
    assert "abstention false-answers ↓" in shown
    assert "−0.020" in shown
    assert "latency ask p50 ms" not in shown


def test_an_embedded_plot_takes_the_colours_of_the_page_and_keeps_its_own_ids() -> None:
    page = "".join(embed(drawn(measures_svg([report])), 'two "<b>') for report in BOTH)
    root = html.fromstring(f"<div>{page}</div>")
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert "var(--plot-ink" in page
    assert not root.xpath("//style")
    assert root.xpath("//@aria-label") == ['two "<b>'] * 2


def test_an_embedded_plot_can_keep_its_card() -> None:
    assert "var(" not in embed(drawn(measures_svg([REPORT])), "measures", themed=False)


def test_what_is_no_plot_cannot_be_embedded() -> None:
    with pytest.raises(ValueError, match="give the SVG of a plot"):
        embed("<p>", "nothing")


def test_the_gallery_has_stable_names(tmp_path: Path) -> None:
    names = ["measures.svg", "risk-coverage.svg", "latency.svg", "reliability.svg"]
    assert [path.name for path in save_plots(made.results(*BOTH), tmp_path / "plots")] == names
    assert [path.name for path in save_plots(made.results(made.searched_only()), tmp_path / "searched")] == [
        "measures.svg",
        "latency.svg",
    ]
