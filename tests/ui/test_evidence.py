import re
from dataclasses import replace

from lxml import html

from tests.ui.samples import ACCUSATION, ARABIC, ENGLISH, HOSTILE, abstention, answer, citation, conflicting, found
from ui.evidence import card_id, citation_links, evidence_html, marked


def test_the_mark_is_the_quote_and_the_rest_is_the_passage() -> None:
    cards = html.fragment_fromstring(evidence_html(conflicting()), create_parent=True)
    passages = cards.xpath("//blockquote")
    assert [passage.text_content() for passage in passages] == [ARABIC.text, ENGLISH.text]
    assert [mark.text_content() for mark in cards.xpath("//mark")] == [c.quote for c in conflicting().citations]


def test_the_mark_is_found_by_offsets_not_by_words() -> None:
    document = replace(ENGLISH, text="the airport and the airport")
    second = replace(citation(document, "the airport"), start=16, end=27)
    assert marked(second, found(document).passage) == "the airport and <mark>the airport</mark>"


def test_offsets_count_from_the_start_of_the_passage() -> None:
    start = ARABIC.text.index(ACCUSATION)
    passage = found(ARABIC, start=start - 1, end=start + len(ACCUSATION) + 3).passage
    assert marked(citation(ARABIC, ACCUSATION), passage) == f"\n<mark>{ACCUSATION}</mark>{passage.text[-3:]}"


def test_a_quote_outside_the_passage_is_shown_alone() -> None:
    outside = replace(answer(ARABIC, ACCUSATION), passages=(found(ARABIC, end=20),))
    for shown in (evidence_html(outside), evidence_html(replace(outside, passages=()))):
        assert f"<mark>{ACCUSATION}</mark></blockquote>" in shown
        assert "The quoted words alone" in shown


def test_a_quote_that_starts_before_the_passage_is_not_marked_in_it() -> None:
    assert marked(citation(ARABIC, ACCUSATION), found(ARABIC, start=30).passage) is None


def test_a_card_says_where_the_words_are_from() -> None:
    card = html.fragment_fromstring(evidence_html(answer(ARABIC, ACCUSATION), turn=3))
    assert card.get("id") == "m-turn3-citation1"
    assert card.xpath("string(.//h4)") == ARABIC.title
    assert card.xpath("string(.//p[@class='m-facts'])") == "وكالة الأنباء · 2023-04-16 · Arabic · Open the report"
    (link,) = card.xpath(".//a")
    assert (link.get("href"), link.get("rel")) == ("https://example.org/ar/1", "noopener noreferrer")
    assert {(block.tag, block.get("dir"), block.get("lang")) for block in card.xpath(".//*[@dir]")} == {
        ("h4", "auto", "ar"),
        ("blockquote", "auto", "ar"),
    }


def test_what_is_unknown_is_said_to_be() -> None:
    bare = replace(ENGLISH, title="", source="", published=None, url=None, lang="und")
    card = html.fragment_fromstring(evidence_html(answer(bare, "shelling")))
    assert card.xpath("string(.//h4)") == "Untitled report"
    assert card.xpath("string(.//p[@class='m-facts'])") == "Source unknown · Date unknown · Language unknown"
    assert not card.xpath(".//a")


def test_a_whole_passage_is_not_marked() -> None:
    assert "<mark>" not in evidence_html(abstention())


def test_a_hostile_report_stays_text() -> None:
    shown = evidence_html(answer(HOSTILE, '"the \u202eetisoppo\u202c"'))
    card = html.fragment_fromstring(shown)
    tags = {element.tag for element in card.iter()}
    assert tags == {"article", "header", "span", "h4", "p", "bdi", "blockquote", "mark"}
    names = {name for element in card.iter() for name in element.attrib}
    assert names == {"class", "id", "tabindex", "dir", "title"}
    assert card.xpath("string(.//h4)") == HOSTILE.title
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", shown)
    assert card.xpath("string(.//mark)") == '"the RLOetisoppoPDF"'
    assert "$x^2$ **bold**" in card.text_content()


def test_numbers_link_to_their_cards() -> None:
    links = html.fragment_fromstring(citation_links((1, 2, 9), conflicting().citations, 2), create_parent=True)
    assert [link.get("href") for link in links.xpath("//a")] == [f"#{card_id(2, 1)}", f"#{card_id(2, 2)}"]
    assert links.text_content() == "[1] [2]"


def test_a_card_names_the_original_or_the_copies() -> None:
    plain = answer(ARABIC, ACCUSATION)
    assert "copy" not in evidence_html(plain).lower() and "copies" not in evidence_html(plain).lower()
    copied = replace(plain, citations=(replace(plain.citations[0], copy_of="<wire>"),))
    assert '<p class="m-note">A copy of &lt;wire&gt;</p></article>' in evidence_html(copied)
    original = replace(plain, passages=(replace(found(ARABIC), copies=("b", "c")),))
    assert '<p class="m-note">Copies of this report: b, c</p></article>' in evidence_html(original)
