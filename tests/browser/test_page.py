"""The page in a browser: asking, evidence, filters, safety, mirroring, keys."""

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'")
from playwright.sync_api import expect

import rag
from tests.browser.asking import ARABIC_QUESTION, ask, visible_cards
from tests.browser.conftest import HOSTILE_REPORT, OpenPage
from ui.strings import CATALOGUES, ENGLISH


def test_a_question_in_arabic_shows_the_words_it_rests_on(open_page: OpenPage, reports: rag.Reports) -> None:
    page = open_page()
    ask(page, ARABIC_QUESTION)
    expected = reports.ask(ARABIC_QUESTION).citations[0]
    assert expected.lang == "ar"
    card = visible_cards(page).first
    marks = card.locator("mark.m-quote").all_inner_texts()
    assert "".join(marks) == expected.quote
    passage = card.locator("blockquote")
    assert passage.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert page.evaluate("document.fonts.check('16px \"Mustanad Arabic\"', 'سوق')")
    assert "Mustanad Arabic" in passage.evaluate("element => getComputedStyle(element).fontFamily")


def test_a_citation_leads_to_its_card(open_page: OpenPage) -> None:
    page = open_page()
    turn = ask(page, ARABIC_QUESTION)
    page.locator(".m-view[data-view=timeline]").click()
    expect(visible_cards(page).first).to_be_hidden()
    link = turn.locator("a.m-link").last
    link.click()
    target = page.locator(str(link.get_attribute("href")))
    expect(target).to_be_focused()
    expect(target).to_be_in_viewport()
    expect(target).to_have_class(re.compile(r"\bm-lit\b"))


def test_the_report_in_context_opens_at_the_words_and_closes_again(open_page: OpenPage, reports: rag.Reports) -> None:
    page = open_page()
    ask(page, ARABIC_QUESTION)
    citation = reports.ask(ARABIC_QUESTION).citations[0]
    button = visible_cards(page).first.locator(".m-context")
    button.click()
    dialog = page.locator("#m-report")
    hit = dialog.locator("#m-hit-1")
    expect(hit).to_be_in_viewport()
    assert hit.inner_text() in citation.quote
    expect(dialog.locator(".m-report-text")).to_contain_text(reports.document(citation.doc_id).text.split("\n")[-1])
    previous, after = dialog.locator(".m-previous"), dialog.locator(".m-next")
    hits = dialog.locator("[id^='m-hit-']").count()
    place = dialog.locator(".m-hit-place")
    for _ in range(hits - 1):
        after.click()
    expect(place).to_have_text(str(hits))
    expect(after).to_have_attribute("aria-disabled", "true")
    for _ in range(hits - 1):
        previous.click()
    expect(place).to_have_text("1")
    expect(previous).to_have_attribute("aria-disabled", "true")
    expect(after).to_have_attribute("aria-disabled", str(hits == 1).lower())
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_a_citation_is_copied(open_page: OpenPage, reports: rag.Reports) -> None:
    page = open_page()
    ask(page, ARABIC_QUESTION)
    citation = reports.ask(ARABIC_QUESTION).citations[0]
    visible_cards(page).first.locator(".m-copy").click()
    expect(page.locator("#m-live")).to_have_text(ENGLISH.copied)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert citation.quote in copied and citation.source in copied
    assert copied == visible_cards(page).first.locator(".m-copy").get_attribute("data-citation")


def test_filters_narrow_and_mistakes_in_them_are_told(open_page: OpenPage, reports: rag.Reports) -> None:
    page = open_page()
    page.locator("#m-since input, #m-since textarea").fill("2024-11-01")
    ask(page, ARABIC_QUESTION)
    days = [text for facts in visible_cards(page).locator(".m-facts").all_inner_texts() for text in _days(facts)]
    assert days and min(days) >= "2024-11-01"
    assert "2024-11-01" in page.locator(".m-within").inner_text()
    page.locator("#m-until input, #m-until textarea").fill("2024-10-01")
    turn = ask(page, "Who?")
    expect(turn).to_contain_text("2024-10-01")
    expect(turn.locator("[role=alert]")).to_be_visible()
    page.locator("#m-reset").click()
    expect(page.locator("#m-since input, #m-since textarea")).to_have_value("")


def test_a_report_can_be_chosen_by_its_title(open_page: OpenPage, reports: rag.Reports) -> None:
    page = open_page()
    chosen = next(one for one in reports.documents() if one.lang == "fr" and one.title)
    field = page.locator("#m-docs input")
    field.fill(chosen.title[:25])
    page.locator("#m-docs [role=option], [role=listbox] [role=option]").first.click()
    ask(page, "Mirzolan")
    titles = set(visible_cards(page).locator("h4").all_inner_texts())
    assert titles == {chosen.title}


def test_a_hostile_report_is_text(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "What fell on the lighthouse of Vexholm?")
    card = visible_cards(page).filter(has_text="Vexholm").first
    expect(card.locator("h4")).to_have_text(HOSTILE_REPORT.title)
    expect(card.locator("blockquote")).to_contain_text("<script>alert(1)</script>")
    expect(card.locator(".m-control").first).to_have_text("RLO")
    card.locator(".m-context").click()
    expect(page.locator("#m-report .m-report-text")).to_contain_text("<img src=x onerror=alert(2)>")
    for inside in ("#m-evidence", "#m-conversation", "#m-report"):
        assert page.locator(f"{inside} :is(script, img, svg, iframe, [onerror], [onload], [onclick])").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0


def test_the_arabic_interface_mirrors(open_page: OpenPage) -> None:
    left: dict[str, dict[str, float]] = {}
    for lang in CATALOGUES:
        page = open_page(lang=lang)
        assert page.evaluate("document.documentElement.dir") == CATALOGUES[lang].direction
        assert page.evaluate("document.documentElement.lang") == lang
        boxes = {name: page.locator(f"#m-{name}").bounding_box() for name in ("side", "middle", "aside")}
        left[lang] = {name: box["x"] for name, box in boxes.items() if box}
        assert page.locator(".m-header").evaluate("element => getComputedStyle(element).direction") == (
            CATALOGUES[lang].direction
        )
    assert left["en"]["side"] < left["en"]["middle"] < left["en"]["aside"]
    assert left["ar"]["side"] > left["ar"]["middle"] > left["ar"]["aside"]


def test_the_language_can_be_switched(open_page: OpenPage) -> None:
    page = open_page(lang="ar")
    page.locator(".m-switch").click()
    page.wait_for_url("**/?lang=en")
    expect(page.locator("#m-question .submit-button")).to_have_text(ENGLISH.ask)
    page.goto(page.url.replace("lang=en", "lang=ar"))
    expect(page.locator("#m-question .submit-button")).to_have_text(CATALOGUES["ar"].ask)


def test_two_people_do_not_see_each_other(open_page: OpenPage) -> None:
    first, second = open_page(), open_page()
    second.locator("#m-question textarea").fill("Who blew up the Rasvina railway bridge?")
    ask(first, ARABIC_QUESTION)
    expect(second.locator(".m-turn")).to_have_count(0)
    second.locator("#m-question textarea").press("Enter")
    second.locator(".m-turn[data-phase=done]").wait_for()
    expect(first.locator(".m-turn")).to_have_count(1)
    expect(second.locator(".m-question")).to_have_text(["Who blew up the Rasvina railway bridge?"])
    assert ARABIC_QUESTION not in second.content().replace("data-question", "").split("m-evidence")[-1]


def test_a_follow_up_is_understood_in_its_own_conversation(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Who carried out the attack on the Nardum market?")
    ask(page, "And when?")
    folds = page.locator("#m-evidence details.m-fold")
    expect(folds).to_have_count(2)
    expect(folds.first).to_contain_text("And when?")
    expect(visible_cards(page).first).to_contain_text(re.compile("Nardum|ناردوم"))


def test_a_follow_up_in_arabic_is_made_whole_and_comes_to_the_top(open_page: OpenPage) -> None:
    page = open_page(lang="ar")
    header = page.locator(".m-header")
    ask(page, ARABIC_QUESTION)
    expect(header).to_be_in_viewport()
    turn = ask(page, "ومتى؟")
    searched = turn.locator(".m-note").first
    expect(searched).to_contain_text("ناردوم")
    expect(searched).to_contain_text("متى")
    expect(header).to_be_in_viewport()
    expect(turn.locator(".m-question")).to_be_in_viewport(ratio=0.9)
    expect(page.locator(".m-turn").first.locator(".m-question")).not_to_be_in_viewport()
    assert page.evaluate("scrollY") == 0


def test_days_stay_on_one_line_in_both_interfaces(open_page: OpenPage) -> None:
    for lang in CATALOGUES:
        page = open_page(lang=lang)
        ask(page, ARABIC_QUESTION)
        for view in ("cards", "timeline", "source"):
            page.locator(f".m-view[data-view={view}]").click()
            lines = page.locator(".m-date").evaluate_all(
                "all => all.filter(one => one.offsetParent).map(one => [one.getClientRects().length, one.textContent,"
                " getComputedStyle(one).direction])"
            )
            assert lines and all(count == 1 and direction == "ltr" for count, _, direction in lines), lines
            assert all(_days(day) == [day] for _, day, _ in lines)


def test_keys(open_page: OpenPage) -> None:
    page = open_page()
    field = page.locator("#m-question textarea")
    field.fill("Who carried out the attack")
    field.press("Shift+Enter")
    page.keyboard.type("on the Nardum market?")
    expect(field).to_have_value("Who carried out the attack\non the Nardum market?")
    expect(page.locator(".m-turn")).to_have_count(0)
    field.press("Enter")
    page.locator(".m-turn[data-phase=done]").wait_for()
    field.press("]")
    expect(field).to_have_value("]")
    page.locator(".m-heading").first.click()
    page.evaluate("document.activeElement.blur()")
    links = [str(link.get_attribute("href")) for link in page.locator(".m-turn a.m-link").all()]
    page.keyboard.press("]")
    expect(page.locator(links[0])).to_be_focused()
    page.keyboard.press("[")
    expect(page.locator(links[-1])).to_be_focused()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    expect(field).to_have_value("]")


def test_an_example_is_asked_with_a_click(open_page: OpenPage) -> None:
    page = open_page()
    example = page.locator(".m-example").first
    question = str(example.get_attribute("data-question"))
    example.click()
    page.locator(".m-turn[data-phase=done]").wait_for()
    expect(page.locator(".m-question")).to_have_text(question)
    page.locator("#m-clear").click()
    expect(page.locator(".m-example").first).to_be_visible()


def test_on_a_phone_the_evidence_follows_the_answer_and_the_filters_are_folded(open_page: OpenPage) -> None:
    page = open_page(width=390)
    expect(page.locator("#m-side")).to_be_hidden()
    page.locator("#m-side-toggle").click()
    expect(page.locator("#m-side")).to_be_visible()
    page.locator("#m-side-toggle").click()
    ask(page, ARABIC_QUESTION)
    boxes = [page.locator(f"#m-{name}").bounding_box() for name in ("conversation", "aside", "clear")]
    answer, evidence, after = (box or pytest.fail("a part of the page is not shown") for box in boxes)
    assert answer["y"] + answer["height"] <= evidence["y"] and evidence["y"] + evidence["height"] <= after["y"]
    assert evidence["x"] <= 12 and evidence["width"] >= 390 - 24
    # The question box is in reach all the while.
    expect(page.locator("#m-question textarea")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def _days(facts: str) -> list[str]:
    return re.findall(r"\d{4}-\d\d-\d\d", facts)
