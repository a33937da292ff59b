"""Plain text and Markdown."""

from collections.abc import Callable
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from index.loading.text_files import first_line_title
from index.types import Document

One = Callable[[str, bytes | str], Document]
Reason = Callable[[str, bytes | str], str]


def test_title_is_the_first_line_and_stays_in_the_text(document: One) -> None:
    content = "Bridges destroyed\n\nTwo bridges were destroyed in Apopa on Friday.\n"
    report = document("a.txt", content)
    assert (report.doc_id, report.title, report.text, report.lang) == ("a.txt", "Bridges destroyed", content, "en")


def test_no_title_without_a_blank_line_or_when_long() -> None:
    assert first_line_title("One line.\nAnother.") == ""
    assert first_line_title("x" * 201 + "\n\nText.") == ""
    assert first_line_title("Only a line\n\n") == ""


def test_line_ends_and_stray_characters(document: One) -> None:
    report = document("a.txt", b"\xef\xbb\xbfOne\r\ntwo\x00 \xef\xbb\xbfthree\rfour")
    assert report.text == "One\ntwo\ufffd three\nfour"
    assert report.notes == ("1 characters that are no text (NUL or lone surrogates) were replaced by U+FFFD",)


def test_date_of_the_file_name_comes_last(document: One) -> None:
    assert document("2024-03-14 apopa.txt", "Two bridges fell.").published == date(2024, 3, 14)
    assert document("2024-03-14 b.txt", "APOPA, 3 JAN 90 -- Two bridges fell.").published == date(1990, 1, 3)
    assert document("2999-03-14 c.txt", "Two bridges fell.").published is None


def test_markdown_front_matter(document: One) -> None:
    fields = 'title: "Apopa: two bridges"\ndate: 1990-01-03\nsource: COPREFA\nurl: https://example.org/1\nlang: es\n'
    front = f"---\n{fields}---\n"
    body = "# Heading\n\nText with *stars*.\n"
    report = document("a.md", front + "\n" + body)
    assert report.text == body
    assert (report.title, report.published, report.source) == ("Apopa: two bridges", date(1990, 1, 3), "COPREFA")
    assert (report.url, report.lang) == ("https://example.org/1", "es")


def test_markdown_heading_outside_code(document: One) -> None:
    report = document("a.md", "```\n# no\n```\n\n# Bridges #\n\nText.")
    assert (report.title, report.text) == ("Bridges", "```\n# no\n```\n\n# Bridges #\n\nText.")


def test_markdown_rule_is_no_front_matter(document: One) -> None:
    assert document("a.md", "---\n\nText after a rule.").text == "---\n\nText after a rule."


def test_no_text(reason: Reason) -> None:
    assert reason("a.txt", " \n\t\n") == "no text"
    assert reason("b.txt", "") == "the file is empty (0 bytes)"


def test_binary(reason: Reason) -> None:
    assert reason("a.txt", b"%PDF-1.4 ...") == "not text but a PDF; give the file the suffix of what it is"
    assert reason("b.txt", bytes(range(256)) * 4) == (
        "binary content, not text; convert it to text, or remove it from the folder"
    )


@given(st.text())
def test_the_title_is_in_the_text(text: str) -> None:
    assert first_line_title(text) in text
