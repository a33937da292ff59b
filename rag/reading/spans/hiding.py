"""What of a passage the network is not shown, because it cannot be the answer and would draw attention to itself."""

from collections.abc import Iterator
from datetime import date

import regex

from index.loading.datelines import find_dateline
from index.loading.dates import find_dates
from index.text.sentences import sentence_spans
from index.types import ScoredPassage
from rag.reading.expected import Expected, expected_answer
from rag.reading.scene import Scene

_LONGEST_HEAD = 80
_HEAD_ENDS = regex.compile(r"\s*(?:\([^()\n]{2,60}\)\s*)?[:—–\-ـ]")
_ANY_DAY = date(2000, 1, 1)  # where the century of a two-digit year turns


def text_to_read(question: str, found: ScoredPassage, scene: Scene, least: float) -> str:
    """A passage with blanks, as many characters long, where it is not to be read.

    Sentences that are set elsewhere are not read: beside "the well was poisoned in Mandorel in 2020" the network hardly
    marks the day on which the well that is asked about was. Asked when, the day of a report's dateline is not read
    either: it is that of the report, and what answers best if it is taken for that of the event.

    Args:
        question: In any language.
        found: The passage.
        scene: Where the question sets what it asks about.
        least: Sentences whose factor is at most this are not read.
    """
    text, lang = found.passage.text, found.document.lang
    hidden = [span for span in sentence_spans(text, lang) if scene.factor(found, text[slice(*span)]) <= least]
    if expected_answer(question) is Expected.TIME:
        hidden += days_of_report(found)
    return blanked(text, hidden)


def days_of_report(found: ScoredPassage) -> Iterator[tuple[int, int]]:
    """Where a passage tells the day of its report: "NARDUM, 15 March 2024 (LNA) — "; offsets are the passage's.

    Other forms of it ("Nardum - LNA - 15 March 2024: ") are known by the day of publication, near the start of a line,
    with a colon or a dash after it.
    """
    document, passage = found.document, found.passage
    dateline = find_dateline(document.text)
    head = document.text.rfind("\n", 0, dateline.end - 1) + 1 if dateline else 0
    for told in find_dates(passage.text, _ANY_DAY):
        in_dateline = dateline is not None and head <= passage.start + told.start < dateline.end
        near_start = told.start - (passage.text.rfind("\n", 0, told.start) + 1) <= _LONGEST_HEAD
        if in_dateline or (
            told.day == document.published and near_start and _HEAD_ENDS.match(passage.text, told.end) is not None
        ):
            yield told.start, told.end


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """A text with blanks in the place of some of its spans; line breaks stay.

    >>> blanked("In 2020 it burned.", [(3, 7)])
    'In      it burned.'
    """
    for start, end in spans:
        text = text[:start] + "".join(one if one == "\n" else " " for one in text[start:end]) + text[end:]
    return text
