r"""Names that people give to collections and files: hostile until they have been through here.

A name becomes one entry of a folder, readable in any script, on every file system: no separators, no controls (also
not those that reorder letters on the screen), nothing hidden, nothing that Windows keeps for itself.
"""

import re
import unicodedata

from rag.visible import BIDI

_FORBIDDEN = re.compile(r'[/\\<>:"|?*\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST_NAME = 60  # characters of a collection's name
_LONGEST_FILE = 180  # bytes of a file's name: file systems take 255, and a number may follow
_LONGEST_SUFFIX = 16


def is_collection_name(name: str) -> bool:
    r"""Whether a collection may have this name.

    >>> is_collection_name("تقارير السودان 2023"), is_collection_name("../etc"), is_collection_name(".trash")
    (True, False, False)
    """
    return (
        name == collection_name(name)
        and 0 < len(name) <= _LONGEST_NAME
        and len(name.encode("utf-8", "replace")) <= _LONGEST_FILE
        and not _FORBIDDEN.search(name)
        and not BIDI.search(name)
        and not name.startswith((".", "~"))
        and not name.endswith(".")
        and not _RESERVED.fullmatch(name)
    )


def collection_name(text: str) -> str:
    """A name as typed, without the space around and within it that nobody sees.

    >>> collection_name("  Sudan   2023 ")
    'Sudan 2023'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def safe_file_name(name: str) -> str:
    r"""The name of an uploaded file as the name of a file here, as near to it as may be.

    >>> safe_file_name("../../etc/passwd"), safe_file_name("تقرير.txt"), safe_file_name("a\u202etxt.exe\x00")
    ('passwd', 'تقرير.txt', 'atxt.exe_')
    >>> safe_file_name("...") , safe_file_name(".hidden.txt"), safe_file_name("CON.txt")
    ('report', 'hidden.txt', '_CON.txt')
    """
    last = re.split(r"[/\\]", name)[-1]
    cleaned = _FORBIDDEN.sub("_", BIDI.sub("", unicodedata.normalize("NFC", last)))
    # What begins with these is passed over as hidden when a folder is read again.
    cleaned = " ".join(cleaned.split()).lstrip(".~ ").rstrip(". ") or "report"
    if _RESERVED.fullmatch(cleaned):
        cleaned = f"_{cleaned}"
    stem, suffix = split_suffix(cleaned)
    return _cut(stem, _LONGEST_FILE - len(suffix.encode())) + suffix


def numbered(name: str, number: int) -> str:
    """The name with a number before its suffix.

    >>> numbered("report.txt", 2)
    'report (2).txt'
    """
    stem, suffix = split_suffix(name)
    return f"{stem} ({number}){suffix}"


def split_suffix(name: str) -> tuple[str, str]:
    """Stem and suffix of a file name; what is too long to be a suffix is none.

    >>> split_suffix("a.b.txt"), split_suffix("readme")
    (('a.b', '.txt'), ('readme', ''))
    """
    stem, dot, suffix = name.rpartition(".")
    if not stem or not dot or len(suffix.encode()) > _LONGEST_SUFFIX:
        return name, ""
    return stem, f".{suffix}"


def _cut(text: str, size: int) -> str:
    """The beginning of a text that takes no more bytes in UTF-8."""
    return text.encode()[:size].decode("utf-8", "ignore")
