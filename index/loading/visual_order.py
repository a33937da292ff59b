"""Arabic text in visual order: told by its words and punctuation, and put back into reading order.

A PDF stores what is painted, from left to right. Depending on the program that wrote it and the one that reads it,
the letters of each word, the words of each line, or both, come out in the wrong direction.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LETTER = "\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
_MARK = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_WORD = re.compile(f"[{_LETTER}{_MARK}]+")
_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_LATIN = "A-Za-z\u00c0-\u024f\u0370-\u04ff"
_LATIN_WORD = f"[{_LATIN}{_DIGITS}]*[{_LATIN}][{_LATIN}{_DIGITS}]*"
_LEFT_TO_RIGHT = re.compile(f"{_LATIN_WORD}(?:[ .,:/'’&@_+-]+{_LATIN_WORD})*|[{_DIGITS}]+(?:[.,:/٫٬-][{_DIGITS}]+)*")
_PUNCTUATION = ".،؛؟:!"
_ENDS_WORD = re.compile(f"[{_LETTER}{_MARK}][{_PUNCTUATION}]+(?=\\s|$)")
_STARTS_WORD = re.compile(f"(?:^|(?<=\\s))[{_PUNCTUATION}]+(?=[{_LETTER}{_DIGITS}])")
_STARTS_LINE = re.compile(f"^\\s*[{_PUNCTUATION}]+\\s*[{_LETTER}{_DIGITS}]")
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_PAIRS = {")": "(", "]": "[", "}": "{", "»": "«"}

_BEFORE_ARTICLE = frozenset("هذا هذه ذلك تلك بعض جميع عبد".split())
_AFTER_ARTICLE = frozenset("التي الذي الذين والتي والذي كما وقد حيث".split())
_COLLOCATIONS = frozenset(
    [("من", "قبل"), ("من", "خلال"), ("أكثر", "من"), ("في", "حين"), ("بالإضافة", "إلى"), ("يمكن", "أن"), ("وقال", "إن")]
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts for and against reading order.

    Attributes:
        right: Signs of reading order.
        wrong: Signs of visual order.
        certain: Those of ``wrong`` that correct text cannot show.
    """

    right: int
    wrong: int
    certain: int

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(self.right + other.right, self.wrong + other.wrong, self.certain + other.certain)

    @property
    def says_visual(self) -> bool:
        """True where the signs of visual order are many, one of them certain, and not contradicted."""
        return self.certain > 0 and self.wrong >= 2 and self.wrong > 2 * self.right


@dataclass(frozen=True, slots=True)
class Reordered:
    """A text in reading order as far as that could be told.

    Attributes:
        text: The text.
        letters: The letters of words were reversed.
        words: The words of lines were reversed.
        unsure: There were signs of visual order, too weak to act on.
    """

    text: str
    letters: bool = False
    words: bool = False
    unsure: bool = False


def letter_evidence(line: str) -> Evidence:
    """Weigh whether the letters of words run backwards.

    Correct Arabic begins many words with the article ال and ends many with ة or ى; no correct word begins with either.

    Args:
        line: A line; presentation forms count as their letters.

    Returns:
        The counts.

    >>> letter_evidence("ةنيدملا ىلع"), letter_evidence("على المدينة")
    (Evidence(right=0, wrong=3, certain=2), Evidence(right=3, wrong=0, certain=0))
    """
    words = [word for word in _WORD.findall(unicodedata.normalize("NFKC", line)) if len(word) >= 3]
    certain = sum(word[0] in "ةى" for word in words)
    wrong = sum(word.endswith(("لا", "لاو", "لاب")) for word in words)
    right = sum(word.startswith(("ال", "وال", "بال")) for word in words) + sum(word[-1] in "ةى" for word in words)
    return Evidence(right, wrong + certain, certain)


def word_evidence(line: str) -> Evidence:
    """Weigh whether the words of a line run backwards, their letters being in order.

    Punctuation leans on the word before it; demonstratives precede the article, relative pronouns follow the
    definite noun (in ARCD and XQuAD 300 to 12 and 270 to 0).

    Args:
        line: A line.

    Returns:
        The counts.

    >>> word_evidence(".المدينة هذه على هجوم")
    Evidence(right=0, wrong=2, certain=2)
    """
    right, wrong = len(_ENDS_WORD.findall(line)), len(_STARTS_WORD.findall(line))
    certain = len(_STARTS_LINE.findall(line))
    words = _WORD.findall(line)
    for first, second in pairwise(words):
        right += _in_order(first, second)
        backwards = _in_order(second, first)
        wrong, certain = wrong + backwards, certain + backwards
    return Evidence(right, wrong, certain)


def _in_order(first: str, second: str) -> bool:
    """True for two words that stand in this order far more often than in the other."""
    return (
        (first in _BEFORE_ARTICLE and _is_definite(second))
        or (_is_definite(first) and second in _AFTER_ARTICLE)
        or (first, second) in _COLLOCATIONS
    )


def _is_definite(word: str) -> bool:
    return word.startswith("ال") and word not in _AFTER_ARTICLE


def reverse_line(line: str, *, letters: bool, words: bool) -> str:
    """Turn one line around, keeping numbers and Latin words as they are.

    Args:
        line: The line.
        letters: Reverse the letters of each Arabic word.
        words: Reverse the order of words; brackets are then mirrored where that makes them pair.

    Returns:
        The line in reading order.

    >>> reverse_line(".(25) ةنيدملا", letters=True, words=True)
    'المدينة (25).'
    """
    if not words:
        return _WORD.sub(_backwards, line) if letters else line
    line = _LEFT_TO_RIGHT.sub(_backwards, line[::-1])
    if not letters:
        line = _WORD.sub(_backwards, line)
    elif re.search(f"(?:^|\\s)[{_MARK}]", line):
        # Marks that came after their letter are now before it.
        line = re.sub(f"([{_MARK}]+)([{_LETTER}])", r"\2\1", line)
    mirrored = line.translate(_MIRROR)
    line = mirrored if _paired(mirrored) >= _paired(line) else line
    # Extractors hang a bracket on the wrong neighbour: "a( b )c" is "a (b) c".
    return re.sub(r"(?<=\S)([(\[]) (?=\S)", r" \1", re.sub(r"(?<=\S) ([)\]])(?=[^\s.,،؛:])", r"\1 ", line))


def _backwards(match: re.Match[str]) -> str:
    return match.group()[::-1]


def _paired(line: str) -> int:
    """How many brackets close one that was opened."""
    open_brackets: list[str] = []
    pairs = 0
    for char in line:
        if char in _PAIRS.values():
            open_brackets.append(char)
        elif char in _PAIRS and open_brackets and open_brackets[-1] == _PAIRS[char]:
            open_brackets.pop()
            pairs += 1
    return pairs


def reorder(text: str) -> Reordered:
    """Put the lines of a text that are in visual order into reading order.

    The text as a whole decides, and a line whose own signs say otherwise goes its own way.

    Args:
        text: Any text.

    Returns:
        The text and what was done; a text without Arabic comes back as it is.
    """
    if not _WORD.search(text):
        return Reordered(text)
    lines = text.split("\n")
    by_letter = [letter_evidence(line) for line in lines]
    letters = _visual_lines(by_letter)
    turned = [reverse_line(line, letters=flag, words=False) for line, flag in zip(lines, letters, strict=True)]
    by_word = [word_evidence(line) for line in turned]
    whole = sum(by_word, Evidence(0, 0, 0))
    words = _visual_lines(by_word)
    # Backward letters mostly come with backward words; only clear signs of the contrary speak against it.
    assumed = any(letters) and whole.right <= whole.wrong
    words = [flag or (assumed and letter) for flag, letter in zip(words, letters, strict=True)]
    words = [flag and _is_mostly_arabic(line) for flag, line in zip(words, lines, strict=True)]
    if not any(letters) and not any(words):
        signs = sum(by_letter, Evidence(0, 0, 0))
        return Reordered(text, unsure=_looks_odd(signs) or _looks_odd(whole))
    result = [reverse_line(line, letters=a, words=b) for line, a, b in zip(lines, letters, words, strict=True)]
    return Reordered("\n".join(result), letters=any(letters), words=any(words))


def _visual_lines(evidence: Sequence[Evidence]) -> list[bool]:
    """Which lines are in visual order: by the whole, unless the line's own signs say otherwise."""
    if sum(evidence, Evidence(0, 0, 0)).says_visual:
        return [line.right <= line.wrong for line in evidence]
    return [line.says_visual and line.right == 0 and line.certain > 1 for line in evidence]


def _looks_odd(signs: Evidence) -> bool:
    return signs.certain > 1 and signs.wrong > signs.right


def _is_mostly_arabic(line: str) -> bool:
    return sum(map(len, _WORD.findall(line))) > len(re.findall(f"[{_LATIN}]", line))
