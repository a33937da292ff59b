"""Checking that an index is whole: files, database, offsets, vectors and BM25 agree with one another."""

from pathlib import Path

import numpy as np

from index.errors import MustanadError
from index.store.files import damage
from index.store.layout import Layout
from index.store.manifest import Manifest, read_manifest
from index.store.segment import Segment
from index.store.snapshot import Snapshot


def verify(root: Path) -> list[str]:
    """Everything that is wrong with an index, one line each; empty where all is well.

    Checked are the checksum of every file, SQLite's own integrity check, that every passage is a non-empty stretch of
    its document, that every passage has one finite vector of unit length, that BM25 covers just the live passages, and
    that the bands for recognising copies are those of the signatures.

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
        for segment, record in zip(snapshot.segments, manifest.segments, strict=True):
            found = [*segment.damage(), *_passages(segment, record.passages), *_vectors(segment, manifest.model.dim)]
            found.extend(segment.copies.damage(record.documents))
            problems.extend(f"{segment.folder}: {problem}" for problem in found)
        if manifest.lexical and manifest.lexical.passages != len(snapshot):
            problems.append(f"BM25 covers {manifest.lexical.passages} passages, the index has {len(snapshot)}")
    finally:
        snapshot.close()
    return problems


def _damaged_files(layout: Layout, manifest: Manifest) -> list[str]:
    problems = []
    for segment in manifest.segments:
        problems.extend(damage(layout.segment(segment.name), segment.files))
    if manifest.lexical:
        problems.extend(damage(layout.lexical(manifest.lexical.name), manifest.lexical.files))
    return problems


def _passages(segment: Segment, expected: int) -> list[str]:
    problems = []
    count = 0
    for document, passage in segment.documents_with_passages():
        count += 1
        if not 0 <= passage.start < passage.end <= len(document.text):
            problems.append(f"passage {passage.passage_id} lies outside its document")
    if count != expected:
        problems.append(f"{count} passages in the database, {expected} in the manifest")
    return problems


def _vectors(segment: Segment, dim: int) -> list[str]:
    if segment.dense.dim != dim:
        return [f"vectors have {segment.dense.dim} dimensions, the model has {dim}"]
    if len(segment.dense) != len(segment):
        return [f"{len(segment.dense)} vectors for {len(segment)} passages"]
    norms = np.linalg.norm(segment.dense.vectors(), axis=1)
    wrong = int((~(np.abs(norms - 1) < 1e-3)).sum())
    return [f"{wrong} vectors are not of unit length"] if wrong else []
