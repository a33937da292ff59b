"""Whether a sentence names a cause: by the words of ``causes.toml``."""

import tomllib
from functools import cache
from importlib.resources import files

import regex

from index.text.folding import fold_arabic, fold_case

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def names_cause(text: str, lang: str) -> bool:
    """Whether a sentence says because of what, or to what end.

    Args:
        text: A sentence.
        lang: ISO 639-1 code; of a language that has no table, nothing is known.

    Examples:
        >>> names_cause("The troops withdrew because they ran out of fuel.", "en")
        True
        >>> names_cause("انسحبت القوات بسبب نقص الوقود.", "ar"), names_cause("انسحبت القوات.", "ar")
        (True, False)
    """
    pattern = _patterns().get(lang)
    return bool(pattern and pattern.search(" ".join(_WORD.findall(_folded(text)))))


@cache
def _patterns() -> dict[str, regex.Pattern[str]]:
    with files("rag.kinds").joinpath("causes.toml").open("rb") as file:
        tables: dict[str, dict[str, list[str]]] = tomllib.load(file)
    return {
        lang: regex.compile(rf"(?<!\S)(?:{'|'.join(_folded(each) for each in table['words'])})(?!\S)")
        for lang, table in tables.items()
    }


def _folded(text: str) -> str:
    return fold_arabic(fold_case(text))
