"""Tables and JSON."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.loading.raw import RawReport
from index.loading.tables import load_csv
from index.types import Document, LoadFailure

One = Callable[[str, bytes | str], Document]
Reason = Callable[[str, bytes | str], str]
Many = Callable[[str, bytes | str], list[Document | LoadFailure]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv(document: One, delimiter: str) -> None:
    header = ["ID", "Headline", "Body", "Pub Date", "Outlet", "Link", "Language", "Extra"]
    row = [
        "7",
        "Bridges",
        'Two bridges, "old"; a|b\nfell.',
        "14/03/2024",
        "Sahil",
        "https://example.org",
        "English",
        "x",
    ]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([header, row])
    report = document("a.csv", buffer.getvalue())
    assert report == Document(
        "7", 'Two bridges, "old"; a|b\nfell.', "Bridges", "Sahil", date(2024, 3, 14), "https://example.org", "en"
    )


def test_rows_without_id_and_bad_rows(results: Many, tmp_path: Path) -> None:
    found = results(
        "a.csv", 'title,text\none,First text\ntwo,"a\nb"\nthree,x,y\nfour,\n\nfive,"Fifth"x\nsix,Sixth text\n'
    )
    path = tmp_path / "a.csv"
    assert [(one.doc_id, one.text) for one in found if isinstance(one, Document)] == [
        ("a.csv:2", "First text"),
        ("a.csv:3", "a\nb"),
        ("a.csv:9", "Sixth text"),
    ]
    assert [one for one in found if isinstance(one, LoadFailure)] == [
        LoadFailure(f"{path}:5", "the row has 3 cells, the header 2; quote cells that hold the delimiter"),
        LoadFailure(f"{path}:6", "no text"),
        LoadFailure(f"{path}:8", "the row cannot be read (',' expected after '\"'); check its quotation marks"),
    ]


def test_large_field(document: One) -> None:
    assert len(document("a.tsv", "id\ttext\n1\t" + "word " * 100_000).text) == 500_000


def test_no_text_column(reason: Reason) -> None:
    expected = "no text column (found: id, summary); name one of them text, body, content or article"
    assert reason("a.csv", "id,summary\n1,x\n") == expected


def test_beir(document: One) -> None:
    record = {
        "_id": "DEV-1",
        "title": "Bridges",
        "text": "Two bridges fell.",
        "metadata": {"date": "1990-01-03", "source": "EFE", "url": "https://example.org", "lang": "en"},
    }
    assert document("corpus.jsonl", json.dumps(record) + "\n") == Document(
        "DEV-1", "Two bridges fell.", "Bridges", "EFE", date(1990, 1, 3), "https://example.org", "en"
    )


def test_bad_json_lines(results: Many, tmp_path: Path) -> None:
    lines = ['{"text": "First text"}', "{broken", "[1]", '{"summary": "x"}', "", '{"text": "a\\ud800b"}']
    found = results("a.jsonl", "\n".join(lines))
    path = tmp_path / "a.jsonl"
    assert [(one.doc_id, one.text) for one in found if isinstance(one, Document)] == [
        ("a.jsonl:1", "First text"),
        ("a.jsonl:6", "a\ufffdb"),
    ]
    assert [one for one in found if isinstance(one, LoadFailure)] == [
        LoadFailure(f"{path}:2", "not valid JSON (column 2: Expecting property name enclosed in double quotes)"),
        LoadFailure(f"{path}:3", 'not a JSON object; write a report as {"text": …}'),
        LoadFailure(f"{path}:4", "no text field (found: summary); name one of them text, body, content or article"),
    ]


def test_utf16_json_lines(reason: Reason) -> None:
    assert reason("a.ndjson", '{"text": "x"}'.encode("utf-16")) == "JSON Lines in UTF-16; save the file as UTF-8"


def test_json_object_and_list(document: One, results: Many) -> None:
    report = document(
        "a.json", '{"content": ["One.", "Two."], "source": {"name": "Sahil"}, "published_at": 1710410400}'
    )
    assert (report.doc_id, report.text, report.source) == ("a.json", "One.\nTwo.", "Sahil")
    assert report.published == date(2024, 3, 14)
    found = results("b.json", '[{"id": 5, "text": "One."}, 3, {"text": "Three."}]')
    assert [one.doc_id if isinstance(one, Document) else one.reason for one in found] == [
        "5",
        'not a JSON object; write a report as {"text": …}',
        "b.json:3",
    ]


def test_json_failures(reason: Reason) -> None:
    assert reason("a.json", '{"text": ') == "not valid JSON (line 1, column 10: Expecting value)"
    assert reason("b.json", "3") == 'neither a JSON object nor a list of objects; write a report as {"text": …}'


def test_date_that_is_not_understood(document: One) -> None:
    report = document("a.json", '{"text": "APOPA, 3 JAN 90 -- Two bridges fell.", "date": "sometime"}')
    assert (report.published, report.notes) == (date(1990, 1, 3), ("the date “sometime” was not understood",))


CELL = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1).filter(str.strip)


@given(texts=st.lists(CELL, min_size=1, max_size=5))
def test_csv_round_trip(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows([["id", "text"], *enumerate(texts)])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(b"\xef\xbb\xbf" + buffer.getvalue().encode())
    assert [one.text for one in load_csv(path) if isinstance(one, RawReport)] == texts
