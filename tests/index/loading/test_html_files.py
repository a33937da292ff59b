"""Web pages."""

from collections.abc import Callable
from datetime import date

import pytest

from index.types import Document

One = Callable[[str, bytes | str], Document]
Reason = Callable[[str, bytes | str], str]

ARTICLE = (
    "<nav><a href='/'>الرئيسية</a></nav><article><h1>هجوم على المدينة</h1>"
    "<p>قتل شخصان في هجوم على المدينة يوم الجمعة، وقالت مصادر محلية إن المهاجمين فروا.</p>"
    "<p>وأضافت المصادر أن <b>خلايا التنظيم</b> هاجمت مواقع عسكرية في بادية الرقة.</p></article>"
)
JSON_LD = (
    '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "هجوم على المدينة",'
    ' "datePublished": "2024-03-14T22:00:00Z", "publisher": {"name": "وكالة الساحل"}, "inLanguage": "ar"}]}</script>'
)


def page(head: str, body: str, lang: str = "ar") -> str:
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def test_article_and_json_ld(document: One) -> None:
    head = f'<title>هجوم | الساحل</title><link rel="canonical" href="https://example.org/a">{JSON_LD}'
    report = document("a.html", page(head, ARTICLE))
    assert "الرئيسية" not in report.text
    assert "\nوأضافت المصادر أن خلايا التنظيم هاجمت مواقع عسكرية في بادية الرقة." in report.text
    assert (report.title, report.source) == ("هجوم على المدينة", "وكالة الساحل")
    assert (report.published, report.url, report.lang) == (date(2024, 3, 14), "https://example.org/a", "ar")


def test_meta_tags(document: One) -> None:
    head = (
        '<meta property="og:title" content="هجوم"><meta property="og:site_name" content="الساحل">'
        '<meta property="article:published_time" content="2024-03-14T10:00:00+03:00">'
    )
    report = document("a.htm", page(head, ARTICLE))
    assert (report.title, report.source, report.published) == ("هجوم", "الساحل", date(2024, 3, 14))


def test_template_language_that_the_text_belies(document: One) -> None:
    report = document("a.html", page("", ARTICLE, lang="en-US"))
    assert report.lang == "ar"
    assert report.notes == ("declared as en, but its letters are not; taken for ar",)


def test_declared_encoding(document: One) -> None:
    content = page("", ARTICLE).replace("utf-8", "windows-1256").encode("cp1256")
    report = document("a.html", content)
    assert "خلايا التنظيم" in report.text
    assert report.notes == ()


def test_xhtml_declaration(document: One) -> None:
    report = document("a.xhtml", '<?xml version="1.0" encoding="utf-8"?>' + page("", ARTICLE))
    assert "خلايا التنظيم" in report.text


def test_no_article_falls_back_to_visible_text(document: One, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: None)
    report = document(
        "a.html", page("", "<script>x()</script><div>Two bridges</div><p hidden>no</p><i>fell.</i>", "en")
    )
    assert report.text == "Two bridges\nfell."
    assert report.notes == ("no article was recognised in the page; all its visible text was taken",)


def test_empty_page(reason: Reason) -> None:
    assert reason("a.html", "<html><body></body></html>") == "no text"
    assert reason("b.html", "  \n") == "no text in the page"
