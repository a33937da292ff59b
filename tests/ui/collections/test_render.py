import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files

from lxml import html

from index.store import Contents
from index.store.overview import Heading, PublishedCount
from index.types import LoadFailure
from rag import AddResult
from ui.collections import Outcome, Stage
from ui.collections.changing import Renamed
from ui.collections.figures import over_time
from ui.collections.plot import plot_html
from ui.collections.render import choice_label, figures_html, outcome_html, progress_html, said_html
from ui.strings import ENGLISH, Strings

HOSTILE = "<script>alert(1)</script>\u202e\"'"
COUNTS = [
    PublishedCount(date(2024, 3, 14), "وكالة الأنباء", "ar", 3),
    PublishedCount(date(2024, 3, 16), HOSTILE, "en", 1),
    PublishedCount(None, "", "und", 2),
]
CONTENTS = Contents(6, 9, {"ar": 3, "en": 1, "und": 2}, {HOSTILE: 1, "": 2, "و": 3}, "2024-03-14", "2024-03-16")


def arabic() -> Strings:
    words = tomllib.loads(files("ui.strings").joinpath("ar/collections.toml").read_text(encoding="utf-8"))
    return replace(ENGLISH, lang="ar", direction="rtl", **words)


def test_figures_and_their_plots_say_what_is_there() -> None:
    page = html.fromstring(figures_html(CONTENTS, COUNTS, ENGLISH))
    figures = dict(zip(page.xpath("//dt/text()"), (node.text_content() for node in page.xpath("//dd")), strict=True))
    assert figures["Reports"] == "6" and figures["Sources"] == "2" and figures["Date unknown"] == "2"
    assert figures["Published"] == "2024-03-14 to 2024-03-16"
    assert len(page.xpath("//figure")) == 2 and len(page.xpath("//svg[@role='img'][@aria-label]")) == 2


def test_bars_stand_on_one_another_and_the_table_agrees() -> None:
    page = html.fromstring(plot_html(over_time(COUNTS, lambda count: count.source), "T", ENGLISH))
    bars = [
        (bar.get("class"), float(bar.get("x")), float(bar.get("y")), float(bar.get("height")))
        for bar in page.xpath("//rect")
    ]
    assert bars == [("m-series-0", 0.09, 0.0, 100.0), ("m-series-1", 2.09, 66.67, 33.33)]
    assert page.xpath("//tbody//th//text()") == ["2024-03-14", "2024-03-16"]
    assert page.xpath("//tbody/tr[1]/td/text()") == ["3", "0", "3"]
    assert "highest stands for 3" in page.xpath("//svg/@aria-label")[0]


def test_without_dates_it_says_so_and_without_reports_what_to_do() -> None:
    assert ENGLISH.no_dates in plot_html(over_time([COUNTS[2]], lambda count: count.lang), "T", ENGLISH)
    assert ENGLISH.empty_collection in figures_html(Contents(0, 0, {}, {}, None, None), (), ENGLISH)


def test_hostile_names_show_as_text() -> None:
    outcome = Outcome(
        AddResult(added=(HOSTILE,), failed=(LoadFailure(HOSTILE, HOSTILE),), notes=((HOSTILE, HOSTILE),)),
        (Renamed(HOSTILE, HOSTILE),),
    )
    shown = figures_html(CONTENTS, COUNTS, ENGLISH) + outcome_html(outcome, ENGLISH) + said_html(HOSTILE, ENGLISH)
    assert "<script" not in shown and "\u202e" not in shown and "&lt;script&gt;" in shown
    assert not html.fromstring(f"<div>{shown}</div>").xpath("//@*[starts-with(name(), 'on')]")
    label = choice_label(Heading("a.txt", HOSTILE, "", date(2024, 1, 2), "en"), ENGLISH)
    assert "\u202e" not in label and "2024-01-02" in label


def test_an_outcome_lists_failures_first_and_counts_what_it_does_not_list() -> None:
    result = AddResult(
        added=tuple(f"{n}.txt" for n in range(300)), skipped=("old.txt",), failed=(LoadFailure("bad.pdf", "no PDF"),)
    )
    page = html.fromstring(outcome_html(Outcome(result, kept=2), ENGLISH))
    assert page.xpath("//dd/text()") == ["300", "0", "1", "1"]
    assert page.xpath("//tbody/tr[1]")[0].text_content() == "bad.pdfFailed no PDF"
    assert len(page.xpath("//tbody/tr")) == 200 and "And 102 more" in page.text_content()


def test_progress_is_told_to_everybody() -> None:
    page = html.fromstring(progress_html(Stage("reading", 3, 12), ENGLISH))
    assert page.get("role") == "status" and "Reading files" in page.text_content() and "3 of 12" in page.text_content()
    assert page.xpath("//progress/@value") == ["3"] and page.xpath("//label/progress")
    assert "Working" in progress_html(Stage("something new", 1, 0), ENGLISH)
    assert ENGLISH.cancelling in progress_html(Stage("reading", 3, 12), ENGLISH, cancelled=True)


def test_in_arabic_it_reads_from_right_to_left() -> None:
    strings = arabic()
    for shown in (figures_html(CONTENTS, COUNTS, strings), said_html("x", strings)):
        assert shown.startswith('<section class="m-collection" dir="rtl" lang="ar"')
    assert "من " in figures_html(CONTENTS, COUNTS, strings)
