from dataclasses import replace

from lxml import html

from rag.types import Answer, Stance
from tests.ui.samples import ARABIC, ENGLISH, HOSTILE, abstention, answer, citation, conflicting, told
from ui.strings import ARABIC as ARABIC_WORDS
from ui.timeline import timeline_html


def dated() -> Answer:
    """Two reports of one day, one of an earlier day, one without a day."""
    undated = replace(citation(ENGLISH, "shelling", 4), published=None, source="")
    copied = replace(citation(ARABIC, "المطار", 3), published=ENGLISH.published, copy_of="<original>")
    first = replace(told(), stance=Stance.ACCUSED)
    return replace(conflicting(), citations=(first, replace(citation(ARABIC, "الهجوم", 2)), copied, undated))


def test_days_are_in_order_and_what_has_none_stands_apart() -> None:
    shown = html.fragment_fromstring(timeline_html(dated(), turn=3))
    assert shown.xpath(".//time/@datetime") == ["2023-04-16", "2023-04-17"]
    days = shown.xpath(".//ol[@class='m-days']/li")
    assert [day.xpath(".//a/@href") for day in days] == [
        ["#m-turn3-citation2"],
        ["#m-turn3-citation1", "#m-turn3-citation3"],
    ]
    apart = shown.xpath(".//div[@class='m-undated']")[0]
    assert apart.xpath(".//a/@href") == ["#m-turn3-citation4"]
    assert "Without a date" in apart.text_content() and "Source unknown" in apart.text_content()


def test_how_it_is_told_comes_before_the_words() -> None:
    text = html.fragment_fromstring(timeline_html(dated())).text_content()
    assert text.index("Accusation") < text.index("According to Amina Saleh") < text.index("mortars hit the airport")
    assert "A copy of <original>" in text


def test_of_an_abstention_nothing_is_called_an_answer() -> None:
    assert "none of them is an answer" in timeline_html(abstention())
    assert "There is no evidence" in timeline_html(replace(abstention(), citations=()))


def test_it_speaks_the_interfaces_language() -> None:
    assert 'aria-label="الأدلة بحسب تاريخ النشر"' in timeline_html(conflicting(), strings=ARABIC_WORDS)


def test_a_hostile_report_stays_text() -> None:
    shown = html.fragment_fromstring(timeline_html(answer(HOSTILE, "<img src=x onerror=alert(2)>")))
    assert not shown.xpath(".//img | .//svg | .//script")
    assert HOSTILE.source in shown.text_content()
