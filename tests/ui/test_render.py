from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from index.types import Bridged, Filters
from rag.types import Stance
from tests.ui.samples import ACCUSATION, ARABIC, ENGLISH, HOSTILE, TESTIMONY, abstention, answer, conflicting
from ui.render import answer_html, confidence_words, problem_html
from ui.strings import ENGLISH as WORDS


def test_an_answer_is_in_the_reports_words_with_its_citation() -> None:
    shown = html.fragment_fromstring(answer_html(answer(ENGLISH, TESTIMONY), turn=2))
    (claim,) = shown.xpath(".//li")
    assert claim.xpath("string(.//p[@class='m-words'])") == f"{TESTIMONY} [1]"
    assert claim.xpath(".//a/@href") == ["#m-turn2-citation1"]
    assert claim.xpath("string(.//p[@class='m-facts'])") == "Independent sources: 1"
    assert shown.text_content().count(TESTIMONY) == 1


def test_an_accusation_reads_as_one() -> None:
    shown = html.fragment_fromstring(answer_html(answer(ARABIC, ACCUSATION, Stance.ACCUSED, "بيان للجيش")))
    text = shown.text_content()
    # The badge and who says so come before the words: nobody reads them as a fact first.
    assert text.index("Accusation") < text.index("According to بيان للجيش") < text.index(ACCUSATION)
    assert shown.xpath("string(.//bdi)") == "بيان للجيش"
    assert shown.xpath(".//p[@class='m-words']/@dir") == ["auto"]
    assert "does not establish it" in shown.xpath("string(.//span[contains(@class, 'm-stance')]/@title)")


@pytest.mark.parametrize("stance", list(Stance))
def test_every_stance_has_a_badge_of_its_own(stance: Stance) -> None:
    shown = answer_html(answer(ENGLISH, TESTIMONY, stance))
    assert f'class="m-stance m-{stance.value}"' in shown
    assert sum(f">{badge}</span>" in shown for badge in WORDS.stances.values()) == 1
    assert "According to" not in shown


def test_a_text_that_is_no_claim_is_shown_with_a_warning_where_it_rests_on_an_accusation() -> None:
    written = replace(conflicting(), text="The forces attacked it.", engine="some-model")
    shown = answer_html(written)
    assert shown.index("The forces attacked it.") < shown.index(WORDS.read_stances) < shown.index("<ol")
    assert "language model <bdi>some-model</bdi>" in shown
    plain = replace(answer(ENGLISH, TESTIMONY), text="Mortars hit it.", engine="some-model")
    assert WORDS.read_stances not in answer_html(plain)


def test_a_readers_text_is_not_told_twice() -> None:
    joined = replace(conflicting(), text=f"{ACCUSATION} [1] {TESTIMONY} [2]")
    shown = html.fragment_fromstring(answer_html(joined)).text_content()
    assert shown.count(ACCUSATION) == shown.count(TESTIMONY) == 1


def test_confidence_is_in_words_with_the_figure_for_everybody() -> None:
    shown = html.fragment_fromstring(answer_html(answer(ENGLISH, TESTIMONY, confidence=0.834)))
    (confidence,) = shown.xpath(".//span[@class='m-confidence']")
    assert confidence.text == "Fair confidence"
    # Reached by keyboard, and text rather than a title, which few screen readers read.
    assert confidence.get("tabindex") == "0" and confidence.get("title") is None
    assert confidence.xpath("string(span[@class='m-tip'])").endswith(": 0.83)")


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "High confidence"),
        (0.85, "High confidence"),
        (0.8499, "Fair confidence"),
        (0.35, "Low confidence"),
        (0.0, "Very low confidence"),
        (float("nan"), "Very low confidence"),
    ],
)
def test_confidence_words(confidence: float, words: str) -> None:
    assert confidence_words(confidence) == words


def test_an_abstention_says_so_and_points_at_the_nearest_passages() -> None:
    shown = answer_html(abstention(), turn=4)
    assert "hold no sufficient evidence" in shown
    assert 'href="#m-turn4-citation1"' in shown
    assert "confidence" not in shown
    assert "No passage comes near it." in answer_html(replace(abstention(), citations=(), passages=()))


def test_an_abstention_says_what_was_searched_and_shows_the_nearest_passages() -> None:
    filters = Filters(since=date(2023, 4, 1), sources=("<Wire>", "وكالة"), langs=("ar",), without=("b.txt",))
    shown = html.fragment_fromstring(answer_html(abstention(), filters=filters))
    text = shown.text_content()
    assert "Passages searched out and read: 1" in text
    assert "narrowed to: Published on or after 2023-04-01; Sources: <Wire> · وكالة" in text
    assert "Languages of the reports: Arabic; Reports left out: b.txt" in text
    assert shown.xpath("string(.//ol[@class='m-nearest']//p[@class='m-words'])") == ENGLISH.text
    assert shown.xpath("string(.//ol[@class='m-nearest']//p[@class='m-facts'])") == "[1] The Daily Paper · 2023-04-17"
    assert "narrowed" not in answer_html(abstention(), filters=Filters())
    # An abstention never shows what it would have said.
    withheld = replace(abstention(), withheld="United won it")
    assert "United won it" not in answer_html(withheld)


def test_the_question_that_was_searched_is_told_where_it_is_another() -> None:
    followed = replace(answer(ENGLISH, TESTIMONY), question="And when?", searched="When was the <airport> hit?")
    assert "Searched: <bdi>When was the &lt;airport&gt; hit?</bdi>" in answer_html(followed)
    assert "Searched:" not in answer_html(answer(ENGLISH, TESTIMONY))


def test_names_searched_in_other_forms_and_notes_are_told() -> None:
    bridges = (Bridged("Khartoum", ("الخرطوم", "خرطوم"), "transliteration"), Bridged("RSF", ("<RSF>",), "alias"))
    told = replace(answer(ENGLISH, TESTIMONY), bridged=bridges, notes=("the model <b>was</b> cut off",))
    shown = html.fragment_fromstring(answer_html(told))
    assert [line.text_content() for line in shown.xpath(".//details[@class='m-bridged']//li")] == [
        "Khartoum – spelt in the reports الخرطوم · خرطوم",
        "RSF – also searched as <RSF>",
    ]
    assert shown.xpath("string(.//ul[@class='m-notes']/li)") == "The model <b>was</b> cut off"
    # They are told of an abstention too.
    assert "spelt in the reports" in answer_html(replace(abstention(), bridged=bridges))


def test_a_hostile_answer_stays_text() -> None:
    quote = "<script>alert(1)</script>"
    hostile = replace(answer(HOSTILE, quote, Stance.CLAIMED, "<b onclick='x'>\u202e"), engine="<i>model</i>")
    shown = html.fragment_fromstring(answer_html(hostile))
    assert {element.tag for element in shown.iter()} == {"div", "ol", "li", "span", "bdi", "p", "a"}
    assert quote in shown.text_content()
    assert "<b onclick='x'>RLO" in shown.text_content()


def test_a_problem_is_in_words_and_escaped() -> None:
    shown = problem_html("run <verify>")
    assert "run &lt;verify&gt;" in shown
    assert 'role="alert"' in shown
