"""What of a text is compared: its shingles, its numbers in their context, the day of its dateline."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import regex
from numpy.typing import NDArray

from index.loading.datelines import find_dateline
from index.text.folding import fold_arabic, fold_case, fold_digits, fold_latin

SHINGLE_WORDS = 3
# A shorter text has too few shingles to tell: "Photo: Reuters" is in a thousand reports.
MIN_WORDS = 8
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_UNIT = regex.compile(rf"[{_UNSPACED}]\p{{M}}*|[\p{{L}}\p{{M}}\p{{N}}--[{_UNSPACED}]]+", regex.VERSION1)
_STARTS_UNSPACED = regex.compile(f"[{_UNSPACED}]")
_NUMERIC = regex.compile(r"[\p{N}\p{Numeric_Type=Numeric}]")  # digits, and characters such as 七
_MASK = "#"


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """A text as it is compared with others.

    Attributes:
        key: Hash of all its words and of its dateline's day: texts with the same key are copies. 0 where the text is
            too short to be compared.
        shingles: Hashes of its shingles, ``(n_shingles,) uint64``, ascending, each once.
        numbers: The hash of each shingle with its numbers masked, ``(n_shingles,) uint64``; 0 where it has none.
        middles: The hash of each shingle with its middle word masked, likewise; 0 in a script without spaces.
        day: The day of its dateline, or None.
    """

    key: int
    shingles: NDArray[np.uint64]
    numbers: NDArray[np.uint64]
    middles: NDArray[np.uint64]
    day: date | None


def outline(text: str) -> Outline:
    """The outline of a text.

    A dateline counts for its day only: place and agency are the first that a copy changes.

    Args:
        text: A report.

    Returns:
        Its outline, with key 0 and no shingles where it has fewer than 8 words (16 characters of a script written
        without spaces).
    """
    dateline = find_dateline(text, date.max)
    day = dateline.published if dateline else None
    if dateline:
        line = text.rfind("\n", 0, len(text[: dateline.end].rstrip())) + 1
        text = f"{text[:line]} {text[dateline.end :]}"
    found = units(text)
    if sum(0.5 if _STARTS_UNSPACED.match(unit) else 1 for unit in found) < MIN_WORDS:
        empty = np.zeros(0, dtype=np.uint64)
        return Outline(0, empty, empty, empty, day)
    masked = [_MASK if _is_number(unit) else unit for unit in found]
    rows = {
        _hash(found[start:end]): (_numbers_masked(masked[start:end]), _middle_masked(found[start:end]))
        for start, end in shingle_spans(found)
    }
    table = np.asarray([(hashed, *others) for hashed, others in sorted(rows.items())], dtype=np.uint64)
    shingles, numbers, middles = np.ascontiguousarray(table.T)
    return Outline(_hash([str(day), *found]), shingles, numbers, middles, day)


def units(text: str) -> list[str]:
    """The words of a text, folded; each character of a script written without spaces stands alone.

    Examples:
        >>> units("قُتِلَ ٧ أشخاصٍ في «كسلا»")
        ['قتل', '7', 'اشخاص', 'في', 'كسلا']
        >>> units("Attaqué: 7人死亡")
        ['attaque', '7', '人', '死', '亡']
    """
    found: list[str] = _UNIT.findall(fold_latin(fold_arabic(fold_digits(fold_case(text)))))
    return found


def shingle_spans(found: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end of every three words in a row; six characters count as much, in a script without spaces.

    Examples:
        >>> shingle_spans(["he", "was", "killed", "today"])
        [(0, 3), (1, 4)]
    """
    lengths = [2 * SHINGLE_WORDS if _STARTS_UNSPACED.match(unit) else SHINGLE_WORDS for unit in found]
    last = max(1, len(found) - SHINGLE_WORDS + 1)
    return [(start, min(start + length, len(found))) for start, length in enumerate(lengths[:last])]


def _is_number(unit: str) -> bool:
    """Whether a word has a digit, or is a numeral such as 七."""
    return _NUMERIC.search(unit) is not None


def _numbers_masked(masked: Sequence[str]) -> int:
    """Hash of a shingle in which numbers are masked; 0 where it has none, or nothing else."""
    return _hash(masked) if _MASK in masked and len(set(masked)) > 1 else 0


def _middle_masked(shingle: Sequence[str]) -> int:
    """Hash of a shingle of three words with the second masked; 0 where it is none."""
    return _hash([shingle[0], _MASK, shingle[2]]) if len(shingle) == SHINGLE_WORDS else 0


def _hash(words: Sequence[str]) -> int:
    """64 bits, never 0; the same on every machine."""
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), "little") or 1
