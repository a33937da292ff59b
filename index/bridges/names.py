"""Which words of a question look like names."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import regex

from index.text.folding import fold_arabic, fold_case, fold_latin

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*")  # as the analyzer parts words
_SENTENCE_END = regex.compile(r"[.!?؟…:]\s*[\"'«“(]*$")
_CAPITALS = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}]")
_APOSTROPHE = regex.compile(r"['’].*$")
_LONG_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a question that may be a name.

    Attributes:
        text: The word as it stands.
        certain: Whether it is plainly one: a capital within the sentence says so.
    """

    text: str
    certain: bool


def name_words(question: str) -> tuple[NameWord, ...]:
    """The words of a question that may be names.

    In Latin, Cyrillic and Greek script: words with a capital that are not among the common words; certain within a
    sentence, not at its start. Where the question has no capital, or nothing but capitals, and in scripts that have
    none: every word of three letters or more that is not common, none of them certain.

    Args:
        question: In any language.

    Returns:
        Distinct words in order.

    Examples:
        >>> [word.text for word in name_words("When did Newton leave London?")]
        ['Newton', 'London']
        >>> name_words("ماذا قال نيوتن")
        (NameWord(text='نيوتن', certain=False),)
    """
    matches = [match for match in WORD.finditer(question) if match.group()[0].isalpha()]
    cased = [match.group() for match in matches if _CAPITALS.match(match.group())]
    telling = any(word[0].isupper() for word in cased) and not all(word.isupper() for word in cased)
    found: dict[str, NameWord] = {}
    for match in matches:
        word = match.group()
        if len(word) < _LONG_ENOUGH or is_common(word):
            continue
        if not (_CAPITALS.match(word) and telling):
            found.setdefault(word, NameWord(word, False))
        elif word[0].isupper():
            start = question[: match.start()]
            certain = bool(start.strip()) and not _SENTENCE_END.search(start)
            found[word] = NameWord(word, certain or (word in found and found[word].certain))
    return tuple(found.values())


def is_common(word: str) -> bool:
    """Whether a word is among the commonest of its language, and so no name."""
    return fold_word(_APOSTROPHE.sub("", word) or word) in _common_words()


def fold_word(word: str) -> str:
    """A word without the differences of spelling that a reader does not mean."""
    return fold_latin(fold_arabic(fold_case(word)))


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    text = (files("index.bridges") / "data" / "common_words.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(fold_word(word) for line in lines for word in line.split())
