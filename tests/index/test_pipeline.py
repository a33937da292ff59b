from datetime import date

import pytest

from index.pipeline import embedding_text
from index.types import Document, Passage
from tests.builders import make_pipeline


def text_for(document: Document, start: int = 0, end: int | None = None) -> str:
    end = len(document.text) if end is None else end
    return embedding_text(document, Passage("d#0", "d", start, end, document.text[start:end]))


def test_title_and_date_ride_along() -> None:
    report = Document("d", "The bridge fell. Two died.", title="Bridge attack", published=date(2024, 3, 14))
    assert text_for(report, 17) == "Bridge attack (2024-03-14)\nTwo died."


@pytest.mark.parametrize(
    ("title", "published", "expected"),
    [
        ("", None, "It fell."),
        ("News", None, "News\nIt fell."),
        ("", date(2024, 1, 2), "(2024-01-02)\nIt fell."),
        ("It fell", None, "It fell."),  # the passage begins with the title: once is enough
        ("x" * 500, None, "x" * 160 + "\nIt fell."),
    ],
)
def test_header(title: str, published: date | None, expected: str) -> None:
    assert text_for(Document("d", "It fell.", title=title, published=published)) == expected


CAPITALS = "THE ARMY OF İZMIR ATTACKED THE VILLAGE"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CAPITALS, CAPITALS.lower()),
        ("АРМИЯ АТАКОВАЛА ДЕРЕВНЮ НОЧЬЮ", "армия атаковала деревню ночью"),
        ("NATO said", "NATO said"),  # too short to tell
        ("The Army of the North came to the Village", "The Army of the North came to the Village"),
        ("هاجم الجيش NATO القرية", "هاجم الجيش NATO القرية"),
    ],
)
def test_text_in_capitals_is_embedded_in_lower_case(text: str, expected: str) -> None:
    assert text_for(Document("d", text)) == expected


def test_the_pipeline_cuts_with_the_models_tokens_and_analyses_with_the_documents_language() -> None:
    pipeline = make_pipeline(max_tokens=16, overlap_tokens=0)
    report = Document("d", "Los soldados atacaron. " * 8, lang="es")
    passages = pipeline.passages(report)
    assert len(passages) == 2
    assert all(passage.text == report.text[passage.start : passage.end] for passage in passages)
    assert pipeline.terms(report, passages[0])[:3] == pipeline.analyzer.terms("Los soldados atacaron", "es")
    assert pipeline.terms(report, passages[0]) != pipeline.analyzer.terms(passages[0].text, "en")
