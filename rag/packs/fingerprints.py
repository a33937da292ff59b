"""What tells whether two collections, or two readers, give the same results."""

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING

from index.types import Document
from rag.packs.types import IndexRecord, ReaderRecord

if TYPE_CHECKING:
    from rag.reading import Reader
    from rag.reports import Reports


def text_hash(text: str) -> str:
    """SHA-256 (hex) of a report's text in UTF-8.

    >>> text_hash("")[:12]
    'e3b0c44298fc'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def index_record(reports: "Reports") -> IndexRecord:
    """A collection as it is open now.

    The fingerprint covers the doc_id and content hash (text and metadata, on which filters and sources rest) of every
    live report, the model's fingerprint and prompts, the analyzer, passage settings and format. How the reports lie in
    segments, and when they were added, is no part of it.
    """
    manifest = reports.manifest
    live = sorted(reports.snapshot.content_hashes())
    built = [
        manifest.format, manifest.model.fingerprint, manifest.model.dim, manifest.model.query_prompt,
        manifest.model.passage_prompt, manifest.analyzer, manifest.max_tokens, manifest.overlap_tokens,
        manifest.token_codes,
    ]  # fmt: skip
    return IndexRecord(
        fingerprint=_hash([built, live]),
        documents=len(live),
        generation=manifest.generation,
        format=manifest.format,
        model=manifest.model.name,
        model_fingerprint=manifest.model.fingerprint,
        analyzer=manifest.analyzer,
        max_tokens=manifest.max_tokens,
        overlap_tokens=manifest.overlap_tokens,
        token_codes=manifest.token_codes,
    )


def reader_record(reader: "Reader") -> ReaderRecord:
    """The reader, with the hash of its weights and calibration where it is one of ours."""
    from rag.reading import SentenceReader
    from rag.reading.spans.reader import SpanReader

    if isinstance(reader, SpanReader):
        return ReaderRecord(reader.name, _hash([reader.scorer.fingerprint, dataclasses.asdict(reader.calibration)]))
    if isinstance(reader, SentenceReader):
        return ReaderRecord(reader.name, _hash(["sentences", dataclasses.asdict(reader.calibration)]))
    return ReaderRecord(reader.name, None)


def find_document(reports: "Reports", doc_id: str) -> Document | None:
    """The report with this id, or None where it is not in the collection."""
    snapshot = reports.snapshot
    found = snapshot.find(doc_id)
    return snapshot.segments[found[0]].document(found[1]) if found else None


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=True).encode("ascii")).hexdigest()
