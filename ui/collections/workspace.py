"""Several collections behind one page: opened once, shared between threads, written to by one at a time."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from index.errors import IndexLockedError, MustanadError
from ui.collections.names import collection_name, is_collection_name, numbered
from ui.collections.problems import CollectionError
from ui.engine import Engine

if TYPE_CHECKING:
    from index.embedding import Embedder
    from rag import Reports

TRASH = ".trash"
MAX_UPLOAD = 200 * 10**6


@dataclass(frozen=True, slots=True)
class Place:
    """Where a collection lies.

    Attributes:
        name: What it is called.
        index: Its index folder.
        folder: Its own folder below ``--collections``, with ``index`` and ``files``; None for an index from elsewhere,
            which keeps no files.
    """

    name: str
    index: Path
    folder: Path | None = None

    @property
    def files(self) -> Path | None:
        """What was uploaded, or None where no files are kept."""
        return self.folder / "files" if self.folder else None


@dataclass(slots=True)
class _Opened:
    reports: Reports
    stamp: tuple[int, ...]


class Workspace:
    """The collections of a page. Safe to use from several threads.

    Args:
        indexes: Index folders, each a collection named as its folder.
        folder: Where new collections are made, each in a folder of its own; those in it are collections, too. None
            leaves only ``indexes``.
        engine: What runs the embedding models; see ``rag.open``.
        embedder: A model already open, for new collections and for all that were built with it.
        changes: Whether anything may be changed from the page.
        max_upload: How many bytes may be added at once.
    """

    def __init__(
        self,
        indexes: Sequence[Path] = (),
        folder: Path | None = None,
        *,
        engine: str | None = None,
        embedder: Embedder | None = None,
        changes: bool = True,
        max_upload: int = MAX_UPLOAD,
    ) -> None:
        self._folder = folder
        self._engine = engine
        self._embedders: list[Embedder] = [embedder] if embedder else []
        self._made_with = embedder
        self.changes = changes
        self.max_upload = max_upload
        self._given: dict[str, Place] = {}
        for path in indexes:
            name = self._free_name(path.resolve().name)
            self._given[name] = Place(name, path)
        self._opened: dict[str, _Opened] = {}
        self._fixed: dict[str, Engine] = {}
        self._lock = threading.RLock()
        self._writers: dict[str, threading.Lock] = {}

    @classmethod
    def single(cls, engine: Engine, name: str = "reports") -> Workspace:
        """A workspace of one engine that is open already; nothing in it can be changed."""
        made = cls(changes=False)
        made._fixed[name] = engine
        return made

    @property
    def can_create(self) -> bool:
        """Whether new collections can be made."""
        return self.changes and self._folder is not None

    @property
    def default(self) -> str:
        """The collection that is shown first, or "" where there is none."""
        names = self.names()
        return names[0] if names else ""

    @property
    def given(self) -> tuple[str, ...]:
        """The collections that were given as index folders."""
        return tuple(self._given)

    def names(self) -> tuple[str, ...]:
        """All collections: those given first, as given, then those of the folder by name."""
        return (*self._fixed, *self._given, *self._found())

    def place(self, name: str) -> Place | None:
        """Where a collection lies; None for an engine that was open already.

        Raises:
            CollectionError: There is none of this name.
        """
        if name in self._fixed:
            return None
        found = self._given.get(name) or self._found().get(name)
        if found is None:
            raise CollectionError("unknown", name=name)
        return found

    def open(self, name: str) -> Reports:
        """A collection at its newest commit: opened at the first call, and the same object ever after.

        Raises:
            CollectionError: There is none of this name.
            MustanadError: It cannot be opened.
        """
        if name in self._fixed:
            return cast("Reports", self._fixed[name])
        place = self.place(name)
        if place is None:
            raise CollectionError("unknown", name=name)
        with self._lock:
            opened = self._opened.get(name)
            stamp = _stamp(place.index)
            if opened is None:
                opened = self._opened[name] = _Opened(self._open(place), stamp)
            elif opened.stamp != stamp:  # another process, or another thread, has written
                opened.reports.refresh()
                opened.stamp = stamp
            return opened.reports

    def can_write(self, name: str) -> bool:
        """Whether the collection may be changed: changes are allowed, and its folder is not read-only."""
        place = self.place(name)
        return place is not None and self.changes and os.access(place.folder or place.index, os.W_OK)

    def create(self, name: str) -> str:
        """Make an empty collection.

        Returns:
            Its name, without the space around it.

        Raises:
            CollectionError: The name cannot be used or is taken, or new collections cannot be made here.
        """
        import rag

        if not self.changes:
            raise CollectionError("changes_off")
        if self._folder is None:
            raise CollectionError("no_folder")
        chosen = collection_name(name)
        if not is_collection_name(chosen):
            raise CollectionError("bad_name")
        with self._lock:
            # Two names that differ in case only are one name on some file systems, and to some people.
            if chosen.casefold() in {known.casefold() for known in self.names()} or (self._folder / chosen).exists():
                raise CollectionError("name_taken", name=chosen)
            place = Place(chosen, self._folder / chosen / "index", self._folder / chosen)
            try:
                (self._folder / chosen / "files").mkdir(parents=True)
                reports = rag.create(place.index, embedder=self._model_for_new(), engine=self._engine)
            except OSError as error:
                raise CollectionError("read_only", name=chosen) from error
            self._know(reports.embedder)
            self._opened[chosen] = _Opened(reports, _stamp(place.index))
        return chosen

    def delete(self, name: str, typed: str) -> None:
        """Take a collection away. Nothing is lost: its folder is moved to ``.trash`` beside it.

        Args:
            name: The collection.
            typed: Its name again, as the person who wants it gone has typed it.

        Raises:
            CollectionError: The names differ, or the collection cannot be taken away from here.
        """
        with self.writing(name) as place:
            if place.folder is None or self._folder is None:
                raise CollectionError("not_ours", name=name)
            if collection_name(typed) != name:
                raise CollectionError("name_differs", name=name)
            from index.store.locking import locked

            trash = self._folder / TRASH
            # The lock file moves along: a process that waits for it then finds no index, and says so.
            with locked(place.index), self._lock:
                self._opened.pop(name, None)  # not closed: another thread may be reading it
                try:
                    trash.mkdir(exist_ok=True)
                    place.folder.rename(trash / f"{name} {moment()}")
                except OSError as error:
                    raise CollectionError("not_moved", name=name) from error

    @contextmanager
    def writing(self, name: str) -> Iterator[Place]:
        """The right to change a collection, for one at a time.

        Raises:
            CollectionError: It may not be changed, or somebody is changing it.
        """
        place = self.place(name)
        if place is None or not self.changes:
            raise CollectionError("changes_off")
        if not self.can_write(name):
            raise CollectionError("read_only", name=name)
        with self._lock:
            writer = self._writers.setdefault(name, threading.Lock())
        if not writer.acquire(blocking=False):
            raise CollectionError("busy", name=name)
        try:
            yield place
        except IndexLockedError as error:
            raise CollectionError("busy", name=name) from error
        finally:
            writer.release()

    def _open(self, place: Place) -> Reports:
        import rag
        from index.store import read_manifest

        known = None
        if self._embedders:
            fingerprint = read_manifest(place.index).model.fingerprint
            known = next((model for model in self._embedders if model.fingerprint == fingerprint), None)
        if known is not None:
            return rag.open(place.index, embedder=known)
        reports = rag.open(place.index, engine=self._engine)
        self._know(reports.embedder)
        return reports

    def _know(self, embedder: Embedder) -> None:
        if all(known.fingerprint != embedder.fingerprint for known in self._embedders):
            self._embedders.append(embedder)

    def _model_for_new(self) -> Embedder | None:
        """The default model where it is open already, else None: it is loaded then."""
        if self._made_with is not None:
            return self._made_with
        from index.embedding import DEFAULT_MODEL

        opened = [entry.reports for entry in self._opened.values()]
        return next((reports.embedder for reports in opened if _is_default(reports, DEFAULT_MODEL)), None)

    def _found(self) -> dict[str, Place]:
        """The collections of the folder by name."""
        if self._folder is None or not self._folder.is_dir():
            return {}
        try:
            folders = sorted(entry for entry in self._folder.iterdir() if (entry / "index" / "manifest.json").is_file())
        except OSError as error:
            raise MustanadError(f"{self._folder} cannot be read: {error.strerror}; check its permissions") from error
        return {
            entry.name: Place(entry.name, entry / "index", entry)
            for entry in folders
            if is_collection_name(entry.name) and entry.name not in self._given
        }

    def _free_name(self, wanted: str) -> str:
        """The name of a folder, numbered where two given ones have the same."""
        taken = {*self._given, *self._found()}
        base, number = wanted or "reports", 2
        while wanted in taken or not wanted:
            wanted, number = numbered(base, number), number + 1
        return wanted


def moment() -> str:
    """Now, as part of a file name."""
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")


def _is_default(reports: Reports, model: str) -> bool:
    record = reports.manifest.model
    return record.name == model and record.query_prompt is None and record.passage_prompt is None


def _stamp(index: Path) -> tuple[int, ...]:
    """What changes with every commit."""
    try:
        stat = (index / "manifest.json").stat()
    except OSError:
        return ()
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
