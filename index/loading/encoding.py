"""Bytes to text: which encoding a file is in, and the characters that no text should hold."""

import re
from dataclasses import dataclass

from index.errors import LoadError
from index.loading.language import detect_language

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_SAMPLE = 20_000

# The Windows code page of each Latin-script language that does not use windows-1252.
_LATIN_CODE_PAGES = {
    **dict.fromkeys(("tr", "az"), "cp1254"),
    **dict.fromkeys(("pl", "cs", "sk", "sl", "hr", "sr", "hu", "ro", "sq"), "cp1250"),
    **dict.fromkeys(("et", "lv", "lt"), "cp1257"),
    "vi": "cp1258",
}
_ARABIC_WORD = re.compile("[\u0621-\u065f\u067e\u0686\u0698\u06a9\u06af\u06cc]+")
_MIXED_WORD = re.compile("[\u0621-\u064a][A-Za-z\u00c0-\u024f]|[A-Za-z\u00c0-\u024f][\u0621-\u064a]")
_FREQUENT_ARABIC = frozenset("في من على إلى عن أن إن ما لا كان هذا هذه التي الذي مع بين بعد قبل".split())


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and what had to be assumed or replaced to get it.

    Attributes:
        text: The characters.
        notes: One line each; empty where nothing was in doubt.
    """

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode a text file: byte-order mark, UTF-8, UTF-16 by its zero bytes, the declared encoding, then the likeliest.

    Args:
        data: The whole file.
        declared: The encoding that the file claims (HTML, mail), or "".

    Returns:
        The text without its byte-order mark, and a note where a legacy encoding was assumed.

    Raises:
        LoadError: The bytes are not text.

    >>> decode("Où ça ?".encode("utf-8"))
    Decoded(text='Où ça ?', notes=())
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(name, "replace"))
    utf16 = _utf16_without_bom(data)
    if utf16:
        return Decoded(data.decode(utf16, "replace"), ("no byte-order mark: UTF-16 was assumed",))
    _reject_binary(data)
    for name in ("utf-8", declared):
        text = _try(data, name)
        if text is not None:
            return Decoded(text)
    name = _guess(data)
    return Decoded(data.decode(name, "replace"), (f"not UTF-8: the legacy encoding {_label(name)} was assumed",))


def clean_characters(text: str) -> Decoded:
    r"""Replace what cannot be stored or shown, and make every line end a single ``\n``.

    Args:
        text: Any string.

    Returns:
        The text with NUL and lone surrogates as U+FFFD, CRLF and CR as LF and without zero-width no-break spaces
        (stray byte-order marks), and a note where something was replaced.

    >>> clean_characters("a\r\nb\ufeff\x00").text
    'a\nb�'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    cleaned, count = re.subn("[\x00\ud800-\udfff]", "\ufffd", text)
    if not count:
        return Decoded(cleaned)
    return Decoded(cleaned, (f"{count} characters that are no text (NUL or lone surrogates) were replaced by U+FFFD",))


def _try(data: bytes, name: str) -> str | None:
    """The text if ``name`` is an encoding and fits every byte, else None."""
    try:
        return data.decode(name) if name else None
    except (UnicodeDecodeError, LookupError):
        return None


def _label(name: str) -> str:
    """The encoding's usual name: ``cp1256`` is ``windows-1256``."""
    return re.sub(r"^cp(125\d)$", r"windows-\1", name).replace("_", "-")


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 shows in spaces and digits whose other byte is zero, always on the same side."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 2 * 0.05
    if odd > enough and even == 0:
        return "utf-16-le"
    if even > enough and odd == 0:
        return "utf-16-be"
    return None


def _reject_binary(data: bytes) -> None:
    """Raise LoadError where the bytes are another kind of file, or nobody's text."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise LoadError(f"not text but {what}; give the file the suffix of what it is")
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) * 0.02 + 2:
        raise LoadError("binary content, not text; convert it to text, or remove it from the folder")


def _guess(data: bytes) -> str:
    """The likeliest legacy encoding."""
    sample = data[:_SAMPLE]
    for name in ("iso8859_6", "cp1256"):
        text = _try(sample, name)
        if text is not None and _is_plausible_arabic(text):
            return name
    ascii_letters = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in sample)
    high = sum(byte >= 128 for byte in sample)
    if high < 0.5 * ascii_letters:
        # The unaccented letters tell the language, and the language its code page: the code pages of Latin
        # script give each other's bytes a meaning, so statistics over the accented letters mislead.
        return _LATIN_CODE_PAGES.get(detect_language(sample.decode("ascii", "ignore")), "cp1252")
    import charset_normalizer

    best = charset_normalizer.from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"


def _is_plausible_arabic(text: str) -> bool:
    """True where the letters beyond ASCII are Arabic and form Arabic words.

    Another script's bytes read as windows-1256 give words that mix Arabic with accented Latin letters.
    """
    words: list[str] = _ARABIC_WORD.findall(text)
    arabic = sum(map(len, words))
    beyond_ascii = sum(char > "\x7f" and char.isalpha() for char in text)
    if not words or arabic < 0.9 * beyond_ascii or len(_MIXED_WORD.findall(text)) > 0.02 * len(words):
        return False
    known = sum(word in _FREQUENT_ARABIC or word.startswith(("ال", "وال", "بال", "لل")) for word in words)
    return known >= 0.1 * len(words)
