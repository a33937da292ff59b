"""What axe-core finds on the page, and what a screen reader is told."""

from collections.abc import Iterator

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'")
pytest.importorskip("axe_playwright_python", reason="axe is not installed: pip install -e '.[dev]'")
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.asking import ask
from tests.browser.conftest import OpenPage, served
from tests.ui.samples import FakeEngine
from ui.collections import Workspace
from ui.strings import CATALOGUES


@pytest.fixture(scope="module")
def made() -> Iterator[str]:
    with served(Workspace.single(FakeEngine(), "made")) as at:
        yield at


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.1 AA and good practice, a line each."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("lang", CATALOGUES)
def test_axe_finds_nothing(open_page: OpenPage, made: str, lang: str, dark: bool) -> None:
    page = open_page(at=made, lang=lang, dark=dark)
    assert violations(page) == [], "before anything was asked"
    ask(page, "من نفذ الهجوم؟")
    assert violations(page) == [], "with an answer"
    for view in ("timeline", "source"):
        page.locator(f".m-view[data-view={view}]").click()
        assert violations(page) == [], view
    page.locator(".m-view[data-view=cards]").click()
    page.locator(".m-context").first.click()
    page.locator("#m-hit-1").wait_for()
    assert violations(page) == [], "with a report in context"


def test_axe_finds_nothing_on_a_phone(open_page: OpenPage, made: str) -> None:
    page = open_page(at=made, width=390)
    page.locator("#m-side-toggle").click()
    ask(page, "Who won the cup?")
    assert violations(page) == []


def test_the_answers_arrival_is_spoken(open_page: OpenPage, made: str) -> None:
    page = open_page(at=made)
    ask(page, "Who?")
    expect(page.locator("#m-live")).to_have_text("The answer is here. Citations: 2")
    assert page.locator("#m-live").get_attribute("aria-live") == "polite"


def test_a_problem_is_shown_and_the_wait_is_over(open_page: OpenPage, made: str) -> None:
    page = open_page(at=made)
    turn = ask(page, "broken")
    expect(turn.locator("[role=alert]")).to_contain_text("the index <b>is broken</b>")
    expect(page.locator(".m-waiting")).to_have_count(0)
    expect(page.locator("#m-question .submit-button")).to_be_visible()
