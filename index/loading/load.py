"""Files to documents; a file or a row that cannot be read becomes a failure, and the rest goes on."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.errors import LoadError
from index.loading.assemble import to_document
from index.loading.discover import discover
from index.loading.raw import BadRow, SourceFile
from index.loading.registry import LOADERS, supported_formats
from index.progress import Progress, Silent
from index.types import Document, LoadFailure

_log = logging.getLogger(__name__)


def load(paths: Sequence[Path], progress: Progress | None = None) -> Iterator[Document | LoadFailure]:
    """Load everything below the given paths.

    Args:
        paths: Files and folders.
        progress: Is told how many files are read.

    Yields:
        Documents with ids that occur once, and failures, in the order of :func:`discover`.
    """
    places: dict[str, str] = {}
    watcher = progress or Silent()
    entries = discover(paths)
    watcher.start("reading", len(entries), "file")
    for entry in entries:
        watcher.advance(1)
        if isinstance(entry, LoadFailure):
            yield entry
            continue
        for place, result in _load_with_places(entry):
            if isinstance(result, Document):
                first = places.setdefault(result.doc_id, place)
                if first != place:
                    yield LoadFailure(place, _same_id(result.doc_id, first))
                    continue
            yield result


def load_file(file: SourceFile) -> Iterator[Document | LoadFailure]:
    """Load one file; a bad file yields a failure and raises nothing.

    Args:
        file: The file.

    Yields:
        Its documents, and a failure for each row that holds none.
    """
    for _, result in _load_with_places(file):
        yield result


def _load_with_places(file: SourceFile) -> Iterator[tuple[str, Document | LoadFailure]]:
    """The results with the place of each: the file, with ``:row`` where it has rows."""
    path = str(file.path)
    loader = LOADERS.get(file.path.suffix.lower())
    try:
        if loader is None:
            raise LoadError(f"unsupported format {file.path.suffix} (supported: {supported_formats()})")
        if file.path.stat().st_size == 0:
            raise LoadError("the file is empty (0 bytes)")
        for report in loader(file.path):
            place = path if report.row is None else f"{path}:{report.row}"
            if isinstance(report, BadRow):
                yield place, LoadFailure(place, report.reason)
                continue
            try:
                yield place, to_document(report, file)
            except LoadError as error:
                yield place, LoadFailure(place, str(error))
    except LoadError as error:
        yield path, LoadFailure(path, str(error))
    except OSError as error:
        yield path, LoadFailure(path, f"the file cannot be read ({error.strerror or error}); check its permissions")
    except Exception as error:  # parsers of hostile files fail in ways they do not document
        _log.debug("loading %s failed", path, exc_info=True)
        kind = f"{type(error).__name__}: {error}".splitlines()[0]
        yield path, LoadFailure(path, f"the file cannot be read ({kind}); save it anew or convert it to text")


def _same_id(doc_id: str, first: str) -> str:
    return f"same id “{doc_id}” as {first}; index them from a common parent folder or give them different ids"
