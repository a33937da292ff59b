"""Which files below the given paths are reports."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.errors import LoadError
from index.loading.encoding import decode
from index.loading.raw import SourceFile
from index.loading.registry import LOADERS, supported_formats
from index.types import LoadFailure

_BEIR_CORPUS = "corpus.jsonl"
_BEIR_OTHERS = frozenset({"queries.jsonl", "qrels"})
_HOUSEKEEPING = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "__pycache__"})


def discover(paths: Sequence[Path]) -> list[SourceFile | LoadFailure]:
    """Find the files to load.

    Folders are walked in sorted order; hidden entries and what file managers leave behind are passed over, links are
    followed once, and a file reached twice counts once. Of a BEIR folder only ``corpus.jsonl`` holds reports, and
    ``queries.jsonl`` and ``qrels`` are passed over wherever they lie.

    Args:
        paths: Files and folders.

    Returns:
        The files, and what cannot be loaded with the reason.
    """
    found: list[SourceFile | LoadFailure] = []
    seen: set[Path] = set()
    for path in paths:
        for entry in _discover_one(path):
            if isinstance(entry, SourceFile):
                resolved = entry.path.resolve()
                if resolved in seen:
                    continue
                seen.add(resolved)
            found.append(entry)
    return found


def _discover_one(path: Path) -> Iterator[SourceFile | LoadFailure]:
    """What one given path holds."""
    if path.is_dir():
        entries = list(_walk(path, path, frozenset()))
        yield from entries or [LoadFailure(str(path), "the folder holds no reports; give a folder or files that do")]
    elif not path.exists():
        yield LoadFailure(str(path), "no such file or folder; check the path")
    else:
        yield _judge(path, path.name)


def _walk(folder: Path, root: Path, above: frozenset[Path]) -> Iterator[SourceFile | LoadFailure]:
    """The entries below a folder; ``above`` holds the folders on the way to it, against loops of links."""
    here = folder.resolve()
    if here in above:
        return
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield LoadFailure(str(folder), f"the folder cannot be read ({error.strerror}); check its permissions")
        return
    is_beir = any(entry.name == _BEIR_CORPUS for entry in entries)
    for entry in entries:
        if _is_housekeeping(entry.name) or _goes_with_beir(entry.name, is_beir):
            continue
        if is_beir and entry.name != _BEIR_CORPUS:
            yield LoadFailure(
                str(entry), "not loaded: of a BEIR folder only corpus.jsonl is; give this path itself to load it"
            )
        elif entry.is_dir():
            yield from _walk(entry, root, above | {here})
        elif not os.path.exists(entry):
            yield LoadFailure(str(entry), "the link leads nowhere; restore what it points to, or remove it")
        else:
            yield _judge(entry, entry.relative_to(root).as_posix())


def _judge(path: Path, relative: str) -> SourceFile | LoadFailure:
    """A file to load, or why it is none."""
    suffix = path.suffix.lower()
    if suffix not in LOADERS:
        return LoadFailure(
            str(path), f"unsupported format {suffix or '(no suffix)'} (supported: {supported_formats()})"
        )
    if not path.is_file():
        return LoadFailure(str(path), "not a regular file; remove it from the folder")
    return SourceFile(path, _readable(relative))


def _is_housekeeping(name: str) -> bool:
    """Hidden files, what file managers leave, and the lock files of office programs."""
    return name.startswith((".", "~$")) or name.casefold() in _HOUSEKEEPING


def _goes_with_beir(name: str, is_beir: bool) -> bool:
    """What accompanies a BEIR corpus and is no report; questions and judgements are none in any folder."""
    return name in _BEIR_OTHERS or (is_beir and Path(name).stem.casefold() in {"readme", "license", "licence"})


def _readable(name: str) -> str:
    """A file name as text: one that is not in the system's encoding is read as an old report's text would be."""
    raw = os.fsencode(name)
    if raw == name.encode("utf-8", "replace"):
        return name
    try:
        return decode(raw).text
    except LoadError:
        return raw.decode("utf-8", "replace")
