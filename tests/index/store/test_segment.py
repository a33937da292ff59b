import sqlite3
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.copies.table import FILE as COPIES
from index.dense.record import RECORD, VECTORS
from index.progress import Silent
from index.store.layout import (
    DOCUMENT_DAYS,
    DOCUMENT_LANGUAGES,
    DOCUMENT_SOURCES,
    LANGUAGE_SUMS,
    LANGUAGES,
    PASSAGE_DOCUMENTS,
    PASSAGE_LANGUAGES,
    PASSAGES,
    SOURCES,
)
from index.store.segment import Segment
from index.store.segment_writer import SegmentWriter
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
    eye = np.eye(3, 4, dtype=np.float32)
    writer.finish([eye[:2], eye[2:]], 4, tmp_path / "staging")
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
    lists = segment.postings.lists()
    assert lists.vocabulary == ("a", "b", "الهجوم")
    assert [lists.of(row).tolist() for row in range(3)] == [[0, 0, 1], [], [1, 2]]
    assert segment.languages == ("ar", "und")
    assert segment.passage_languages.tolist() == [0, 0, 1]
    assert segment.language_sums.tolist() == [[1, 1, 0, 0], [0, 0, 1, 0]]


def test_find(segment: Segment) -> None:
    assert segment.find(ODD.doc_id) == (0, ODD.content_hash)
    assert segment.find("plain") == (2, PLAIN.content_hash)
    assert segment.find("nowhere") is None


def test_metadata_is_in_arrays(segment: Segment) -> None:
    assert segment.document_count == 3
    assert [segment.languages[place] for place in segment.document_languages] == ["ar", "und", "und"]
    assert [segment.sources[place] for place in segment.document_sources] == [ODD.source, "", ""]
    assert segment.document_days.tolist() == [date(987, 1, 2).toordinal(), 0, 0]


def test_numbers(segment: Segment) -> None:
    assert sorted(segment.numbers(["plain", "nowhere", ODD.doc_id])) == [0, 2]
    assert segment.numbers([]) == []


def test_what_is_live_of_a_segment_is_appended_to_another(segment: Segment, tmp_path: Path) -> None:
    first = Document("first", "one", source="Radio", lang="en")
    writer = SegmentWriter(tmp_path / "other")
    writer.add(first, [Passage("first#0", "first", 0, 3, "one")], [["one"]])
    told: list[int] = []

    class Told(Silent):
        def advance(self, count: int) -> None:
            told.append(count)

    writer.append(segment, np.array([True, False, True]), Told())
    assert (writer.documents, writer.passages, sum(told)) == (3, 4, 3)
    writer.finish([np.eye(4, dtype=np.float32)], 4, tmp_path / "staging")
    other = Segment(tmp_path / "other")
    assert [document for _, document in other.documents()] == [first, ODD, PLAIN]
    assert [passage.passage_id for _, passage in other.documents_with_passages()] == [
        "first#0", "odd#0", "odd#1", "plain#0",
    ]  # fmt: skip
    assert other.find(ODD.doc_id) == (1, ODD.content_hash)
    assert other.passage_documents.tolist() == [0, 1, 1, 2]
    assert other.languages == ("en", "ar", "und")
    assert other.passage_languages.tolist() == [0, 1, 1, 2]
    assert [other.sources[place] for place in other.document_sources] == ["Radio", ODD.source, ""]
    assert other.document_days.tolist() == [0, date(987, 1, 2).toordinal(), 0]
    lists = other.postings.lists()
    assert [[lists.vocabulary[term] for term in lists.of(row)] for row in range(4)] == [
        ["one"], ["a", "a", "b"], [], ["b", "الهجوم"],
    ]  # fmt: skip


def test_a_segment_has_the_files_of_the_layout(segment: Segment) -> None:
    names = {path.name for path in segment.folder.iterdir()}
    assert names == {
        COPIES,
        PASSAGES,
        RECORD,
        VECTORS,
        PASSAGE_DOCUMENTS,
        DOCUMENT_DAYS,
        DOCUMENT_LANGUAGES,
        DOCUMENT_SOURCES,
        SOURCES,
        "term_texts.npy",
        "term_starts.npy",
        "posting_starts.npy",
        "posting_passages.npy",
        "posting_counts.npy",
        "passage_lengths.npy",
        "skeletons.npy",
        "skeleton_ends.npy",
        "skeleton_terms.npy",
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
    for blocks in ([2], [1, 1], [0], []):
        with pytest.raises(ValueError, match=f"{sum(blocks)} vectors for 1 passages"):
            writer.finish([np.zeros((count, 4), dtype=np.float32) for count in blocks], 4, tmp_path / "staging")
    writer.finish([np.ones((1, 4), dtype=np.float32)], 4, tmp_path / "staging")
    assert len(Segment(tmp_path / "segment")) == 1


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Segment(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_everything_stays_readable_after_the_files_are_deleted(segment: Segment) -> None:
    for path in segment.folder.iterdir():
        path.unlink()
    test_documents_and_passages_come_back_to_the_character(segment)
    test_arrays_come_back(segment)
