import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from index.types import Filters
from rag.packs import pack_from_text, pack_to_json, read_pack
from tests.ui.export.samples import ATTACK, accused, disputed, hostile, pack, written
from tests.ui.samples import HOSTILE
from ui.export import pack_html
from ui.strings import ARABIC, CATALOGUES, ENGLISH, Strings


class Tags(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _section(page: str) -> str:
    return page[page.index("<section>") : page.index("</section>")]


def test_the_page_carries_the_pack(tmp_path: Path) -> None:
    made = pack(accused(), disputed(), written())
    file = tmp_path / "pack.html"
    file.write_text(pack_html(made, ENGLISH), encoding="utf-8")
    assert read_pack(file) == made


def test_the_quote_is_marked_in_its_sentence() -> None:
    page = pack_html(pack(accused()), ENGLISH)
    assert '<mark class="quote">قوات الدعم السريع</mark>' in page
    assert '<mark class="speaker">بيان للجيش</mark>' in page
    assert '<blockquote dir="auto" lang="ar">اتهم <mark class="speaker">' in page
    assert 'id="c1-1"' in page and 'href="#c1-1"' in page


def test_how_it_is_told_stands_before_the_words() -> None:
    section = _section(pack_html(pack(accused()), ENGLISH))
    told, speaker, words = (section.index(part) for part in (">Accusation<", "بيان للجيش", '<p class="claim"'))
    assert told < speaker < words
    assert "the report does not establish it" in section


def test_what_a_model_wrote_is_told_apart_from_what_is_not_supported() -> None:
    section = _section(pack_html(pack(written()), ENGLISH))
    assert "Written by the language model local:writer" in section
    assert section.index(">Accusation<") < section.index("Mortars were fired.")
    assert section.index(ENGLISH.export_unsupported) < section.index("<s>Everyone fled.</s>")


def test_a_conflict_a_denial_and_changes_are_shown() -> None:
    section = _section(pack_html(pack(disputed()), ENGLISH))
    assert ENGLISH.conflict_denied in section
    assert ENGLISH.disputed in section
    assert "2023-04-16 – 2023-04-17" in section
    assert "with weaker evidence and not shown: 2" in section


def test_an_abstention_shows_no_answer() -> None:
    whole = replace(accused().citations[0], stance=None, speaker=None, speaker_start=None, speaker_end=None,
                    sentence_start=None, sentence_end=None)  # fmt: skip
    answer = replace(accused(), abstained=True, claims=(), text=None, citations=(replace(whole, number=2), whole))
    section = _section(pack_html(pack(answer), ENGLISH))
    assert ENGLISH.abstained in section
    assert ENGLISH.export_nearest in section
    assert 'class="claims"' not in section and "<mark" not in section
    assert section.index('id="c1-1"') < section.index('id="c1-2"')


def test_filters_fingerprints_and_ranks_are_there() -> None:
    filters = Filters(date(2023, 1, 2), None, ("The Daily Paper",), ("ar",), (), ("x.txt",))
    page = pack_html(pack(accused(), filters=filters), ENGLISH)
    for words in ('on or after <bdi dir="ltr">2023-01-02</bdi>', "sources: The Daily Paper", "languages: Arabic",
                  "x.txt", "a" * 64, "b" * 64, "mustanad replay PACK.html", "#1 · 0.900"):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("strings", CATALOGUES.values(), ids=lambda strings: strings.lang)
def test_nothing_hostile_becomes_an_element(strings: Strings) -> None:
    page = pack_html(pack(hostile()), strings)
    elements = Tags(page).found
    assert [attributes for tag, attributes in elements if tag == "script"] == [
        {"type": "application/json", "id": "mustanad-pack"}
    ]
    assert not [tag for tag, _ in elements if tag in ("img", "svg", "iframe", "link", "object", "base", "form")]
    for _, attributes in elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert not (attributes.get("href") or "#").startswith("javascript:")
    assert "\u202e" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_nothing_hostile_ends_the_packs_own_element() -> None:
    made = pack(hostile())
    page = pack_html(made, ENGLISH)
    inside = page.split('id="mustanad-pack">')[1]
    assert inside.count("</script") == 1 and "<!--" not in inside and "\u2028" not in inside
    assert json.loads(inside.partition("</script>")[0]) == json.loads(json.dumps(pack_to_json(made)))
    assert pack_from_text(page) == made
    assert ATTACK in pack_from_text(page).turns[0].answer.question


def test_the_policy_lets_nothing_run_and_nothing_load() -> None:
    page = pack_html(pack(accused()), ENGLISH)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy[1] and "unsafe" not in policy[1]
    assert not re.search(r"url\(|@import", page)
    assert HOSTILE.url is not None and f'href="{HOSTILE.url}' not in pack_html(pack(hostile()), ENGLISH)


def test_the_page_in_arabic_runs_from_right_to_left() -> None:
    page = pack_html(pack(accused()), ARABIC)
    assert '<html lang="ar" dir="rtl">' in page
    assert "<h1>ملف الأدلة</h1>" in page
    assert "<bdi>2024-03-14T09:30:00+00:00</bdi>" in page


def test_the_days_of_filters_keep_their_order_among_arabic_letters() -> None:
    narrowed = pack_html(pack(accused(), filters=Filters(since=date(2024, 3, 15))), ARABIC)
    assert '<li dir="auto">نُشر في <bdi dir="ltr">2024-03-15</bdi> أو بعده</li>' in narrowed
