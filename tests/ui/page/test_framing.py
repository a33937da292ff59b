from lxml import html

from index.store import Contents
from ui.page.framing import header_html, holdings_html, privacy_html, words_html
from ui.strings import CATALOGUES, ENGLISH


def test_where_text_goes_is_told() -> None:
    assert ENGLISH.stays_here in privacy_html(None)
    sent = html.fragment_fromstring(privacy_html("http://203.0.113.7/<v1>"))
    assert "are sent to http://203.0.113.7/<v1>." in sent.text_content()


def test_what_a_collection_holds_is_told_in_figures() -> None:
    contents = Contents(1200, 3400, {"en": 1, "ar": 2}, {}, "2023-04-16", "2023-04-17")
    shown = html.fragment_fromstring(holdings_html(contents)).text_content()
    assert (
        shown
        == "Reports: 1,200 · passages: 3,400 · languages: Arabic · English · published from 2023-04-16 to 2023-04-17"
    )


def test_each_interface_leads_to_the_other() -> None:
    for lang, other in (("en", "/ar/"), ("ar", "/?lang=en")):
        assert html.fragment_fromstring(header_html(CATALOGUES[lang])).xpath("//a/@href") == [other]


def test_the_script_has_its_words() -> None:
    for strings in CATALOGUES.values():
        words = html.fragment_fromstring(words_html(strings), create_parent=True).xpath("//*[@id='m-words']")[0]
        assert words.get("data-copied") == strings.copied and words.get("data-dialog") == strings.report_dialog
