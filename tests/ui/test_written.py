from dataclasses import replace

from lxml import html

from rag.types import Answer, Stance, WrittenSentence
from tests.ui.samples import ENGLISH, TESTIMONY_QUOTE, abstention, answer, told
from ui.render import answer_html
from ui.written import unsupported_html, written_html


def written() -> Answer:
    """A model wrote three sentences, one of which nothing supports."""
    sentences = (
        WrittenSentence("A resident blamed the <army>.", (1,), True, None),
        WrittenSentence("It was at dawn.", (2,), True, None),
        WrittenSentence("The <army> was punished.", (), False, "no passage says “punished”"),
    )
    accused, plain = replace(told(), stance=Stance.ACCUSED), replace(told(), number=2, speaker=None)
    text = "A resident blamed the <army>. [1] It was at dawn. [2]"
    found = answer(ENGLISH, TESTIMONY_QUOTE, Stance.ACCUSED, "Amina Saleh")
    return replace(found, text=text, engine="some-model", citations=(accused, plain), sentences=sentences)


def test_supported_sentences_have_their_citations_and_what_is_ascribed_says_so_first() -> None:
    shown = html.fragment_fromstring(written_html(written(), 1))
    assert [line.text_content() for line in shown.xpath(".//li")] == [
        "Accusation According to Amina SalehA resident blamed the <army>. [1]",
        "It was at dawn. [2]",
    ]
    assert "language model some-model" in shown.text_content()


def test_what_is_not_supported_stands_apart_with_the_reason() -> None:
    shown = html.fragment_fromstring(answer_html(written()))
    (apart,) = shown.xpath("details[@class='m-unsupported']")
    text = apart.text_content()
    assert "no part of the answer" in text and "Not supported" in text and "Why: no passage says “punished”" in text
    assert text.index("Not supported") < text.index("was punished")
    assert shown.text_content().count("was punished") == 1
    assert apart.get("open") is None and not apart.xpath(".//a")


def test_where_no_sentence_is_supported_the_reports_answer_stays_the_answer() -> None:
    lone = replace(written(), engine="extractive", text=TESTIMONY_QUOTE, sentences=written().sentences[2:])
    shown = html.fragment_fromstring(answer_html(lone))
    assert not shown.xpath(".//div[@class='m-written']") and shown.xpath("ol[@class='m-claims']")
    assert "was punished" in unsupported_html(lone)
    assert "was punished" in answer_html(replace(abstention(), sentences=lone.sentences))


def test_where_no_model_wrote_nothing_is_shown() -> None:
    plain = answer(ENGLISH, TESTIMONY_QUOTE)
    assert written_html(plain, 1) == unsupported_html(plain) == ""
