"""Writes a pack to a file, in the form that the file's ending names."""

from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

from index.errors import MustanadError
from index.store.files import write_atomically
from rag.packs.formatting import pack_text
from rag.packs.types import Pack

PACK_WRITERS = "mustanad.pack_writers"
"""The entry points, by ending without its dot, of functions that make a pack's text; rooms above ``rag`` have them."""


def pack_writer(path: Path) -> Callable[[Pack], str]:
    """What makes the text of such a file.

    Raises:
        MustanadError: No writer for the ending is installed; names those that are.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending == "json":
        return pack_text
    found = {entry.name: entry for entry in entry_points(group=PACK_WRITERS)}
    if ending not in found:
        known = ", ".join(f".{name}" for name in sorted({"json", *found}))
        raise MustanadError(f"{path}: no evidence pack can be written with this ending; choose one of {known}")
    writer: Callable[[Pack], str] = found[ending].load()
    return writer


def save_pack(pack: Pack, path: Path) -> None:
    """Write a pack; a file of that name is replaced in one step.

    Raises:
        MustanadError: No writer for the ending is installed.
        OSError: The file cannot be written.
    """
    write_atomically(path, pack_writer(path)(pack).encode("utf-8"))
