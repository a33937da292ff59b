"""Saving the evidence of a conversation, and replaying it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'")
from playwright.sync_api import expect

import rag
from rag.packs import Verdict, read_pack, replay
from tests.browser.asking import ARABIC_QUESTION, ask
from tests.browser.conftest import OpenPage
from ui.strings import ENGLISH

if TYPE_CHECKING:
    from playwright.sync_api import Page


def save(page: "Page") -> None:
    """Unfold the part of the page that saves, and press its button."""
    page.locator("#m-save > button").click()
    page.locator("#m-save-button").click()


def downloaded(page: "Page", ending: str, folder: Path) -> Path:
    """One of the files that the page offers, as the browser keeps it."""
    with page.expect_download() as waiting:
        page.locator(f"#m-saved a[download$='.{ending}']").first.click()
    kept = folder / waiting.value.suggested_filename
    waiting.value.save_as(kept)
    return kept


def test_a_saved_conversation_replays_as_it_was(open_page: OpenPage, reports: rag.Reports, tmp_path: Path) -> None:
    page = open_page()
    page.locator("#m-until input, #m-until textarea").fill("2024-12-31")
    ask(page, ARABIC_QUESTION)
    ask(page, "What fell on the lighthouse of Vexholm?")
    shown = page.locator(".m-turn").first.locator(".m-claim strong").first.inner_text()
    save(page)
    expect(page.locator("#m-saved a[download]")).to_have_count(3)
    files = {ending: downloaded(page, ending, tmp_path) for ending in ("html", "json", "md")}

    pack = read_pack(files["json"])
    assert [turn.answer.question for turn in pack.turns] == [ARABIC_QUESTION, "What fell on the lighthouse of Vexholm?"]
    assert pack.turns[0].answer.claims[0].answer == shown
    assert read_pack(files["html"]) == pack
    assert shown in files["md"].read_text(encoding="utf-8")
    assert json.loads(files["json"].read_text(encoding="utf-8"))["turns"][0]["filters"]["until"] == "2024-12-31"
    assert replay(pack, reports).verdict is Verdict.IDENTICAL

    # The saved page is read without this server, and its reports' markup is text there, too.
    page.goto(files["html"].as_uri())
    assert page.locator("h2").first.inner_text() == ARABIC_QUESTION
    assert page.locator("img, iframe, [onerror], [onclick]").count() == 0


def test_before_a_question_there_is_nothing_to_save(open_page: OpenPage) -> None:
    page = open_page()
    save(page)
    expect(page.locator("#m-save-told")).to_have_text(ENGLISH.save_nothing)
    expect(page.locator("#m-saved")).to_have_count(0)
