"""Writes a pack as files for people to keep."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rag.packs import Pack, PackedTurn, make_pack, pack_text
from rag.reports import Reports
from ui.export.markdown import pack_markdown
from ui.export.page import pack_html
from ui.strings import ENGLISH, Strings

_UNSAFE = re.compile(r"[^\w]+")
_LONGEST = 60  # characters, of up to four bytes each: below the 255 bytes of file systems
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10))}


class PackFiles(NamedTuple):
    """Where the three forms of a pack are."""

    html: Path
    json: Path
    md: Path


def pack_files(reports: Reports, turns: Sequence[PackedTurn], strings: Strings, folder: Path) -> PackFiles:
    """Write a conversation as HTML, JSON and Markdown into a folder, under new names made of its first question.

    Raises:
        MustanadError: A cited report has gone from the collection; see ``make_pack``.
        ValueError: There are no turns.
        OSError: A file cannot be written.
    """
    pack = make_pack(reports, turns)
    texts = (pack_html(pack, strings), pack_text(pack), pack_markdown(pack, strings))
    folder.mkdir(parents=True, exist_ok=True)
    stem = file_stem(pack.turns[0].answer.question)
    number = 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        files = PackFiles(*(folder / f"{name}.{ending}" for ending in ("html", "json", "md")))
        number += 1
        try:
            files.html.touch(exist_ok=False)  # the name is taken in one step: two users may save at once
        except FileExistsError:
            continue
        if files.json.exists() or files.md.exists():
            files.html.unlink()
            continue
        for path, text in zip(files, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return files


def file_stem(question: str) -> str:
    """A file's name from a question: its letters and digits, in any script.

    >>> file_stem("من نفذ الهجوم؟"), file_stem("../../etc"), file_stem("?"), file_stem("CON")
    ('من-نفذ-الهجوم', 'etc', 'mustanad', 'mustanad-CON')
    """
    stem = _UNSAFE.sub("-", unicodedata.normalize("NFC", question))[:_LONGEST].strip("-_")
    return f"mustanad-{stem}" if stem.casefold() in _RESERVED else stem or "mustanad"


def html_text(pack: Pack) -> str:
    """The page in English, for ``mustanad ask --pack FILE.html``."""
    return pack_html(pack, ENGLISH)


def markdown_text(pack: Pack) -> str:
    """The Markdown in English, for ``mustanad ask --pack FILE.md``."""
    return pack_markdown(pack, ENGLISH)
