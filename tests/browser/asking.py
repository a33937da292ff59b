"""What the tests do on the page, as a person would."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ARABIC_QUESTION = "من نفذ هجوم سوق ناردوم؟"


def ask(page: "Page", question: str) -> "Locator":
    """Type a question and press Enter; the turn when its answer is there."""
    before = page.locator(".m-turn").count()
    page.locator("#m-question textarea").fill(question)
    page.keyboard.press("Enter")
    turn = page.locator(".m-turn").nth(before)
    page.locator(f".m-turn:nth-of-type({before + 1})[data-phase=done]").wait_for()
    return turn


def visible_cards(page: "Page") -> "Locator":
    """The cards of the turn that is unfolded."""
    return page.locator("#m-evidence details[open] .m-card")
