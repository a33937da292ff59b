from dataclasses import replace
from datetime import date

from lxml import html

from rag.types import Answer, Change, Claim, QuestionKind, Stance
from tests.ui.samples import (
    ACCUSATION,
    ARABIC,
    ENGLISH,
    HOSTILE,
    TESTIMONY,
    TESTIMONY_QUOTE,
    answer,
    citation,
    conflicting,
    told,
)
from ui.claims import changes_html, claims_html
from ui.quoting import documents_of
from ui.strings import ENGLISH as WORDS


def claims(shown: Answer) -> html.HtmlElement:
    return html.fragment_fromstring(claims_html(shown, 1, WORDS, documents_of(shown)), create_parent=True)


def denied() -> Answer:
    """One claim: an accusation, and a denial of it by somebody else."""
    accusation = replace(told(), stance=Stance.ACCUSED)
    denial = replace(citation(ARABIC, "الهجوم", 2), stance=Stance.DENIED, speaker="<القوات>")
    claim = Claim(TESTIMONY_QUOTE, Stance.ACCUSED, "Amina Saleh", (1, 2), 1, disputed=True)
    return replace(answer(ENGLISH, TESTIMONY_QUOTE), claims=(claim,), citations=(accusation, denial), conflict=True)


def test_the_words_stand_in_their_sentence_after_who_says_so() -> None:
    shown = claims(denied())
    text = shown.text_content()
    assert text.index("Accusation") < text.index("According to Amina Saleh") < text.index(TESTIMONY)
    assert "Somebody is accused of this; the report does not establish it." in text
    assert shown.xpath("string(.//p[@class='m-words']/strong)") == TESTIMONY_QUOTE


def test_a_citation_that_tells_it_otherwise_says_so() -> None:
    shown = claims(denied())
    assert [line.text_content() for line in shown.xpath(".//ul[@class='m-others']/li")] == [
        "[2] Denial According to <القوات>"
    ]
    assert WORDS.disputed in shown.text_content()
    alike = replace(denied(), citations=(denied().citations[0],))
    assert not claims(alike).xpath(".//ul[@class='m-others']")


def test_a_denial_does_not_lend_its_sentence_to_the_claim() -> None:
    # The one citation with the claim's words is a denial: its sentence is not what the claim's badge is about.
    other = replace(told(), stance=Stance.DENIED)
    claim = Claim(TESTIMONY_QUOTE, Stance.REPORTED, None, (1,), 1)
    shown = claims(replace(denied(), claims=(claim,), citations=(other,)))
    assert shown.xpath("string(.//p[@class='m-words'])") == f"{TESTIMONY_QUOTE} [1]"


def test_reports_that_contradict_each_other_stand_side_by_side() -> None:
    shown = claims(replace(conflicting(), conflict=True))
    assert shown.xpath("string(p[@class='m-conflict'])") == WORDS.conflict
    (grid,) = shown.xpath("ol[@class='m-claims m-side']")
    assert len(grid.xpath("li")) == 2
    assert claims(denied()).xpath("string(p[@class='m-conflict'])") == WORDS.conflict_denied


def test_answers_that_only_differ_stand_one_below_the_other() -> None:
    shown = claims(replace(conflicting(), more=3))
    assert shown.xpath("ol/@class") == ["m-claims"]
    text = shown.text_content()
    assert "Different answers in the reports: 2" in text and WORDS.conflict not in text
    assert "not shown: 3" in text and "Independent sources: 2" in text
    assert "not shown" not in claims(conflicting()).text_content()


def test_an_overview_is_told_day_by_day() -> None:
    shown = claims(replace(conflicting(), kind=QuestionKind.OVERVIEW))
    assert shown.xpath(".//time/@datetime") == ["2023-04-16", "2023-04-17"]
    assert WORDS.in_order in shown.text_content() and "Different answers" not in shown.text_content()


def test_changes_are_listed_by_date_with_how_they_are_told() -> None:
    accused = replace(told(), stance=Stance.ACCUSED)
    days = (date(2023, 4, 16), date(2023, 4, 17))
    changes = (Change("9 <b>", "9", days[0], days[0], (2,)), Change("14", "14", *days, (1,)))
    changed = replace(conflicting(), citations=(accused, citation(ARABIC, ACCUSATION, 2)), changes=changes)
    shown = html.fragment_fromstring(changes_html(changed, 1))
    assert [line.text_content() for line in shown.xpath(".//li")] == [
        "2023-04-16: 9 <b> [2]",
        "2023-04-16 – 2023-04-17 Accusation According to Amina Saleh: 14 [1]",
    ]
    assert changes_html(conflicting(), 1) == ""


def test_hostile_claims_stay_text() -> None:
    shown = claims(answer(HOSTILE, "<script>alert(1)</script>", Stance.SUSPECTED, "<img src=x onerror=alert(9)>"))
    assert {element.tag for element in shown.iter()} == {"div", "ol", "li", "p", "span", "bdi", "a"}
    assert "<script>alert(1)</script>" in shown.text_content()


def test_without_claims_there_is_nothing() -> None:
    assert claims_html(replace(conflicting(), claims=()), 1) == ""
    assert TESTIMONY in claims_html(conflicting(), 1)
