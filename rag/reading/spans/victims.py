"""Those who were hit are not those who did it."""

import tomllib
from functools import cache
from importlib.resources import files

import regex

from index.text.folding import fold_arabic, fold_case
from rag.reading.question import content_words

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_NEXT = regex.compile(r"(?:[\p{L}\p{M}\p{N}]+\s+){1,2}$")


def names_hit(question: str, before: str) -> bool:
    """Whether the words before an answer are those by which "who did it?" calls the one who was hit.

    Args:
        question: One that asks for somebody.
        before: The sentence up to the answer.

    Examples:
        >>> names_hit("Who killed the mayor?", "Gunmen shot mayor "), names_hit("Who killed the mayor?", "It was ")
        (True, False)
        >>> names_hit("من نفذ اغتيال القاضية؟", "قتل مسلحون القاضية ")
        True
    """
    asked = {word.removeprefix("ال") for word in fold_words(question)}
    people = {word for word in asked if word.startswith(_people())}
    next_to_it = _NEXT.search(before)
    if not people or next_to_it is None:
        return False
    *farther, nearest = (word.removeprefix("ال") for word in fold_words(next_to_it[0]))
    return nearest in people or (bool(content_words(nearest)) and not people.isdisjoint(farther))


def names_victims(question: str, answer: str) -> bool:
    """Whether an answer to "who did it?" names those who were hit.

    Args:
        question: One that asks for somebody.
        answer: The words that were marked.

    Returns:
        False where the question itself asks for those who were hit.

    Examples:
        >>> names_victims("من نفذ الهجوم؟", "قتلى من الجيش"), names_victims("Who attacked the bridge?", "the army")
        (True, False)
        >>> names_victims("Who was killed in the attack?", "two victims")
        False
    """
    asked, victims = _stems()
    if any(word.startswith(asked) for word in fold_words(question)):
        return False
    return any(word.startswith(victims) for word in fold_words(answer))


@cache
def _stems() -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = _table()
    victims = tuple(_fold(stem) for name, stems in table.items() if name not in ("asked", "people") for stem in stems)
    return tuple(_fold(stem) for stem in table["asked"]), victims


@cache
def _people() -> tuple[str, ...]:
    return tuple(_fold(stem) for stem in _table()["people"])


def _table() -> dict[str, list[str]]:
    return tomllib.loads(files("rag.reading.spans").joinpath("victims.toml").read_text(encoding="utf-8"))


def fold_words(text: str) -> list[str]:
    """The words of a text, without case and Arabic spelling variants."""
    return _WORD.findall(_fold(text))


def _fold(text: str) -> str:
    return fold_arabic(fold_case(text))
