from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from lxml import html
from lxml.html import HtmlElement

from eval.comparing import compare
from eval.measures.types import Part
from eval.reporting import comparison_html, notebook_html, results_html
from eval.reporting.changes import Verdict, verdict
from eval.reporting.glossary import meaning
from eval.reporting.languages import by_language
from eval.reporting.samples import confident_wrong, worst_questions
from tests.eval.reporting import made

REPORT = made.report()
CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@cache
def results_page() -> str:
    return results_html(made.results(REPORT, made.searched_only()))


@cache
def comparison_page() -> str:
    hostile = replace(made.QUESTIONS[1], text=made.HOSTILE)
    changed = replace(REPORT, questions=(made.QUESTIONS[0], hostile, *made.QUESTIONS[2:]), rows=made.ROWS)
    figures = (made.mean(Part.DOCUMENTS, "RR@10", {**made.RR, "q2": 1.0, "q1": 0.5}), *made.FIGURES[1:])
    a, b = made.results(changed), made.results(replace(changed, figures=figures))
    return comparison_html(compare(a, b), a, b)


PAGES: Mapping[str, object] = {
    "results": results_page,
    "comparison": comparison_page,
    "notebook": lambda: f"<div>{notebook_html(REPORT)}</div>",
}


def parsed(name: str) -> HtmlElement:
    page = PAGES[name]
    assert callable(page)
    return html.fromstring(page())


def words(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


@pytest.mark.parametrize("name", PAGES)
def test_nothing_on_a_page_runs_or_reaches_out(name: str) -> None:
    root = parsed(name)
    assert not root.xpath("//script | //iframe | //object | //embed | //link | //form | //img | //base")
    for element in root.iter():
        for attribute, value in element.attrib.items():
            assert not attribute.lower().startswith("on")
            if attribute.rpartition(":")[2] in ("src", "href", "action", "data", "srcset", "poster"):
                assert value.startswith("#")
    style = " ".join(root.xpath("//style/text() | //@style"))
    assert "@import" not in style
    assert "http" not in style


@pytest.mark.parametrize("name", ["results", "comparison"])
def test_pages_forbid_all_but_their_own_style(name: str) -> None:
    root = parsed(name)
    assert root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [CSP]
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {link.removeprefix("#") for link in root.xpath("//a/@href")}
    assert targets <= set(ids)


@pytest.mark.parametrize("name", ["results", "comparison"])
def test_hostile_text_is_shown_as_text(name: str) -> None:
    page = parsed(name)
    shown = page.text_content()
    assert '<script>alert("x")</script><img src=http://evil.example/x onerror=alert(1)>' in shown
    assert "RLOesreverPDF & done" in shown
    assert not any("\u202a" <= character <= "\u202e" for character in shown)
    assert "U+202E" in page.xpath("//bdi[@class='control']/@title")


def test_hostile_names_are_shown_as_text() -> None:
    shown = words(parsed("results"))
    for text in (made.HOSTILE_ID, made.HOSTILE_SPEAKER, "<b>the text</b>", "m <e5>"):
        assert text in shown


def test_every_figure_is_in_the_table() -> None:
    root = parsed("results")
    rows = [words(row) for row in root.xpath("//section[@id='dataset-1']//table[@class='figures']//tr")]
    for part, name, value in (
        ("documents", "RR@10", "0.600 [0.490–0.690] 5"),
        ("documents", "R@100", "0.812 [0.712–0.912] 5"),
        ("answers", "words ", "11.3 [9.3–13.3] 5"),
        ("abstention", "false-answers ↓ ", "1.000 [0.900–1.000] 1"),
        ("latency", "search p50 ms ↓ ", "40 [31–48] 6"),
    ):
        assert part in rows
        assert any(row.replace(" ", "").startswith((name + value).replace(" ", "")) for row in rows), name


def test_headlines_are_cards() -> None:
    cards = parsed("results").xpath("//section[@id='dataset-1']//div[@class='card']")
    shown = [(words(card.find("h3")), words(card.find_class("value")[0])) for card in cards]
    assert shown[:4] == [("RR@10", "0.600"), ("passages RR@10", "0.540"), ("F1", "0.560"), ("holds", "0.600")]
    assert ("latency ask p50 ms", "485") in shown


def test_languages_by_hand() -> None:
    table = by_language(REPORT, ["RR@10", "F1", "R@100", "none"])
    assert [figure.key for figure in table.figures] == ["RR@10", "F1"]
    assert [(row.lang, row.n, row.means) for row in table.rows] == [
        ("ar", 2, (0.5, 0.5)),
        ("en", 2, (0.75, 0.5)),
        ("tr", 2, (0.5, 0.8)),
    ]
    shown = [words(row).split() for row in parsed("results").xpath("//section[@id='dataset-1']//tr")]
    assert ["Turkish", "2", "0.500", "0.450", "0.800", "1.000", "1.000"] in shown


def test_a_language_without_values_has_a_gap() -> None:
    figures = (made.mean(Part.DOCUMENTS, "RR@10", {"q1": 1.0}),)
    assert [row.means for row in by_language(replace(REPORT, figures=figures)).rows] == [(1.0,), (None,), (None,)]


def test_worst_questions_by_search_then_answer() -> None:
    assert [question.query_id for question, _ in worst_questions(REPORT)] == ["q2", "q3", "q6"]
    assert [question.query_id for question, _ in worst_questions(REPORT, 1)] == ["q2"]
    only_answers = replace(REPORT, figures=tuple(figure for figure in made.FIGURES if figure.part is Part.ANSWERS))
    assert [question.query_id for question, _ in worst_questions(only_answers)] == ["q2", "q3", "q6"]


def test_confident_wrong_answers() -> None:
    assert [(case.question.query_id, case.answer.confidence) for case in confident_wrong(REPORT)] == [
        ("q2", 0.91),
        ("q5", 0.64),
    ]


def test_a_question_with_all_that_it_gave() -> None:
    root = parsed("results")
    withheld = [each for each in root.find_class("question") if "Who denied" in each.text_content()]
    assert len(withheld) == 1
    shown = words(withheld[0])
    for text in ("withheld", "RR@10 0.500", "confidence 0.22", "would have answered the Free Youth", "d3 found at 2"):
        assert text in shown
    second = withheld[0].xpath(".//ol[@class='passages']/li")[1]
    assert "✓ holds the answer" in words(second)
    assert second.xpath(".//mark/text()") == ["the Free Youth"]
    wrong = next(each for each in root.find_class("question") if "كم عدد" in each.text_content())
    assert "✗ not verbatim" in words(wrong)
    assert "d2 not found" in words(wrong)


def test_every_text_of_a_document_has_its_own_direction() -> None:
    root = parsed("results")
    assert root.find_class("words")
    for element in [*root.find_class("asked"), *root.find_class("words"), *root.iter("blockquote")]:
        assert element.get("dir") == "auto"


def test_stances_where_the_dataset_has_them() -> None:
    rows = [words(row) for row in parsed("results").xpath("//table[@class='confusion']//tr")]
    assert rows == ["presented as", "in the dataset claimed suspected none", "claimed 1 0 0", "suspected 0 1 1"]


def test_a_report_without_answers_shows_what_there_is() -> None:
    section = parsed("results").get_element_by_id("dataset-2")
    assert not section.find_class("confusion")
    assert "Confident wrong" not in words(section)
    assert "2 questions" in words(section)
    assert [words(row) for row in section.find_class("asked")] == [made.QUESTIONS[1].text]


def test_a_report_of_nothing() -> None:
    empty = replace(REPORT, questions=(), rows=(), figures=(), notes=())
    assert "0 questions" in words(html.fromstring(results_html(made.results(empty))))


def test_a_notebook_shows_headlines_and_plots() -> None:
    root = html.fromstring(f"<div>{notebook_html(REPORT)}</div>")
    assert len(root.xpath("//*[local-name()='svg']")) == 5
    assert "0.600" in words(root)


def test_verdicts() -> None:
    measures = made.comparison().datasets[0].measures
    assert [verdict(measure) for measure in measures] == [
        Verdict.BETTER,
        Verdict.UNCLEAR,
        Verdict.WORSE,
        Verdict.UNCLEAR,
        Verdict.WORSE,
    ]
    assert verdict(replace(measures[0], low=float("nan"), high=float("nan"))) is Verdict.UNTESTED


def test_a_comparison_without_its_runs() -> None:
    root = html.fromstring(comparison_html(made.comparison()))
    rows = [words(row) for row in root.xpath("//tbody/tr")]
    assert rows[0] == "RR@10 0.600 0.700 +0.100 +0.020 … +0.190 0.012 ▲ better 2 3 0 5"
    assert rows[2].startswith("abstention false-answers ↓ 0.200 0.400 +0.200")
    assert "▼ worse" in rows[2]
    assert [words(each) for each in root.find_class("changes")[0]] == [
        f"{made.QUESTIONS[1].text} q2",
        f"{made.QUESTIONS[2].text} q3",
    ]
    assert "made <run> 2" in words(root)


def test_a_comparison_with_its_runs_shows_values_by_question() -> None:
    shown = words(parsed("comparison"))
    assert "q2 0.000 → 1.000" in shown
    assert "q1 1.000 → 0.500" in shown
    assert "RR@10: 1 better, 3 equal, 1 worse" in shown


def test_every_figure_made_here_has_a_meaning() -> None:
    assert all(meaning(figure) for figure in made.FIGURES)
    assert meaning(made.figure(Part.ANSWERS, "new", 0.5, 1)) == ""
