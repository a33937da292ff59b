"""Checking that an index is whole: files, database, offsets, vectors and BM25 agree with one another."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import MustanadError
from index.store.files import damage
from index.store.layout import Layout
from index.store.manifest import Manifest, SegmentRecord, read_manifest
from index.store.removal import removed_sums
from index.store.segment import Segment
from index.store.snapshot import Snapshot, live_documents


def verify(root: Path) -> list[str]:
    """Everything that is wrong with an index, one line each; empty where all is well.

    Checked are the checksum of every file, SQLite's own integrity check, that every passage is a non-empty stretch of
    its document, that every passage has one finite vector of unit length, that the sums of the vectors are theirs, and
    that the postings of BM25 are in order and add up to the lengths of the passages, and that the bands for recognising
    copies are those of the signatures.

    Raises:
        IndexNotFoundError: There is no index.
        IndexCorruptError: The manifest cannot be read.
    """
    while True:
        manifest = read_manifest(root)
        problems = _problems(root, manifest)
        # A commit in the meantime deletes files that this manifest names: what it made valid is to be checked.
        if not problems or read_manifest(root) == manifest:
            return problems


def _problems(root: Path, manifest: Manifest) -> list[str]:
    problems = _damaged_files(Layout(root), manifest)
    if problems:
        return problems
    try:
        snapshot = Snapshot(root)
    except MustanadError as error:
        return [str(error)]
    try:
        manifest = snapshot.manifest
        for segment, record, removed in zip(snapshot.segments, manifest.segments, snapshot.removed, strict=True):
            found = _counts(segment, record, manifest.model.dim)
            if not found:  # what follows puts one array to use with another
                found = [
                    *segment.damage(),
                    *_passages(segment, record),
                    *(_vectors(segment) or _sums(segment, record, removed)),
                    *segment.postings.damage(),
                    *segment.copies.damage(record.documents),
                ]
            problems.extend(f"{segment.folder}: {problem}" for problem in found)
    finally:
        snapshot.close()
    return problems


def _damaged_files(layout: Layout, manifest: Manifest) -> list[str]:
    problems = []
    for segment in manifest.segments:
        problems.extend(damage(layout.segment(segment.name), segment.files))
        if segment.removed:
            problems.extend(damage(layout.removed, [segment.removed]))
    return problems


def _counts(segment: Segment, record: SegmentRecord, dim: int) -> list[str]:
    """Where the arrays of a segment are not as long as the manifest has it, or refer to what is not there."""
    problems = []
    if segment.dense.dim != dim:
        problems.append(f"vectors have {segment.dense.dim} dimensions, the model has {dim}")
    if segment.language_sums.shape != (len(segment.languages), dim):
        problems.append(f"the sums of the vectors have the shape {segment.language_sums.shape}")
    passages, documents = (record.passages, "passages"), (record.documents, "documents")
    for name, count, (expected, of) in (
        ("vectors", len(segment.dense), passages),
        ("passage lengths", len(segment.postings), passages),
        ("document numbers", len(segment.passage_documents), passages),
        ("passage languages", len(segment.passage_languages), passages),
        ("document languages", len(segment.document_languages), documents),
        ("document sources", len(segment.document_sources), documents),
        ("days of publication", len(segment.document_days), documents),
    ):
        if count != expected:
            problems.append(f"{count} {name} for {expected} {of}")
    for name, numbers, end in (
        ("a document", segment.passage_documents, record.documents),
        ("a language", segment.passage_languages, len(segment.languages)),
        ("a language", segment.document_languages, len(segment.languages)),
        ("a source", segment.document_sources, len(segment.sources)),
    ):
        if len(numbers) and not 0 <= int(numbers.min()) <= int(numbers.max()) < end:
            problems.append(f"{name} is named that is not among the {end}")
    return problems


def _passages(segment: Segment, record: SegmentRecord) -> list[str]:
    problems = []
    count = 0
    for document, passage in segment.documents_with_passages():
        count += 1
        if not 0 <= passage.start < passage.end <= len(document.text):
            problems.append(f"passage {passage.passage_id} lies outside its document")
    if count != record.passages:
        problems.append(f"{count} passages in the database, {record.passages} in the manifest")
    return problems


def _vectors(segment: Segment) -> list[str]:
    norms = (np.linalg.norm(block, axis=1) for block in segment.dense.blocks())
    wrong = sum(int((~(np.abs(lengths - 1) < 1e-3)).sum()) for lengths in norms)
    return [f"{wrong} vectors are not of unit length"] if wrong else []


def _sums(segment: Segment, record: SegmentRecord, removed: NDArray[np.float64] | None) -> list[str]:
    """Whether the sums that a segment and its removed documents are kept with are those of the vectors."""
    problems = []
    every = removed_sums(segment, np.ones(segment.document_count, dtype=np.bool_))
    if not np.allclose(every, segment.language_sums, rtol=0, atol=1e-3, equal_nan=True):
        problems.append("the sums of the vectors are not theirs")
    kept = removed if removed is not None else np.zeros_like(every)
    gone = removed_sums(segment, ~live_documents(record))
    if kept.shape != gone.shape or not np.allclose(gone, kept, rtol=0, atol=1e-3, equal_nan=True):
        problems.append("the sums of the removed vectors are not theirs")
    return problems
