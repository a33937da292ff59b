import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from lxml import html

from rag.types import Stance
from tests.ui.samples import (
    ACCUSATION,
    ARABIC,
    ENGLISH,
    HOSTILE,
    TESTIMONY,
    TESTIMONY_QUOTE,
    abstention,
    answer,
    citation,
    conflicting,
    found,
    told,
)
from ui.citing import citation_text
from ui.evidence import card_id, citation_links, evidence_html, marked


def unlabelled(shown: str | None) -> str:
    """The HTML with its marks bare."""
    return re.sub("<mark[^>]*>", "<mark>", shown or "")


def test_the_mark_is_the_quote_and_the_rest_is_the_passage() -> None:
    cards = html.fragment_fromstring(evidence_html(conflicting()), create_parent=True)
    passages = cards.xpath("//blockquote")
    assert [passage.text_content() for passage in passages] == [ARABIC.text, ENGLISH.text]
    assert [mark.text_content() for mark in cards.xpath("//mark")] == [c.quote for c in conflicting().citations]


def test_the_mark_is_found_by_offsets_not_by_words() -> None:
    document = replace(ENGLISH, text="the airport and the airport")
    second = replace(citation(document, "the airport"), start=16, end=27)
    assert unlabelled(marked(second, found(document).passage)) == "the airport and <mark>the airport</mark>"


def test_offsets_count_from_the_start_of_the_passage() -> None:
    start = ARABIC.text.index(ACCUSATION)
    passage = found(ARABIC, start=start - 1, end=start + len(ACCUSATION) + 3).passage
    shown = unlabelled(marked(citation(ARABIC, ACCUSATION), passage))
    assert shown == f"\n<mark>{ACCUSATION}</mark>{passage.text[-3:]}"


def test_a_quote_outside_the_passage_is_shown_alone() -> None:
    outside = replace(answer(ARABIC, ACCUSATION), passages=(found(ARABIC, end=20),))
    for shown in (evidence_html(outside), evidence_html(replace(outside, passages=()))):
        assert f"<mark>{ACCUSATION}</mark></blockquote>" in unlabelled(shown)
        assert "The quoted words alone" in shown


def test_a_quote_that_starts_before_the_passage_is_not_marked_in_it() -> None:
    assert marked(citation(ARABIC, ACCUSATION), found(ARABIC, start=30).passage) is None


def test_a_card_says_where_the_words_are_from() -> None:
    card = html.fragment_fromstring(evidence_html(answer(ARABIC, ACCUSATION), turn=3))
    assert card.get("id") == "m-turn3-citation1"
    assert card.xpath("string(.//h4)") == ARABIC.title
    assert card.xpath("string(.//p[@class='m-facts'])") == "وكالة الأنباء · 2023-04-16 · Arabic · Rank 1"
    (link,) = card.xpath(".//a")
    assert link.text_content() == "Go to the original"
    assert (link.get("href"), link.get("rel")) == ("https://example.org/ar/1", "noopener noreferrer")
    assert {(block.tag, block.get("dir"), block.get("lang")) for block in card.xpath(".//*[@dir]")} == {
        ("h4", "auto", "ar"),
        ("blockquote", "auto", "ar"),
        ("time", "ltr", None),
    }


def test_what_is_unknown_is_said_to_be() -> None:
    bare = replace(ENGLISH, title="", source="", published=None, url=None, lang="und")
    card = html.fragment_fromstring(evidence_html(answer(bare, "shelling")))
    assert card.xpath("string(.//h4)") == "Untitled report"
    assert card.xpath("string(.//p[@class='m-facts'])") == "Source unknown · Date unknown · Language unknown · Rank 1"
    assert not card.xpath(".//a")


def test_a_whole_passage_is_not_marked() -> None:
    assert "<mark" not in evidence_html(abstention())


def test_a_hostile_report_stays_text() -> None:
    shown = evidence_html(answer(HOSTILE, '"the \u202eetisoppo\u202c"'))
    card = html.fragment_fromstring(shown)
    tags = {element.tag for element in card.iter()}
    assert tags == {
        *("article", "header", "span", "h4", "p", "bdi", "blockquote", "mark", "div", "button"),
        *("details", "summary", "dl", "dt", "dd"),
    }
    names = {name for element in card.iter() for name in element.attrib}
    assert names == {
        *("class", "id", "tabindex", "dir", "title", "aria-label", "type"),
        *("data-label", "data-address", "data-citation"),
    }
    assert card.xpath("string(.//h4)") == HOSTILE.title
    # The isolates of the text to copy are our own; every control of the report's is a label.
    assert not re.search("[\u202a-\u202e\u2066\u2067\u200e\u200f]", shown)
    assert not re.search("[\u2068\u2069]", re.sub(r'data-citation="[^"]*"', "", shown))
    assert card.xpath("string(.//mark)") == '"the RLOetisoppoPDF"'
    assert "$x^2$ **bold**" in card.text_content()


def test_numbers_link_to_their_cards() -> None:
    links = html.fragment_fromstring(citation_links((1, 2, 9), conflicting().citations, 2), create_parent=True)
    assert [link.get("href") for link in links.xpath("//a")] == [f"#{card_id(2, 1)}", f"#{card_id(2, 2)}"]
    assert links.text_content() == "[1] [2]"


def test_a_card_names_the_original_or_the_copies() -> None:
    plain = answer(ARABIC, ACCUSATION)
    assert "A copy of" not in evidence_html(plain) and "Copies of" not in evidence_html(plain)
    copied = replace(plain, citations=(replace(plain.citations[0], copy_of="<wire>"),))
    assert '<p class="m-note">A copy of <bdi>&lt;wire&gt;</bdi></p>' in evidence_html(copied)
    original = replace(plain, passages=(replace(found(ARABIC), copies=("b", "c")),))
    assert '<p class="m-note">Copies of this report: <bdi>b</bdi> · <bdi>c</bdi></p>' in evidence_html(original)


def test_who_says_so_is_marked_beside_the_quote() -> None:
    shown = marked(told(), found(ENGLISH).passage)
    assert shown is not None
    marks = html.fragment_fromstring(shown, create_parent=True).xpath(".//mark")
    assert [(mark.get("class"), mark.text_content()) for mark in marks] == [
        ("m-speaker", "Amina Saleh"),
        ("m-quote", TESTIMONY_QUOTE),
    ]
    assert [mark.get("data-label") for mark in marks] == ["Who says so: ", "Cited words: "]


def test_who_says_so_is_not_marked_where_it_is_not_in_the_passage_or_the_offsets_are_of_other_words() -> None:
    wrong = replace(told(), speaker_start=0, speaker_end=11)
    far = found(ENGLISH, start=ENGLISH.text.index("mortars")).passage
    for shown in (marked(wrong, found(ENGLISH).passage), marked(told(), far)):
        assert shown is not None and "m-speaker" not in shown and f"{TESTIMONY_QUOTE}</mark>" in shown


def test_a_card_says_how_its_words_are_told_before_them() -> None:
    accused = replace(answer(ENGLISH, TESTIMONY_QUOTE), citations=(replace(told(), stance=Stance.ACCUSED),))
    text = html.fragment_fromstring(evidence_html(accused)).text_content()
    assert text.index("Accusation") < text.index("According to Amina Saleh") < text.index("Residents woke")


def test_a_card_opens_the_report_and_copies_the_citation() -> None:
    first = replace(citation(ENGLISH, "shelling"), speaker_start=3, speaker_end=7)
    second = citation(ENGLISH, "at dawn", 2)
    both = replace(answer(ENGLISH, "shelling"), citations=(first, second, citation(ARABIC, ACCUSATION, 3)))
    cards = html.fragment_fromstring(evidence_html(both, collection="Sudan & more"), create_parent=True)
    contexts = cards.xpath(".//button[@class='m-context']/@data-address")
    queries = [parse_qs(urlsplit(address).query) for address in contexts]
    # Its own words come first, then others of the same report; none of another report.
    assert [query["marks"] for query in queries] == [
        [f"{first.start}-{first.end},{second.start}-{second.end}"],
        [f"{second.start}-{second.end},{first.start}-{first.end}"],
        [f"{ARABIC.text.index(ACCUSATION)}-{ARABIC.text.index(ACCUSATION) + len(ACCUSATION)}"],
    ]
    assert queries[0]["speakers"] == ["3-7"] and queries[0]["lang"] == ["en"]
    assert queries[0]["doc"] == ["airport.txt"] and queries[0]["collection"] == ["Sudan & more"]
    assert contexts[0].startswith("/report?collection=Sudan+%26+more&")
    copied = cards.xpath(".//button[@class='m-copy']/@data-citation")
    assert copied[0] == citation_text(first, ENGLISH)


def test_a_copy_that_was_not_read_is_shown_by_its_sentence() -> None:
    start = ENGLISH.text.index(TESTIMONY)
    cited = replace(told(), sentence_start=start, sentence_end=start + len(TESTIMONY))
    unread = replace(answer(ENGLISH, TESTIMONY_QUOTE), citations=(cited,), passages=())
    card = html.fragment_fromstring(evidence_html(unread, documents={ENGLISH.doc_id: ENGLISH}))
    assert card.xpath("string(.//blockquote)") == TESTIMONY
    assert "The sentence alone" in card.text_content()
    assert "The quoted words alone" in evidence_html(unread)
