import sqlite3
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.copies.table import FILE as COPIES
from index.store.layout import (
    LANGUAGE_SUMS,
    LANGUAGES,
    PASSAGE_DOCUMENTS,
    PASSAGE_LANGUAGES,
    PASSAGES,
    TERM_OFFSETS,
    TERMS,
    VECTORS,
    VOCABULARY,
)
from index.store.segment import Segment, SegmentWriter
from index.types import Document, Passage

ODD = Document(
    doc_id="ملف/😀 '; DROP TABLE documents; --",
    text="a\x00b 😀 الهجوم\u200f e\u0301\r\n end",
    title='quote " and \\ and \x00',
    source="ИЗВЕСТИЯ Straße",
    published=date(987, 1, 2),
    url=None,
    lang="ar",
)
PLAIN = Document("plain", "one two three", published=None, url="https://example.org/?a=1&b=2")


@pytest.fixture
def segment(tmp_path: Path) -> Segment:
    writer = SegmentWriter(tmp_path / "segment")
    end = len(ODD.text)
    writer.add(
        ODD,
        [Passage("odd#0", ODD.doc_id, 0, 5, ODD.text[:5]), Passage("odd#1", ODD.doc_id, 4, end, ODD.text[4:])],
        [["a", "b", "a"], []],
    )
    writer.add(Document("empty", ""), [], [])
    writer.add(PLAIN, [Passage("plain#0", "plain", 0, 3, "one")], [["b", "الهجوم"]])
    assert (writer.documents, writer.passages) == (3, 3)
    writer.finish(np.eye(3, 4, dtype=np.float32))
    return Segment(tmp_path / "segment")


def test_documents_and_passages_come_back_to_the_character(segment: Segment) -> None:
    assert segment.document(0) == ODD
    assert segment.document(2) == PLAIN
    assert segment.document(0).content_hash == ODD.content_hash
    assert [number for number, _ in segment.documents()] == [0, 1, 2]
    passage = segment.passage(1, ODD)
    assert passage == Passage("odd#1", ODD.doc_id, 4, len(ODD.text), ODD.text[4:])
    found = list(segment.documents_with_passages())
    assert [(document.doc_id, passage.passage_id) for document, passage in found] == [
        (ODD.doc_id, "odd#0"), (ODD.doc_id, "odd#1"), ("plain", "plain#0"),
    ]  # fmt: skip
    assert found[0][0] == ODD
    assert found[2] == (PLAIN, Passage("plain#0", "plain", 0, 3, "one"))


def test_arrays_come_back(segment: Segment) -> None:
    assert len(segment) == 3
    assert segment.passage_documents.tolist() == [0, 0, 2]
    assert segment.dense.vectors().tolist() == np.eye(3, 4).tolist()
    lists = segment.terms()
    assert lists.vocabulary == ("a", "b", "الهجوم")
    assert [lists.of(row).tolist() for row in range(3)] == [[0, 1, 0], [], [1, 2]]


def test_find(segment: Segment) -> None:
    assert segment.find(ODD.doc_id) == (0, ODD.content_hash)
    assert segment.find("plain") == (2, PLAIN.content_hash)
    assert segment.find("nowhere") is None


def test_metadata_has_no_text(segment: Segment) -> None:
    assert list(segment.metadata()) == [
        (0, ODD.doc_id, ODD.source, "0987-01-02", "ar", ODD.content_hash),
        (1, "empty", "", None, "und", Document("empty", "").content_hash),
        (2, "plain", "", None, "und", PLAIN.content_hash),
    ]


def test_select_compares_sources_without_case(segment: Segment) -> None:
    assert segment.select("source_folded IN (?)", ["известия strasse"]) == [0]
    assert sorted(segment.select("1", [])) == [0, 1, 2]


def test_a_segment_has_the_files_of_the_layout(segment: Segment) -> None:
    names = {path.name for path in segment.folder.iterdir()}
    assert names == {
        COPIES,
        PASSAGES,
        VECTORS,
        TERMS,
        TERM_OFFSETS,
        VOCABULARY,
        PASSAGE_DOCUMENTS,
        LANGUAGES,
        PASSAGE_LANGUAGES,
        LANGUAGE_SUMS,
    }
    for path in segment.folder.glob("*.npy"):
        np.load(path, allow_pickle=False)


def test_writing_to_a_finished_segment_is_refused(segment: Segment) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        segment._database.execute("DELETE FROM documents")
    assert segment.damage() == []
    segment.close()


def test_a_doc_id_twice_is_refused(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path / "segment")
    writer.add(PLAIN, [], [])
    with pytest.raises(sqlite3.IntegrityError):
        writer.add(PLAIN, [], [])


def test_each_passage_needs_a_vector(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path / "segment")
    writer.add(PLAIN, [Passage("plain#0", "plain", 0, 3, "one")], [["one"]])
    with pytest.raises(ValueError, match="2 vectors for 1 passages"):
        writer.finish(np.zeros((2, 4), dtype=np.float32))


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Segment(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_everything_stays_readable_after_the_files_are_deleted(segment: Segment) -> None:
    for path in segment.folder.iterdir():
        path.unlink()
    test_documents_and_passages_come_back_to_the_character(segment)
    test_arrays_come_back(segment)
