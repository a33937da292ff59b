import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html

from tests.ui.samples import ACCUSATION, ARABIC, HOSTILE, FakeEngine
from ui.collections import Workspace
from ui.report_route import read_marks, report_router
from ui.strings import CATALOGUES, ENGLISH


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    app.include_router(report_router(Workspace.single(FakeEngine(), "made")))
    return TestClient(app)


def test_a_report_is_shown_with_its_marks(client: TestClient) -> None:
    start = ARABIC.text.index(ACCUSATION)
    response = client.get(
        "/report",
        params={
            "collection": "made",
            "doc": ARABIC.doc_id,
            "marks": f"{start}-{start + len(ACCUSATION)}",
            "lang": "ar",
        },
    )
    assert response.status_code == 200
    report = html.fragment_fromstring(response.text)
    assert report.xpath("string(//*[@id='m-hit-1'])") == ACCUSATION
    assert CATALOGUES["ar"].next_hit in report.text_content()


def test_a_hostile_report_is_text(client: TestClient) -> None:
    response = client.get("/report", params={"collection": "made", "doc": HOSTILE.doc_id})
    report = html.fragment_fromstring(response.text)
    assert not report.xpath("//script | //img | //svg | //@onclick | //@onerror")
    assert "<script>alert(1)</script>" in report.text_content()


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ({"doc": "nowhere"}, 404, ENGLISH.unknown_report),
        ({"collection": "other"}, 404, ENGLISH.unknown_report),
        ({"marks": "1-2,x"}, 400, ENGLISH.bad_address),
        ({"marks": "0-999999"}, 400, ENGLISH.bad_address),
        ({"marks": ",".join(["0-1"] * 501)}, 400, ENGLISH.bad_address),
        ({"lang": "xx", "doc": "nowhere"}, 404, ENGLISH.unknown_report),
    ],
)
def test_what_cannot_be_shown_is_told_in_words(
    client: TestClient, query: dict[str, str], status: int, words: str
) -> None:
    response = client.get("/report", params={"collection": "made", "doc": ARABIC.doc_id} | query)
    assert response.status_code == status
    assert words in response.text


def test_marks_are_numbered_as_they_come() -> None:
    assert [(mark.start, mark.end, mark.number) for mark in read_marks("7-9,1-2", "speaker")] == [(7, 9, 1), (1, 2, 2)]
    assert list(read_marks("", "quote")) == []
