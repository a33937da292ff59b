"""A language model that writes, and stopping it."""

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'")
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, served
from tests.ui.samples import FakeEngine
from tests.ui.test_asking import FakeWriter, WrittenEngine
from ui.collections import Workspace
from ui.strings import CATALOGUES, ENGLISH


def test_text_is_shown_as_it_comes_and_can_be_stopped(open_page: OpenPage) -> None:
    writer = FakeWriter()
    with served(Workspace.single(WrittenEngine(), "made"), writer) as at:
        page = open_page(at=at)
        expect(page.locator(".m-sent")).to_contain_text(writer.destination)
        page.locator("#m-question textarea").fill("Who?")
        page.keyboard.press("Enter")
        expect(page.locator(".m-writing")).to_have_text("The army accuses")
        expect(page.locator(".m-turn .m-claim").first).to_be_visible()
        page.locator("#m-question .stop-button").click()
        page.locator(".m-turn[data-phase=stopped]").wait_for()
        expect(page.locator(".m-turn")).to_contain_text(ENGLISH.stopped)
        expect(page.locator("#m-question .submit-button")).to_be_visible()
        writer.goes_on.set()
        assert writer.ended.wait(10)


def test_evidence_comes_before_the_answer_and_a_stop_keeps_it(open_page: OpenPage) -> None:
    engine = FakeEngine()
    with served(Workspace.single(engine, "made")) as at:
        page = open_page(at=at)
        page.locator("#m-question textarea").fill("wait")
        page.keyboard.press("Enter")
        expect(page.locator("#m-evidence .m-card").first).to_be_visible()
        page.locator(".m-turn[data-phase=reading]").wait_for()
        page.locator("#m-question .stop-button").click()
        page.locator(".m-turn[data-phase=stopped]").wait_for()
        engine.waits.set()
        page.locator("#m-question textarea").fill("Who?")
        page.keyboard.press("Enter")
        page.locator(".m-turn[data-phase=done]").wait_for()
        expect(page.locator(".m-turn")).to_have_count(2)


def test_a_question_sent_while_another_is_answered_is_asked_after_it(open_page: OpenPage) -> None:
    engine = FakeEngine()
    with served(Workspace.single(engine, "made")) as at:
        page = open_page(at=at)
        page.locator("#m-question textarea").fill("wait")
        page.keyboard.press("Enter")
        page.locator(".m-turn[data-phase=reading]").wait_for()
        page.locator("#m-question textarea").fill("Who?")
        page.keyboard.press("Enter")
        engine.waits.set()
        page.locator(".m-turn:nth-of-type(2)[data-phase=done]").wait_for()
        expect(page.locator(".m-question")).to_have_text(["wait", "Who?"])
        expect(page.locator("#m-question textarea")).to_have_value("")


def test_enter_pressed_twice_asks_once(open_page: OpenPage) -> None:
    engine = FakeEngine()
    with served(Workspace.single(engine, "made")) as at:
        page = open_page(at=at)
        page.locator("#m-question textarea").fill("wait")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.locator(".m-turn[data-phase=reading]").wait_for()
        page.locator("#m-question textarea").fill("Half a")
        engine.waits.set()
        page.locator(".m-turn[data-phase=done]").wait_for()
        expect(page.locator("#m-question .submit-button")).to_be_visible()
        page.wait_for_timeout(500)  # in which a second asking would show itself
        expect(page.locator(".m-question")).to_have_text(["wait"])
        expect(page.locator("#m-question textarea")).to_have_value("Half a")


@pytest.mark.parametrize("lang", CATALOGUES)
def test_a_lost_connection_is_told_and_nothing_waits_for_ever(open_page: OpenPage, lang: str) -> None:
    strings = CATALOGUES[lang]
    engine = FakeEngine()
    with served(Workspace.single(engine, "made")) as at:
        page = open_page(at=at, lang=lang)
        page.locator("#m-question textarea").fill("wait")
        page.keyboard.press("Enter")
        page.locator(".m-turn[data-phase=reading]").wait_for()
        expect(page.locator(".m-waiting")).to_be_visible()
        # As if the server were gone: nothing that is asked of it comes back.
        page.context.set_offline(True)
        expect(page.locator("#m-lost")).to_contain_text(strings.connection_lost)
        expect(page.locator(".m-waiting")).to_have_count(0)
        expect(page.locator(".m-turn")).to_contain_text(strings.connection_lost)
        expect(page.locator("#m-lost button")).to_have_text(strings.reload)
        engine.waits.set()
