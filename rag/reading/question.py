"""What a question asks for, read from its interrogative, and which of its words carry meaning."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import regex

from index.text.folding import fold_arabic, fold_case, fold_latin

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


class Expected(StrEnum):
    """The kind of answer a question expects."""

    PERSON = "person"
    TIME = "time"
    PLACE = "place"
    NUMBER = "number"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Words:
    """Folded words of all languages: interrogatives by what they ask for, and function words."""

    asks: tuple[tuple[str, Expected], ...]
    empty: frozenset[str]


@cache
def _words() -> _Words:
    with files("rag.reading").joinpath("question_words.toml").open("rb") as file:
        tables = tomllib.load(file)
    asks: list[tuple[str, Expected]] = []
    empty: set[str] = set()
    for table in tables.values():
        for kind in Expected:
            asks.extend((_fold(phrase), kind) for phrase in table.get(kind.value, []))
        empty.update(_fold(word) for word in table.get("empty", []))
    empty.update(word for phrase, _ in asks for word in phrase.split())
    return _Words(tuple(asks), frozenset(empty))


def _fold(text: str) -> str:
    return fold_latin(fold_arabic(fold_case(text)))


def expected_answer(question: str) -> Expected:
    """The kind of answer a question expects: its first interrogative says, the longest where several start there.

    Args:
        question: In any of the languages of ``question_words.toml``.

    Returns:
        ``Expected.OTHER`` where no interrogative says.

    Examples:
        >>> expected_answer("كم عدد القتلى؟"), expected_answer("Who carried out the attack?")
        (<Expected.NUMBER: 'number'>, <Expected.PERSON: 'person'>)
    """
    folded = f" {' '.join(_WORD.findall(_fold(question)))} "
    found = [(folded.find(f" {phrase} "), -len(phrase), kind) for phrase, kind in _words().asks]
    return min((match for match in found if match[0] >= 0), default=(0, 0, Expected.OTHER))[2]


def content_words(question: str) -> str:
    """The question without interrogatives and function words, for measuring what of it a text covers.

    Examples:
        >>> content_words("Who carried out the attack in Raqqa?")
        'carried attack Raqqa'
    """
    empty = _words().empty
    return " ".join(word for word in _WORD.findall(question) if _fold(word) not in empty)
