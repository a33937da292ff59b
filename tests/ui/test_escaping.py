import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.visible import plain
from ui.escaping import attribute, inline, lang_attribute, web_address

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LABEL = re.compile(r'<bdi class="m-control" title="U\+[0-9A-F]{4}">[A-Z]{3}</bdi>')


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters=BIDI)))
def test_what_is_escaped_reads_the_same(text: str) -> None:
    assert html.unescape(inline(text)) == html.unescape(attribute(text)) == text


@given(st.text(st.sampled_from(f"<>&\"'ab\x00\ud800ا{BIDI}")))
def test_nothing_can_leave_its_place(text: str) -> None:
    for shown in (_LABEL.sub("", inline(text)), attribute(text)):
        assert not set(shown) & set("<>\"'\x00\ud800" + BIDI)


def test_every_control_of_direction_gets_a_label() -> None:
    assert plain(BIDI) == "[ALM][LRM][RLM][LRE][RLE][PDF][LRO][RLO][LRI][RLI][FSI][PDI]"


@pytest.mark.parametrize("url", ["http://example.org", "https://example.org/a?b=1&c=2#d", "https://[::1]:8080/x"])
def test_web_addresses_are_links(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.org/a",
        "https://",
        "https://[broken",
        "https://example.org/\u202egpj.exe",
        "https://example.org/a b",
        "",
        None,
    ],
)
def test_anything_else_is_not(url: str | None) -> None:
    assert web_address(url) is None


@pytest.mark.parametrize("lang", ["und", "", "x", 'en" onclick="alert(1)', "en-US", "en\n"])
def test_a_language_that_is_no_code_gives_no_attribute(lang: str) -> None:
    assert lang_attribute(lang) == ""
