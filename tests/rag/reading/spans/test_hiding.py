"""What of a passage is not read."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from index.text.analysis import FoldingAnalyzer
from index.types import Document, ScoredPassage
from rag.reading.scene import Scene
from rag.reading.spans.hiding import days_of_report, text_to_read
from tests.rag.samples import found

LEAST = 0.25
WHEN = "When was the well in Nardum poisoned?"


def passage(text: str, published: date | None = None, start: int = 0, title: str = "") -> ScoredPassage:
    return found(Document("one.txt", text, title=title, lang="en", published=published), 1, (start, len(text)))


def shown(question: str, read: ScoredPassage) -> str:
    return text_to_read(question, read, Scene(question, FoldingAnalyzer(), equal_weights), LEAST)


def equal_weights(terms: Sequence[str]) -> NDArray[np.float64]:
    return np.ones(len(terms))


def test_sentences_set_elsewhere_are_blank_and_the_rest_stands_where_it_stood() -> None:
    text = "The well in Nardum was poisoned on Monday. The well in Mandorel was poisoned in 2020. Nobody died."
    told = shown(WHEN, passage(text))
    assert len(told) == len(text)
    assert told.split() == "The well in Nardum was poisoned on Monday. Nobody died.".split()
    assert told.index("Nobody") == text.index("Nobody")


def test_without_a_place_all_is_read() -> None:
    text = "The well in Nardum was poisoned on Monday. The well in Mandorel was poisoned in 2020."
    assert shown("When was the well poisoned?", passage(text)) == text


@pytest.mark.parametrize(
    "head", ["NARDUM, 26 September 2023 (LNA) — ", "Nardum - LNA - 26 September 2023: ", "نشر في ٢٦ سبتمبر ٢٠٢٣\n"]
)
def test_asked_when_the_day_of_the_report_is_not_read(head: str) -> None:
    text = f"{head}The well in Nardum was poisoned on 25 September 2023."
    read = passage(text, published=date(2023, 9, 26))
    assert "25 September 2023" in shown(WHEN, read)
    assert "26" not in shown(WHEN, read) and "٢٦" not in shown(WHEN, read)
    assert shown("Who poisoned the well in Nardum?", read) == text


def test_the_day_of_publication_in_running_text_is_read() -> None:
    text = "The well was poisoned on 26 September 2023, and nobody knew."
    assert shown(WHEN, passage(text, published=date(2023, 9, 26), title="Nardum")) == text


def test_a_passage_that_begins_after_the_dateline_has_none() -> None:
    head = "NARDUM, 26 September 2023 (LNA) — "
    text = f"{head}The well was poisoned. It was closed on 26 September 2023."
    assert list(days_of_report(passage(text, published=date(2023, 9, 26), start=len(head)))) == []
