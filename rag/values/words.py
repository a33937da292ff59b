"""Words as answers are compared by, and tables of words that are folded alike."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import regex

from index.text.folding import fold_arabic, fold_case, fold_digits, fold_latin

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*")


@lru_cache(maxsize=1 << 12)
def fold(text: str) -> str:
    """A text without the differences of spelling that a reader does not mean.

    Examples:
        >>> fold("Ágil ٣ أحمـد")
        'agil 3 احمد'
    """
    return fold_digits(fold_latin(fold_arabic(fold_case(text.replace("\u200c", "")))))


def plain(text: str) -> str:
    """The folded words of a text, one space between them.

    Examples:
        >>> plain("«The  Northern Brigade»!")
        'the northern brigade'
    """
    return " ".join(WORD.findall(fold(text)))


def language(lang: str) -> str:
    """The code of a language without its region.

    Examples:
        >>> language("ar-SY")
        'ar'
    """
    return lang.replace("_", "-").split("-")[0].lower()


@cache
def table(package: str, name: str) -> dict[str, Any]:
    """A file of words that ships with a package, as it stands.

    Args:
        package: Whose ``data`` folder holds it.
        name: Without its suffix.
    """
    return tomllib.loads(files(package).joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))
