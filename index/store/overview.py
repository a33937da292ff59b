"""What an index holds, told without reading any text: reports by day, source and language, and their headings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from index.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class PublishedCount:
    """How many reports were published on a day by a source in a language.

    Attributes:
        published: The day, or None where it is unknown.
        source: The source, or "".
        lang: ISO 639-1 code, or "und".
        documents: How many.
    """

    published: date | None
    source: str
    lang: str
    documents: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A report without its text; fields as in ``Document``."""

    doc_id: str
    title: str
    source: str
    published: date | None
    lang: str


def published_counts(snapshot: Snapshot) -> tuple[PublishedCount, ...]:
    """The live documents of an index, counted by day, source and language; in no order."""
    counts: dict[tuple[int, str, str], int] = {}
    for segment, live in zip(snapshot.segments, snapshot.live_documents, strict=True):
        rows = np.stack([segment.document_days, segment.document_sources, segment.document_languages], axis=1)[live]
        kinds, found = np.unique(rows, axis=0, return_counts=True)
        for (day, source, lang), count in zip(kinds.tolist(), found.tolist(), strict=True):
            key = day, segment.sources[source], segment.languages[lang]
            counts[key] = counts.get(key, 0) + count
    return tuple(
        PublishedCount(date.fromordinal(day) if day > 0 else None, source, lang, count)
        for (day, source, lang), count in counts.items()
    )


def headings(snapshot: Snapshot) -> Iterator[Heading]:
    """The headings of all live documents, in the order in which they were added."""
    for segment, live in zip(snapshot.segments, snapshot.live_documents, strict=True):
        for number, doc_id, title, source, published, lang in segment.headings():
            if live[number]:
                yield Heading(doc_id, title, source, date.fromisoformat(published) if published else None, lang)
