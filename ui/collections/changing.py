"""Changing a collection from the page: adding uploads, removing reports, reading the kept files again."""

from __future__ import annotations

import filecmp
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from index.progress import Progress, Silent
from index.types import Document, LoadFailure
from ui.collections.names import numbered, safe_file_name
from ui.collections.problems import CollectionError
from ui.collections.workspace import TRASH, Place, Workspace, moment

if TYPE_CHECKING:
    from rag import AddResult, Reports

_INCOMING = ".incoming-"
_OLD = 86400  # seconds after which what an interrupted upload left is cleared away
_MOST_OF_ONE_NAME = 1000


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sent.

    Attributes:
        path: Where it lies for now.
        name: What its sender calls it.
    """

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A file that was added under another name than its own."""

    given: str
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change did.

    Attributes:
        result: What was added, updated, unchanged, and what failed with the reason.
        renamed: Files that were added under another name, because another report has theirs.
        kept: Reports that no file was found for, and that stay as they were (reindexing).
    """

    result: AddResult
    renamed: tuple[Renamed, ...] = ()
    kept: int = 0


def add_uploads(
    workspace: Workspace,
    name: str,
    uploads: Sequence[Upload],
    replacing: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Add uploaded files. All becomes visible in one step at the end; broken off before, nothing has changed.

    Args:
        workspace: The collections.
        name: The one to add to.
        uploads: The files; they are copied, not moved.
        replacing: Whether a report takes the place of another one of its name. Otherwise it gets a number.
        progress: Is told how far the work has come.

    Raises:
        CollectionError: Nothing was sent, it is too much, or the collection cannot be changed now.
    """
    if not uploads:
        raise CollectionError("nothing_sent")
    size = sum(upload.path.stat().st_size for upload in uploads)
    if size > workspace.max_upload:
        raise CollectionError("too_large", limit=workspace.max_upload // 10**6)
    with workspace.writing(name) as place:
        reports = workspace.open(name)
        if place.folder is None:
            return _Adding(reports, None, None, replacing, progress or Silent()).add(uploads)
        _clear_leftovers(place.folder)
        with TemporaryDirectory(prefix=_INCOMING, dir=place.folder) as incoming:
            return _Adding(reports, place, Path(incoming), replacing, progress or Silent()).add(uploads)


def remove_reports(workspace: Workspace, name: str, doc_ids: Sequence[str]) -> list[str]:
    """Remove reports; a kept file that was one of them is moved to the collection's ``.trash``.

    Returns:
        The doc_ids that were in the collection.

    Raises:
        CollectionError: None was chosen, or the collection cannot be changed now.
    """
    if not doc_ids:
        raise CollectionError("nothing_chosen")
    with workspace.writing(name) as place:
        removed = workspace.open(name).remove(doc_ids)
        if place.files:
            left = _read_removed(place)
            for doc_id in removed:
                if _is_kept(place.files, doc_id):
                    _to_trash(place, place.files / doc_id)
                else:  # a row of a table: the table stays, and is not to bring it back
                    left.add(doc_id)
            _write_removed(place, left)
        return removed


def reindex(workspace: Workspace, name: str, progress: Progress | None = None) -> Outcome:
    """Read the kept files again, in one step: what has changed, or is read better now, is replaced.

    Reports without a file stay as they are, and removed ones stay away.

    Raises:
        CollectionError: The collection keeps no files, or cannot be changed now.
    """
    from index.loading import load

    watcher = progress or Silent()
    with workspace.writing(name) as place:
        if place.files is None:
            raise CollectionError("no_files", name=name)
        reports = workspace.open(name)
        gone = _read_removed(place)
        read: set[str] = set()

        def documents(files: Path) -> Iterator[Document | LoadFailure]:
            # Each by itself: some names mean something beside others in a folder (corpus.jsonl), and here they do not.
            for document in load(sorted(path for path in files.iterdir() if path.is_file()), watcher):
                if isinstance(document, LoadFailure):
                    yield replace(document, path=_below(document.path, files))
                elif document.doc_id not in gone:
                    read.add(document.doc_id)
                    yield document

        result = reports.add_documents(documents(place.files), watcher)
        return Outcome(result, kept=reports.contents.documents - len(read))


@dataclass(slots=True)
class _Adding:
    """One upload on its way in. ``incoming`` holds copies of its files where the collection keeps them."""

    reports: Reports
    place: Place | None
    incoming: Path | None
    replacing: bool
    progress: Progress
    seen: dict[str, str] = field(default_factory=dict)  # doc_id to the name of the file that has it
    taken: dict[str, Path] = field(default_factory=dict)  # name, without case, to the file that got it
    kept: list[tuple[Path, str]] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)

    def add(self, uploads: Sequence[Upload]) -> Outcome:
        """Add them in one commit; then the files take their places."""
        result = self.reports.add_documents(self._documents(uploads), self.progress)
        if self.place:
            _settle(self.place, self.kept, {*result.added, *result.updated, *result.skipped})
        return Outcome(result, tuple(self.renamed))

    def _documents(self, uploads: Sequence[Upload]) -> Iterator[Document | LoadFailure]:
        self.progress.start("reading", len(uploads), "file")
        for upload in uploads:
            yield from self._documents_of(upload)
            self.progress.advance(1)

    def _documents_of(self, upload: Upload) -> Iterator[Document | LoadFailure]:
        """The reports of a file, under the first name that no other report has."""
        wanted = safe_file_name(upload.name)
        for number in range(1, _MOST_OF_ONE_NAME):
            name = wanted if number == 1 else numbered(wanted, number)
            if not self._is_free(name, upload.path):
                continue
            found = self._load(upload, name)
            documents = [entry for entry in found if isinstance(entry, Document)]
            if not any(self._is_another(document) for document in documents if _named_after(document, name)):
                break
        else:
            yield LoadFailure(upload.name, "too many reports have this name; give it another one")
            return
        self.taken[name.casefold()] = upload.path
        if documents and self.incoming:
            copy = self.incoming / name
            shutil.copyfile(upload.path, copy)
            self.kept.append((copy, name))
        if documents and name != safe_file_name(upload.name):
            self.renamed.append(Renamed(upload.name, name))
        for entry in found:
            yield self._checked(entry, name)

    def _checked(self, entry: Document | LoadFailure, name: str) -> Document | LoadFailure:
        """A report, or why it cannot be added beside those that are there."""
        if isinstance(entry, LoadFailure):
            return entry
        if entry.doc_id in self.seen:
            return LoadFailure(name, f"its id “{entry.doc_id}” is also in {self.seen[entry.doc_id]}; it was read there")
        if self._is_another(entry):
            return LoadFailure(
                name, f"another report has the id “{entry.doc_id}”; choose to replace, or give this one another id"
            )
        self.seen[entry.doc_id] = name
        return entry

    def _is_free(self, name: str, path: Path) -> bool:
        """Whether a file may have the name: nothing else has it, or only the same file."""
        if name.casefold() in self.taken:
            return filecmp.cmp(self.taken[name.casefold()], path, shallow=False)
        kept = self.place.files / name if self.place and self.place.files else None
        return self.replacing or kept is None or not kept.exists() or filecmp.cmp(kept, path, shallow=False)

    def _is_another(self, document: Document) -> bool:
        """Whether the collection has other content under this doc_id, which is not to be replaced."""
        found = None if self.replacing else self.reports.snapshot.find(document.doc_id)
        return found is not None and found[2] != document.content_hash

    def _load(self, upload: Upload, name: str) -> list[Document | LoadFailure]:
        from index.loading import SourceFile, load_file

        path = str(upload.path)
        return [
            # What failed is named as its sender knows it; where it lies here is nobody's business.
            replace(entry, path=upload.name + entry.path.removeprefix(path))
            if isinstance(entry, LoadFailure)
            else entry
            for entry in load_file(SourceFile(upload.path, name))
        ]


def _named_after(document: Document, name: str) -> bool:
    """Whether the report's id is the file's name, or a row of it, and not an id of its own."""
    return document.doc_id == name or document.doc_id.startswith(f"{name}:")


def _settle(place: Place, kept: Sequence[tuple[Path, str]], doc_ids: set[str]) -> None:
    """Put new files where they are kept; one that is replaced goes to the trash."""
    if place.files is None:
        return
    place.files.mkdir(exist_ok=True)
    for copy, name in kept:
        target = place.files / name
        if not copy.exists():  # the same file was sent twice
            continue
        if target.exists() and not filecmp.cmp(target, copy, shallow=False):
            _to_trash(place, target)
        copy.replace(target)
    if gone := _read_removed(place) & doc_ids:
        _write_removed(place, _read_removed(place) - gone)


def _is_kept(files: Path, doc_id: str) -> bool:
    """Whether a report is a file of its own. An id is hostile: it must not lead out of the folder."""
    return safe_file_name(doc_id) == doc_id and (files / doc_id).is_file()


def _to_trash(place: Place, path: Path) -> None:
    if place.folder is None:
        return
    trash = place.folder / TRASH / moment()
    trash.mkdir(parents=True)
    path.rename(trash / path.name)


def _below(path: str, folder: Path) -> str:
    """The path without the folder that it lies in."""
    return path.removeprefix(str(folder)).lstrip("/\\") or folder.name


def _removed_file(folder: Path) -> Path:
    return folder / "removed.json"


def _read_removed(place: Place) -> set[str]:
    """Reports that were removed while their file stayed."""
    if place.folder is None or not _removed_file(place.folder).exists():
        return set()
    try:
        return {str(doc_id) for doc_id in json.loads(_removed_file(place.folder).read_text(encoding="utf-8"))}
    except (OSError, ValueError, TypeError) as error:
        raise CollectionError("damaged_list", path=_removed_file(place.folder)) from error


def _write_removed(place: Place, doc_ids: set[str]) -> None:
    if place.folder is None or (not doc_ids and not _removed_file(place.folder).exists()):
        return
    from index.store.files import write_atomically

    write_atomically(_removed_file(place.folder), json.dumps(sorted(doc_ids)).encode())


def _clear_leftovers(folder: Path, now: Callable[[], float] = time.time) -> None:
    """Drop what uploads left that were interrupted with the program."""
    for entry in folder.glob(f"{_INCOMING}*"):
        if now() - entry.stat().st_mtime > _OLD:
            shutil.rmtree(entry, ignore_errors=True)
