"""Folding that forgives spelling and keeps the way back: every folded character knows where it came from."""

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

_TATWEEL = "\u0640"
_LETTERS = str.maketrans(
    {
        "ı": "i",  # Turkish dotless i, so that I, İ, i and ı meet
        "ی": "ي",
        "ى": "ي",
        "ە": "ه",
        "ة": "ه",
        "ک": "ك",
        "ٱ": "ا",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "–": "—",
        "−": "-",
        "“": '"',
        "”": '"',
        "„": '"',
    }
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the origin of each of its characters.

    Attributes:
        text: The folded text.
        origins: For each character of ``text``, the offset in the original text; never decreasing.
        original: The text before folding.
    """

    text: str
    origins: tuple[int, ...]
    original: str

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of the non-empty stretch ``text[start:end]``, its combining marks included."""
        first, last = self.origins[start], self.origins[end - 1] + 1
        while last < len(self.original) and unicodedata.category(self.original[last]) == "Mn":
            last += 1
        return first, last

    def from_original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the folded text of ``original[start:end]``; empty where nothing of it was kept."""
        return bisect_left(self.origins, start), bisect_left(self.origins, end)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character == _TATWEEL or unicodedata.category(character) == "Cf":
        return ""
    if character.isspace():
        return " "
    # Twice: the case folding of some letters (İ) leaves a combining mark behind.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    kept = "".join(c for c in decomposed if unicodedata.category(c) != "Mn").translate(_LETTERS)
    return "".join(" " if c.isspace() else c for c in kept)


def fold(text: str) -> Folded:
    """Fold case, accents, Arabic diacritics and letter forms, tatweel, joiners and runs of white space.

    Args:
        text: Any text.

    Returns:
        The folded text with the origin of each character.

    >>> fold("İSTANBUL’da ısı").text
    "istanbul'da isi"
    >>> folded = fold("لم يتبنَّ أحدٌ")
    >>> folded.text
    'لم يتبن احد'
    >>> start, end = folded.to_original(3, 7)
    >>> folded.original[start:end]
    'يتبنَّ'
    """
    characters: list[str] = []
    origins: list[int] = []
    for offset, original in enumerate(text):
        for character in _fold_character(original):
            if character == " " and characters and characters[-1] == " ":
                continue
            characters.append(character)
            origins.append(offset)
    return Folded("".join(characters), tuple(origins), text)
