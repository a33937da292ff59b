import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from index.types import Document
from tests.ui.samples import ACCUSATION, ARABIC, ENGLISH, HOSTILE
from ui.citing import document_hash
from ui.context import Mark, context_html
from ui.strings import ARABIC as ARABIC_WORDS


def report(document: Document, *marks: Mark) -> html.HtmlElement:
    return html.fragment_fromstring(context_html(document, marks))


def stretch(document: Document, words: str, number: int = 1) -> Mark:
    start = document.text.index(words)
    return Mark(start, start + len(words), "quote", number)


def test_the_whole_report_is_there_with_the_words_marked() -> None:
    shown = report(ARABIC, stretch(ARABIC, ACCUSATION))
    paragraphs = shown.xpath(".//div[@class='m-report-text']/p")
    assert [paragraph.text_content() for paragraph in paragraphs] == ARABIC.text.split("\n")
    assert {paragraph.get("dir") for paragraph in paragraphs} == {"auto"}
    (mark,) = shown.xpath(".//*[@id='m-hit-1']")
    assert mark.text_content() == ACCUSATION


def test_a_quote_of_several_paragraphs_is_marked_in_each_and_begins_once() -> None:
    document = replace(ENGLISH, text="First line.\n\n  Second line.\nThird.")
    shown = report(document, Mark(6, 30, "quote", 4))
    pieces = shown.xpath(".//mark[@data-hits='4']")
    assert [piece.text_content() for piece in pieces] == ["line.", "  Second line.", "Th"]
    assert [piece.get("id") for piece in pieces] == ["m-hit-4", None, None]


def test_a_quote_that_begins_at_a_line_break_begins_with_its_words() -> None:
    document = replace(ENGLISH, text="One.\n\nTwo.")
    (mark,) = report(document, Mark(4, 10, "quote", 1)).xpath(".//mark")
    assert (mark.get("id"), mark.text_content()) == ("m-hit-1", "Two.")


def test_the_head_says_where_the_report_is_from() -> None:
    shown = html.fragment_fromstring(context_html(ARABIC, (), copies=(ARABIC.doc_id, "copy.txt")))
    text = shown.xpath("string(header)")
    assert ARABIC.title in text and "وكالة الأنباء · 2023-04-16 · Arabic · Go to the original" in text
    assert "Document: khartoum.txt" in text and document_hash(ARABIC) in text
    assert text.endswith("Copies of this report: copy.txt")
    assert shown.xpath("header//a/@href") == ["https://example.org/ar/1"]


def test_the_buttons_are_there_where_there_are_quotes() -> None:
    marks = [stretch(ENGLISH, "shelling"), stretch(ENGLISH, "dawn", 2), Mark(0, 9, "speaker", 1)]
    shown = report(ENGLISH, *marks)
    assert [button.get("class") for button in shown.xpath(".//button")] == ["m-previous", "m-next"]
    assert shown.xpath("string(.//span[@class='m-hit-count'])") == "1 / 2"
    assert not report(ENGLISH, marks[2]).xpath(".//button")
    arabic = context_html(ENGLISH, marks, ARABIC_WORDS)
    assert ">السابق</button>" in arabic and ">التالي</button>" in arabic


def test_marks_outside_the_report_are_refused() -> None:
    with pytest.raises(ValueError, match="lies outside"):
        context_html(ENGLISH, [Mark(0, 10_000, "quote", 1)])


def test_a_hostile_report_stays_text() -> None:
    document = replace(HOSTILE, text=f"{HOSTILE.text}\n<p dir=rtl>\u2067", doc_id="<svg onload=alert(7)>\u202e")
    start = document.text.index("<script>")
    shown = context_html(document, [Mark(start, start + 25, "quote", 1)], copies=("<b>",))
    root = html.fragment_fromstring(shown)
    tags = {element.tag for element in root.iter()}
    assert tags == {"article", "header", "h2", "p", "bdi", "br", "div", "button", "span", "mark"}
    assert root.xpath("string(.//mark)") == "<script>alert(1)</script>"
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", shown)
    assert not root.xpath(".//@onload | .//@onerror | .//@onclick | .//@href")


@given(st.text(st.sampled_from("ab \n\u202eا<"), max_size=40), st.integers(0, 40), st.integers(1, 20))
def test_any_quote_keeps_the_text_and_begins_exactly_once(text: str, start: int, length: int) -> None:
    document = Document("d", text)
    mark = Mark(start, start + length, "quote", 1)
    if mark.end > len(text) or not text[mark.start : mark.end].strip():
        with pytest.raises(ValueError, match="mark"):
            context_html(document, [mark])
        return
    body = html.fragment_fromstring(context_html(document, [mark])).xpath(".//div[@class='m-report-text']")[0]
    lines = [line for line in text.replace("\u202e", "RLO").split("\n") if line.strip()]
    assert [paragraph.text_content() for paragraph in body] == lines
    assert len(body.xpath(".//@id")) == 1
