"""The values that cross from one room to the next: documents, passages and scored passages."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """One report as it is searched and quoted.

    Attributes:
        doc_id: The BEIR ``_id``, else the path relative to the folder given.
        text: The whole text; every offset in Mustanad counts characters (code points) of this string.
        title: The headline, or "" where the format has none.
        source: Who published it (outlet, sender, site name), or "" where unknown.
        published: The day of publication, or None where unknown.
        url: Where it was published, or None.
        lang: ISO 639-1 code of the language, or "und" where it cannot be told.
        notes: What loading repaired or could not repair, one clear line each; not part of the content.
    """

    doc_id: str
    text: str
    title: str = ""
    source: str = ""
    published: date | None = None
    url: str | None = None
    lang: str = "und"
    notes: tuple[str, ...] = ()

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) over text and metadata: equal hashes mean there is nothing to index anew."""
        published = self.published.isoformat() if self.published else None
        fields = [self.doc_id, self.text, self.title, self.source, published, self.url, self.lang]
        return hashlib.sha256(json.dumps(fields, ensure_ascii=True).encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class LoadFailure:
    """A file, or a row of one, that could not be read.

    Attributes:
        path: The file as given, with ``:line`` for a row of a table.
        reason: One clear line: what is wrong and what to do about it.
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document: ``text == document.text[start:end]``.

    Attributes:
        passage_id: ``doc_id#n``, n counting the document's passages from 0.
        doc_id: The document it is cut from.
        start: First character, counted in code points.
        end: One past the last character.
        text: The characters themselves.
    """

    passage_id: str
    doc_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ListScore:
    """Where one retriever put a passage: its 1-based rank in that retriever's list (None: not in it) and its score."""

    rank: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Bridged:
    """What was searched besides a question's words.

    Attributes:
        words: The words of the question.
        matched: What they also stood for: other names as the list of aliases has them, or terms of the reports.
        kind: "alias" or "transliteration".
    """

    words: str
    matched: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage found by a search.

    Attributes:
        passage: The passage.
        document: Its document, with the whole text.
        rank: 1-based place in the result.
        score: The fused score; comparable within one result only.
        dense: The dense retriever's view, or None where it was off.
        bm25: The lexical retriever's view, or None where it was off.
        copy_of: The doc_id of the report that its document is a copy of, or None.
        copies: The doc_ids of all reports that are copies of one text with its document, the original first.
        late: What late interaction says of it, or None where it was not looked at.
        bridged: What the question's names also stood for in this search.
    """

    passage: Passage
    document: Document
    rank: int
    score: float
    dense: ListScore | None
    bm25: ListScore | None
    copy_of: str | None = None
    copies: tuple[str, ...] = ()
    late: ListScore | None = None
    bridged: tuple[Bridged, ...] = ()

    @property
    def original_id(self) -> str:
        """The doc_id of the report whose text it is: the one that its document is a copy of, or its own."""
        return self.copy_of or self.document.doc_id


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents a search may find; empty fields allow everything.

    Attributes:
        since: Published on or after this day (a document without a date is left out).
        until: Published on or before this day (likewise).
        sources: Any of these sources, compared without case.
        langs: Any of these ISO 639-1 codes.
        doc_ids: Any of these documents.
        without: None of these documents.
    """

    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    doc_ids: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
