from dataclasses import replace

import pytest
from lxml import html

from rag.types import Stance
from tests.ui.samples import ACCUSATION, ARABIC, HOSTILE, TESTIMONY, abstention, answer, citation, conflicting
from tests.ui.test_timeline import dated
from ui.table import table_html


def table(shown: str) -> html.HtmlElement:
    return html.fragment_fromstring(shown, create_parent=True).xpath(".//table")[0]


def headings(shown: html.HtmlElement) -> list[str]:
    return [heading.text_content() for heading in shown.xpath(".//th[@scope='rowgroup']")]


def test_by_date() -> None:
    shown = table(table_html(dated(), turn=2))
    assert shown.xpath("string(caption)") == "Evidence by date of publication"
    assert headings(shown) == ["2023-04-16", "2023-04-17", "Date unknown"]
    assert shown.xpath("tbody[2]/tr/th//a/@href") == ["#m-turn2-citation1", "#m-turn2-citation3"]


def test_by_source() -> None:
    shown = table(table_html(dated(), by="source"))
    assert headings(shown) == ["The Daily Paper", "وكالة الأنباء", "Source unknown"]
    assert [len(body.xpath("tr")) - 1 for body in shown.xpath("tbody")] == [1, 2, 1]


def test_by_claim_how_it_is_told_comes_before_the_claim() -> None:
    more = replace(conflicting(), citations=(*conflicting().citations, citation(ARABIC, "المطار", 3)))
    shown = table(table_html(more, by="claim"))
    assert headings(shown) == [
        f"Accusation According to بيان للجيش {ACCUSATION}",
        f"Reported According to Amina Saleh {TESTIMONY}",
        "Cited, but for none of the claims",
    ]
    assert [body.xpath("string(tr[2]/th)") for body in shown.xpath("tbody")] == ["[1]", "[2]", "[3]"]


def test_each_citation_has_its_own_stance() -> None:
    cited = conflicting().citations
    denied = replace(conflicting(), citations=(cited[0], replace(cited[1], stance=Stance.DENIED, speaker="the army")))
    cells = table(table_html(denied)).xpath("tbody/tr/td[2]")
    assert [cell.xpath("string(p[@class='m-told'])") for cell in cells] == ["", "Denial According to the army"]


def test_every_cell_has_its_headings() -> None:
    shown = table(table_html(conflicting()))
    assert len(shown.xpath("thead//th[@scope='col']")) == 3
    assert all(row.xpath("th[@scope='row'] | th[@scope='rowgroup']") for row in shown.xpath("tbody/tr"))
    assert {1 + len(row.xpath("td")) for row in shown.xpath("tbody/tr[th[@scope='row']]")} == {3}


def test_another_grouping_is_refused() -> None:
    with pytest.raises(ValueError, match="no table by 'mood'; there is one by date, source, claim"):
        table_html(conflicting(), by="mood")


def test_of_an_abstention_nothing_is_called_an_answer() -> None:
    assert "none of them is an answer" in table_html(abstention())
    assert "There is no evidence" in table_html(replace(abstention(), citations=()))


@pytest.mark.parametrize("by", ["date", "source", "claim"])
def test_a_hostile_report_stays_text(by: str) -> None:
    shown = table(table_html(answer(HOSTILE, "<img src=x onerror=alert(2)>", Stance.CLAIMED, "<b>\u202e"), by=by))
    assert not shown.xpath(".//img | .//svg | .//script | .//b")
    assert "<img src=x onerror=alert(2)>" in shown.text_content()
