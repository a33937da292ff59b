from datetime import date

import pytest
from lxml import html

from rag.types import Stance
from tests.ui.samples import FakeEngine, abstention, conflicting
from ui.conversation import Narrowing, Turn, conversation_html, evidence_panel_html, read_days, take_turn
from ui.strings import ENGLISH, language_name


def test_a_turn_passes_the_filters_on() -> None:
    engine = FakeEngine()
    turn = take_turn(engine, "Who?", Narrowing("2023-04-01", "", ("A",), ("ar",)))
    assert turn.answer is not None and turn.problem is None
    assert engine.asked == [
        {"question": "Who?", "since": date(2023, 4, 1), "until": None, "source": ("A",), "lang": ("ar",)}
    ]


@pytest.mark.parametrize(
    ("question", "narrowing", "problem"),
    [
        ("broken", Narrowing(), "the index <b>is broken</b>: run mustanad verify"),
        ("crash", Narrowing(), ENGLISH.unexpected),
        ("Who?", Narrowing(since="yesterday"), "is not a day: yesterday. Write it as YYYY-MM-DD"),
        ("Who?", Narrowing(since="2023-02-01", until="2023-01-01"), "(2023-02-01) lies after the last (2023-01-01)"),
    ],
)
def test_what_goes_wrong_is_told_in_words(question: str, narrowing: Narrowing, problem: str) -> None:
    turn = take_turn(FakeEngine(), question, narrowing)
    assert turn.answer is None and turn.problem is not None
    assert problem in turn.problem
    assert problem in html.fragment_fromstring(conversation_html([turn])).text_content()


@pytest.mark.parametrize("typed", ["2022-04-16", " 2022-04-16 ", "٢٠٢٢-٠٤-١٦", "۲۰۲۲-۰۴-۱۶"])
def test_days_are_read_in_any_digits(typed: str) -> None:
    assert read_days(typed, "") == (date(2022, 4, 16), None)


def test_a_conversation_keeps_its_order_and_its_links_apart() -> None:
    turns = [Turn("first?", conflicting()), Turn("second?", abstention()), Turn("third <i>?")]
    shown = html.fragment_fromstring(conversation_html(turns), create_parent=True)
    assert [q.text_content() for q in shown.xpath("//p[@class='m-question']")] == ["first?", "second?", "third <i>?"]
    panel = html.fragment_fromstring(evidence_panel_html(turns), create_parent=True)
    assert panel.xpath("//summary/text()") == ["second?", "first?"]
    assert [fold.get("open") is not None for fold in panel.xpath("//details")] == [True, False]
    targets = {link.removeprefix("#") for link in shown.xpath("//a[@class='m-link']/@href")}
    assert targets == set(panel.xpath("//article/@id")) and len(targets) == 3
    assert "Reading the reports" in shown.text_content()


def test_an_empty_conversation_invites() -> None:
    assert ENGLISH.invitation in conversation_html(())
    assert ENGLISH.evidence_empty in evidence_panel_html(())


def test_the_catalogue_is_complete() -> None:
    assert set(ENGLISH.stances) == set(ENGLISH.stance_notes) == set(Stance)
    assert ENGLISH.confidence_words[-1][0] == 0.0
    assert language_name("ar") == "Arabic"
