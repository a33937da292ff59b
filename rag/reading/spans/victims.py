"""Those who were hit are not those who did it."""

import tomllib
from functools import cache
from importlib.resources import files

import regex

from index.text.folding import fold_arabic, fold_case

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


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
    if any(word.startswith(asked) for word in _words(question)):
        return False
    return any(word.startswith(victims) for word in _words(answer))


@cache
def _stems() -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = tomllib.loads(files("rag.reading.spans").joinpath("victims.toml").read_text(encoding="utf-8"))
    asked = tuple(_fold(stem) for stem in table.pop("asked"))
    return asked, tuple(_fold(stem) for stems in table.values() for stem in stems)


def _words(text: str) -> list[str]:
    return _WORD.findall(_fold(text))


def _fold(text: str) -> str:
    return fold_arabic(fold_case(text))
