"""Mail messages."""

from collections.abc import Callable
from datetime import date
from email.message import EmailMessage

from index.types import Document

One = Callable[[str, bytes | str], Document]
Reason = Callable[[str, bytes | str], str]


def message(text: str, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "وكالة الساحل <news@example.org>"
    mail["Subject"] = "هجوم على المدينة"
    mail["Date"] = "Thu, 14 Mar 2024 22:30:00 +0300"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def test_headers_and_plain_text(document: One) -> None:
    mail = message("قتل شخصان في هجوم على المدينة.\n", Archived_At="<https://lists.example.org/1>")
    mail.add_alternative("<p>other</p>", subtype="html")
    report = document("a.eml", mail.as_bytes())
    assert report.text == "قتل شخصان في هجوم على المدينة.\n"
    assert (report.title, report.source) == ("هجوم على المدينة", "وكالة الساحل")
    assert (report.published, report.url, report.lang) == (date(2024, 3, 14), "https://lists.example.org/1", "ar")


def test_page_alone(document: One) -> None:
    mail = EmailMessage()
    mail["From"] = "news@example.org"
    mail.set_content("<html><body><p>Two bridges were destroyed in Apopa.</p></body></html>", subtype="html")
    report = document("a.eml", mail.as_bytes())
    assert (report.text.strip(), report.source) == ("Two bridges were destroyed in Apopa.", "news@example.org")


def test_attachments_are_named(document: One) -> None:
    mail = message("Two bridges were destroyed.")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="map.pdf")
    assert document("a.eml", mail.as_bytes()).notes == ("attachments were not read: map.pdf",)


def test_wrong_charset(document: One) -> None:
    head = (
        b"From: a <a@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    text = "قتل شخصان في هجوم على المدينة يوم الجمعة"
    report = document("a.eml", head + text.encode("cp1256"))
    assert report.text == text
    assert report.notes == ("not UTF-8: the legacy encoding windows-1256 was assumed",)


def test_failures(reason: Reason) -> None:
    assert reason("a.eml", "Just a text.") == "not a mail message (no header); save it from the mail program as .eml"
    assert reason("b.eml", message(" ").as_bytes()) == "no text"
