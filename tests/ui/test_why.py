from dataclasses import replace

from lxml import html

from index.types import Bridged, Document, ListScore
from tests.ui.samples import ARABIC, ENGLISH, HOSTILE, found
from ui.why import matched_names, matched_words, why_html


def test_words_are_the_reports_own_and_match_as_the_index_compares_them() -> None:
    # "airports" and "hits" are stemmed; "dawn" is written in capitals; "banana" is in no passage.
    assert matched_words("Airports: who HITS them at DAWN? banana", found(ENGLISH)) == ("hit", "airport", "at", "dawn")
    # With and without article, vowel marks and the plural's ending.
    assert matched_words("هجومٌ على مطارات الجيش", found(ARABIC)) == ("للجيش", "الهجوم", "على", "المطار")


def test_only_the_passages_words_count() -> None:
    assert matched_words("shelling", found(ENGLISH, start=28)) == ()


def test_text_without_spaces_gives_pairs_of_characters() -> None:
    document = Document("zh", "军队袭击了机场", lang="zh")
    assert matched_words("谁袭击机场", found(document)) == ("袭击", "机场")


def test_another_name_counts_where_all_its_words_are_there() -> None:
    bridged = Bridged("Sudanese forces", ("قوات الدعم السريع", "قوات السودان", "…"), "alias")
    assert matched_names(bridged, found(ARABIC)) == ("قوات الدعم السريع",)


def test_every_list_says_where_it_put_the_passage() -> None:
    hit = replace(
        found(ENGLISH, rank=2),
        score=1.234,
        dense=ListScore(7, 0.8125),
        bm25=ListScore(None, 0.0),
        late=None,
        bridged=(Bridged("مطار", ("airport",), "transliteration"), Bridged("x", ("banana",), "alias")),
    )
    shown = html.fragment_fromstring(why_html("airport?", hit))
    assert shown.tag == "details" and shown.get("open") is None
    names = [name.text_content() for name in shown.xpath(".//dt")]
    assert dict(zip(names, (value.text_content() for value in shown.xpath(".//dd")), strict=True)) == {
        "Place among the passages read": "Rank 2, score 1.23. Scores compare within one search only.",
        "Words shared with the question": "airport",
        "By words (BM25)": "Not among its first results",
        "By meaning (embedding)": "Rank 7, score 0.812",
        "Other forms of a name": "مطار: airport",
    }


def test_a_passage_found_by_its_meaning_says_so() -> None:
    assert "None: it was found by its meaning" in why_html("banana", found(ENGLISH))


def test_hostile_words_stay_text() -> None:
    hit = replace(found(HOSTILE), bridged=(Bridged("<img src=x>", ("script",), "alias"),))
    shown = html.fragment_fromstring(why_html("alert <script>", hit))
    assert {element.tag for element in shown.iter()} == {"details", "summary", "dl", "dt", "dd", "bdi"}
