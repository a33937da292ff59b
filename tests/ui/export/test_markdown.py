import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.ui.export.samples import ATTACK, accused, disputed, hostile, pack, written
from ui.export import pack_markdown
from ui.export.markdown import escaped
from ui.strings import CATALOGUES, ENGLISH, Strings

HARMLESS = {"text", "text_special", "softbreak", "strong_open", "strong_close"}


def _parse(text: str) -> tuple[list[Token], list[Token]]:
    """Blocks, and what stands in them."""
    blocks = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    return blocks, [inner for block in blocks for inner in block.children or ()]


@pytest.mark.parametrize("strings", CATALOGUES.values(), ids=lambda strings: strings.lang)
def test_nothing_hostile_becomes_markup(strings: Strings) -> None:
    blocks, inner = _parse(pack_markdown(pack(hostile()), strings))
    assert {token.type for token in inner} <= HARMLESS
    assert not {token.type for token in blocks} & {"html_block", "fence", "hr"}
    # The one block of code is the command; the headings are the interface's own.
    assert [token.content for token in blocks if token.type == "code_block"] == [
        "mustanad replay PACK.json --index DIR\n"
    ]
    levels = [token.tag for token in blocks if token.type == "heading_open"]
    assert levels == ["h1", "h2", "h3", "h3", "h3", "h2", "h2"]
    rows = [token for token in blocks if token.type == "tr_open"]
    assert len(rows) == 2


def test_no_address_of_a_report_is_left_whole() -> None:
    shown = pack_markdown(pack(hostile()), ENGLISH)
    for address in ("https://", "www.evil", "a@evil", "javascript:"):
        assert address in ATTACK
        assert address not in shown


@given(st.text(st.sampled_from("a #*_-+=>`~[]()<>!|\\&;:1.)\n\t\r\"'\u2028{}$^/@"), max_size=30))
def test_escaped_text_is_text(text: str) -> None:
    words = escaped(text)
    blocks, inner = _parse(words)
    assert {token.type for token in blocks} <= {"paragraph_open", "inline", "paragraph_close"}
    assert {token.type for token in inner} <= {"text", "text_special"}
    assert "".join(token.content for token in inner).replace("\u2060", "") == " ".join(text.split())


def test_it_says_what_the_page_says() -> None:
    shown = pack_markdown(pack(accused()), ENGLISH)
    assert "- **Accusation** · According to \u2068بيان للجيش\u2069: \u2068قوات الدعم السريع\u2069 \\[1\\]" in shown
    assert "> اتهم بيان للجيش **\u2068قوات الدعم السريع\u2069** بتنفيذ" in shown
    assert "| 1 | \u2068khartoum\\.txt\u2069 |" in shown
    assert "a" * 64 in shown and "b" * 64 in shown


def test_a_conflict_a_denial_and_changes_are_shown() -> None:
    shown = pack_markdown(pack(disputed()), ENGLISH)
    assert "some say this, others deny it" in shown.replace("\\", "")
    assert "Disputed" in shown
    assert "2023\\-04\\-16 – 2023\\-04\\-17" in shown


def test_what_is_not_supported_stands_apart() -> None:
    shown = pack_markdown(pack(written()), ENGLISH)
    assert shown.index("Mortars were fired") < shown.index("no part of the answer") < shown.index("Everyone fled")
    assert "**Accusation** · According to \u2068بيان للجيش\u2069: \u2068Mortars were fired\\.\u2069" in shown
