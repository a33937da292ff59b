from lxml import html

from index.store import Contents
from index.store.overview import Heading
from index.types import Document
from tests.ui.samples import HOSTILE, FakeEngine
from ui.page.examples import about_titles, examples_for, opening_html
from ui.strings import ENGLISH


class EmptyEngine(FakeEngine):
    @property
    def contents(self) -> Contents:
        return Contents(0, 0, {}, {}, None, None)


class SampleEngine(FakeEngine):
    """Holds every report that it is asked for."""

    def document(self, doc_id: str) -> Document:
        return Document(doc_id, "…")


def test_the_sample_reports_are_asked_in_six_languages() -> None:
    examples = examples_for(SampleEngine())
    assert [example.lang for example in examples] == ["ar", "en", "fa", "ru", "tr", "fr"]
    assert all(example.question.rstrip().endswith(("?", "؟")) for example in examples)


def test_other_reports_are_asked_about_by_title() -> None:
    questions = [example.question for example in examples_for(FakeEngine())]
    assert questions == [
        "ماذا تقول التقارير عن: هجوم على مطار الخرطوم (Khartoum) يوم 16 أبريل؟",
        "What do the reports say about: Airport hit at dawn?",
    ]


def test_a_hostile_title_is_text() -> None:
    engine = FakeEngine()
    hostile = Heading("1", HOSTILE.title, "", None, "en")
    engine.headings = lambda: (hostile,)  # type: ignore[method-assign]
    page = html.fragment_fromstring(opening_html(engine))
    assert not page.xpath("//img") and HOSTILE.title in page.xpath("string(//button/@data-question)")


def test_titles_that_do_not_fit_are_left_out() -> None:
    assert about_titles([Heading("1", "x" * 71, "", None, "en"), Heading("2", "y", "", None, "xx")]) == []


def test_an_empty_collection_says_what_to_do() -> None:
    for engine in (EmptyEngine(), None):
        shown = opening_html(engine)
        assert ENGLISH.no_reports in shown and "mustanad index" in shown and "<button" not in shown
