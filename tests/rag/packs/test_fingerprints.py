import dataclasses
from pathlib import Path
from typing import Any

import rag
from index.text.chunking import Chunking
from index.types import Document
from rag.packs.fingerprints import index_record, reader_record
from rag.reading import SentenceReader
from tests.fakes import HashEmbedder
from tests.rag.samples import ALL, BRIDGE, calibration, hash_model, make_reports


def _fingerprint(root: Path, *documents: Document) -> str:
    with make_reports(root, documents) as reports:
        return index_record(reports).fingerprint


def test_the_order_of_adding_and_the_segments_do_not_matter(tmp_path: Path) -> None:
    whole = _fingerprint(tmp_path / "a", *ALL)
    with make_reports(tmp_path / "b", ALL[3:]) as reports:
        assert index_record(reports).fingerprint != whole
        for document in ALL[:3]:
            reports.add_documents([document])
        apart = index_record(reports)
        assert apart.fingerprint == whole
        assert apart.generation > 1
        reports.compact()
        assert index_record(reports).fingerprint == whole


def test_text_metadata_and_ids_matter(tmp_path: Path) -> None:
    changes: tuple[dict[str, Any], ...] = (
        {}, {"text": BRIDGE.text + "."}, {"doc_id": "other.txt"}, {"source": "Another"}, {"title": "Another"},
        {"lang": "fr"}, {"published": None},
    )  # fmt: skip
    made = [
        _fingerprint(tmp_path / str(number), dataclasses.replace(BRIDGE, **change))
        for number, change in enumerate(changes)
    ]
    assert len(set(made)) == len(changes)


def test_a_report_that_was_removed_and_came_back_changes_nothing(reports: rag.Reports) -> None:
    before = index_record(reports)
    reports.remove([BRIDGE.doc_id])
    assert index_record(reports).fingerprint != before.fingerprint
    reports.add_documents([BRIDGE])
    assert index_record(reports).fingerprint == before.fingerprint
    assert index_record(reports).generation > before.generation


def test_the_model_and_the_length_of_passages_matter(tmp_path: Path) -> None:
    records = []
    for name, model, chunking in (
        ("a", hash_model(), Chunking(40, 8)), ("b", hash_model(), Chunking(50, 8)),
        ("c", HashEmbedder("another"), Chunking(40, 8)),
    ):  # fmt: skip
        with rag.create(tmp_path / name, embedder=model, chunking=chunking) as reports:
            reports.add_documents([BRIDGE])
            records.append(index_record(reports).fingerprint)
    assert len(set(records)) == 3


def test_a_reader_is_told_by_its_calibration(reports: rag.Reports) -> None:
    parts = reports.reader_parts
    one, other = (
        SentenceReader(parts.embedder, parts.analyzer, parts.term_weights, calibration(threshold=threshold))
        for threshold in (0.5, 0.6)
    )
    assert reader_record(one) == reader_record(reports.reader)
    assert reader_record(one) != reader_record(other)
