import pytest

from index.store.overview import Heading
from tests.ui.samples import HOSTILE_SOURCE, FakeEngine
from ui.page.filters import choices_for, document_choices, source_choices
from ui.turns import Narrowing


def test_sources_are_isolated_and_counted() -> None:
    assert source_choices({"b": 1, "وكالة": 1200, "": 3, "half \ud800": 1}) == [
        ("\u2068وكالة\u2069 (1,200)", "وكالة"),
        ("\u2068b\u2069 (1)", "b"),
    ]


def test_reports_are_listed_by_title_else_by_id() -> None:
    listed = document_choices([Heading("a", "x" * 90, "", None, "en"), Heading("b", "", "", None, "en")])
    assert [(len(label), value) for label, value in listed] == [(82, "a"), (3, "b")]


def test_choices_follow_the_collection() -> None:
    sources, langs, docs = choices_for(FakeEngine())
    assert HOSTILE_SOURCE in [value for _, value in sources.choices]
    assert [value for _, value in langs.choices] == ["en", "ar"]
    assert [value for _, value in docs.choices] == ["khartoum.txt", "airport.txt", "hostile.html"]
    assert all(dropdown.choices == [] for dropdown in choices_for(None))


def test_what_is_chosen_stays_chosen_where_the_collection_still_holds_it() -> None:
    chosen = Narrowing(sources=(HOSTILE_SOURCE, "gone"), langs=("ar", "tr"), docs=("airport.txt", "gone.txt"))
    assert [dropdown.value for dropdown in choices_for(FakeEngine(), chosen=chosen)] == [
        [HOSTILE_SOURCE],
        ["ar"],
        ["airport.txt"],
    ]
    assert [dropdown.value for dropdown in choices_for(None, chosen=chosen)] == [[], [], []]


def test_the_lists_read_no_report() -> None:
    engine = FakeEngine()
    engine.documents = lambda: pytest.fail("reports were read")  # type: ignore[method-assign]
    engine.headings = lambda: (Heading("a", "One", "", None, "en"),)  # type: ignore[method-assign]
    assert choices_for(engine)[2].choices == [("\u2068One\u2069", "a")]
