"""Collections on the page: a new one, reports sent to it, asked, taken away."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'")
from playwright.sync_api import expect

import rag
from tests.browser.asking import ask, visible_cards
from tests.browser.conftest import PATIENCE_MS, OpenPage, served
from tests.browser.test_accessibility import violations
from tests.index.loading.files import text_pdf
from tests.ui.samples import ARABIC
from tests.ui.samples import ENGLISH as SAMPLE
from ui.collections import Workspace
from ui.strings import CATALOGUES, ENGLISH

if TYPE_CHECKING:
    from playwright.sync_api import Page

FERRY = ["VEXHOLM, 3 May 2024. The ferry Aldra sank off Vexholm on Thursday.", "The coast guard rescued 41 passengers."]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "collections"


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    workspace = Workspace(folder=folder)
    workspace.create("ferries")
    with served(workspace) as at:
        yield at


def open_collections(page: "Page", strings_of: str = "en") -> None:
    """Show the tab of the collections."""
    page.get_by_role("tab", name=CATALOGUES[strings_of].collections).click()
    page.locator("#m-collection-figures").wait_for()


def test_a_pdf_is_sent_and_asked_about(open_page: OpenPage, address: str, folder: Path, tmp_path: Path) -> None:
    sent = tmp_path / "ferry.pdf"
    sent.write_bytes(text_pdf(FERRY))
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing more")
    page = open_page(at=address, empty=True)
    expect(page.locator("#m-conversation")).to_contain_text(ENGLISH.no_reports)
    open_collections(page)
    page.locator("#m-add-files input[type=file]").set_input_files([sent, broken])
    expect(page.locator("#m-add-files")).to_contain_text("broken")
    page.locator("#m-add").click()
    told = page.locator("#m-collection-status")
    expect(told).to_contain_text("broken.pdf", timeout=PATIENCE_MS)
    expect(page.locator("#m-collection-figures")).to_contain_text("1")
    assert sorted(path.name for path in (folder / "ferries" / "files").iterdir()) == ["ferry.pdf"]

    page.get_by_role("tab", name=ENGLISH.tab_ask).click()
    expect(page.locator("#m-holdings")).to_contain_text("1")
    turn = ask(page, "How many passengers were rescued?")
    expect(turn.locator(".m-claim").first).to_contain_text("41")
    assert "41" in visible_cards(page).first.locator("mark").first.inner_text()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("lang", CATALOGUES)
def test_axe_finds_nothing_among_the_collections(open_page: OpenPage, address: str, lang: str, dark: bool) -> None:
    page = open_page(at=address, lang=lang, dark=dark, empty=True)
    open_collections(page, lang)
    assert violations(page) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("lang", CATALOGUES)
def test_axe_finds_nothing_in_a_collection_with_reports(
    open_page: OpenPage, address: str, folder: Path, lang: str, dark: bool
) -> None:
    with rag.open(folder / "ferries" / "index") as made:
        made.add_documents([ARABIC, SAMPLE])
    page = open_page(at=address, lang=lang, dark=dark)
    open_collections(page, lang)
    page.locator(".m-plots").wait_for()
    tops = page.locator("#m-collections > .column").evaluate_all(
        "columns => columns.map(one => [...one.children].find(child => child.offsetHeight).getBoundingClientRect().top)"
    )
    assert len(tops) == 2 and abs(tops[0] - tops[1]) <= 2, "both columns begin at one height"
    for fold in page.locator("#m-collections details summary").all():
        fold.click()
    assert violations(page) == []
