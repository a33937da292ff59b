"""PDF and office documents."""

from collections.abc import Callable
from datetime import date

import pytest

from index.types import Document
from tests.index.loading import files

One = Callable[[str, bytes | str], Document]
Reason = Callable[[str, bytes | str], str]


def test_pdf_text_and_properties(document: One) -> None:
    info = "/Title (Bridges destroyed) /Author (Sahil News) /CreationDate (D:20240314101500Z)"
    report = document(
        "a.pdf", files.text_pdf(["Two bridges were destroyed in Apopa.", "The report blames nobody."], info)
    )
    assert report.text == "Two bridges were destroyed in Apopa.\nThe report blames nobody."
    assert (report.title, report.source, report.lang) == ("Bridges destroyed", "Sahil News", "en")
    assert report.published == date(2024, 3, 14)


def test_dateline_outranks_the_day_the_pdf_was_made(document: One) -> None:
    lines = [r"SAN SALVADOR, 3 JAN 90 \(EFE\) -- Two bridges were destroyed."]
    report = document("a.pdf", files.text_pdf(lines, "/CreationDate (D:20240314101500Z)"))
    assert (report.published, report.source) == (date(1990, 1, 3), "EFE")


def test_arabic_pdf_comes_out_in_reading_order(document: One) -> None:
    lines = ["أعلنت السلطات هذه المدينة آمنة، وقالت المصادر إن", "المهاجمين فروا من المدينة التي حضرت الهجوم."]
    report = document("a.pdf", files.arabic_pdf(lines))
    assert report.text == "\n".join(lines)
    assert report.notes == ("the words of lines were in visual order and have been reversed",)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", files.image_pdf(), "no text in the PDF (scanned?); run OCR first"),
        (
            "a.pdf",
            files.text_pdf(
                ["secret"],
                trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 /O ({'1' * 32}) /U ({'2' * 32}) /P -4 >>"
                f" /ID [({'3' * 16})({'3' * 16})]",
            ),
            "the pdf is encrypted; save a copy without a password",
        ),
        (
            "a.pdf",
            files.text_pdf(["cut short"])[:200],
            "not a readable pdf (damaged or incomplete?); open it in its program and save it anew",
        ),
        (
            "a.docx",
            files.docx(["cut short"])[:300],
            "not a readable docx (damaged or incomplete?); open it in its program and save it anew",
        ),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "an old or password-protected office document; save it as docx without a password",
        ),
        ("a.docx", files.docx([" "]), "no text"),
        ("a.docx", b"", "the file is empty (0 bytes)"),
    ],
)
def test_failures(reason: Reason, name: str, content: bytes, expected: str) -> None:
    assert reason(name, content) == expected


def test_docx(document: One) -> None:
    paragraphs = ["قتل شخصان في هجوم على المدينة.", "Stars *stay*, and # too."]
    report = document("a.docx", files.docx(paragraphs, "عنوان", "Administrator", "2024-03-14T10:00:00Z"))
    assert report.text == "\n\n".join(paragraphs)
    assert (report.title, report.source, report.published) == ("عنوان", "", date(2024, 3, 14))


def test_odt(document: One) -> None:
    report = document("a.odt", files.odt(["First paragraph.", "Second paragraph."], "Bridges"))
    assert (report.text, report.title) == ("First paragraph.\n\nSecond paragraph.", "Bridges")


def test_epub(document: One) -> None:
    report = document("a.epub", files.epub(["قتل شخصان.", "فر المهاجمون."], "تقرير", "دار الساحل", "ar"))
    assert (report.text, report.title) == ("قتل شخصان.\n\nفر المهاجمون.", "تقرير")
    assert (report.source, report.lang) == ("دار الساحل", "ar")


def test_rtf(document: One) -> None:
    content = rb"{\rtf1\ansi{\info{\title Bridges}}{\fonttbl{\f0 Arial;}}\f0 First.\par \u1602?\u1578?\u1604? two.\par}"
    report = document("a.rtf", content)
    assert (report.text, report.title) == ("First.\n\nقتل two.", "Bridges")


def test_pptx(document: One) -> None:
    assert document("a.pptx", files.pptx("Two bridges fell.")).text == "Two bridges fell."


def test_fb2(document: One) -> None:
    page = "<FictionBook><body><section><p>Первый абзац.</p><p>Второй.</p></section></body></FictionBook>"
    assert document("a.fb2", page).text == "Первый абзац.\n\nВторой."
