from dataclasses import replace

from lxml import html

from rag.types import Citation
from tests.ui.samples import ENGLISH, HOSTILE, TESTIMONY, TESTIMONY_QUOTE, citation, told
from ui.quoting import excerpt, is_of, quote_block, quoted, quoted_html, sentence_span


def test_a_quote_stands_in_its_sentence() -> None:
    words = quoted(told(), ENGLISH)
    assert words.before + words.quote + words.after == TESTIMONY
    assert words.quote == TESTIMONY_QUOTE == ENGLISH.text[told().start : told().end]
    shown = html.fragment_fromstring(quoted_html(told(), ENGLISH), create_parent=True)
    assert shown.text_content() == TESTIMONY
    assert shown.xpath("string(strong)") == TESTIMONY_QUOTE


def test_a_quote_that_is_the_whole_sentence_does_not_stand_out() -> None:
    start = ENGLISH.text.index(TESTIMONY)
    whole = replace(citation(ENGLISH, TESTIMONY[:-1]), sentence_start=start, sentence_end=start + len(TESTIMONY))
    assert quoted_html(whole, ENGLISH) == TESTIMONY


def test_offsets_that_do_not_fit_give_the_quote_alone() -> None:
    other = replace(ENGLISH, text="x" + ENGLISH.text)
    cases: list[tuple[Citation, object]] = [
        (told(), None),
        (told(), other),
        (told(), replace(ENGLISH, doc_id="else")),
        (replace(told(), sentence_end=len(ENGLISH.text) + 1), ENGLISH),
        (replace(told(), sentence_start=told().start + 1), ENGLISH),
        (replace(told(), sentence_start=-1), ENGLISH),
        (replace(told(), sentence_start=None), ENGLISH),
        (replace(told(), start=-5), ENGLISH),
    ]
    for cited, document in cases:
        words = quoted(cited, document)  # type: ignore[arg-type]
        assert (words.before, words.quote, words.after) == ("", TESTIMONY_QUOTE, "")
    assert sentence_span(told(), other) is None and not is_of(told(), other)


def test_a_sentence_without_end_is_cut_between_words_and_the_quote_is_not() -> None:
    text = "left " * 100 + "QUOTE" + " right" * 100
    document = replace(ENGLISH, text=text)
    cited = replace(citation(document, "QUOTE"), sentence_start=0, sentence_end=len(text))
    words = quoted(cited, document, most=12)
    assert (words.before, words.quote, words.after) == ("… left left ", "QUOTE", " right …")


def test_of_a_passage_that_answers_nothing_the_beginning_is_shown() -> None:
    document = replace(ENGLISH, text="word " * 200)
    shown = html.fragment_fromstring(quote_block(citation(document, document.text), document))
    assert shown.text_content().strip().endswith("word …") and len(shown.text_content()) < 250
    assert excerpt("short") == "short"


def test_hostile_words_stay_text() -> None:
    cited = replace(citation(HOSTILE, "<script>alert(1)</script>"), sentence_start=0, sentence_end=len(HOSTILE.text))
    shown = html.fragment_fromstring(quoted_html(cited, HOSTILE), create_parent=True)
    assert {element.tag for element in shown.iter()} == {"div", "strong", "bdi"}
    assert shown.xpath("string(strong)") == "<script>alert(1)</script>"
