"""Whether a figure counts the dead where the hurt are asked for, or the other way round."""

import tomllib
from functools import cache
from importlib.resources import files

import regex

from index.text.folding import fold_arabic, fold_case, fold_latin

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_PARTING = regex.compile(r"[,،;؛:.]|\b(?:and|und|et|y|и|ve|و)\b")
_PARTED = 3  # words that a comma or an "and" between figure and word counts for
_FARTHEST = 6  # words


def counts_others(question: str, sentence: str, start: int, end: int) -> bool:
    """Whether a figure is of the hurt and the question asks for the dead, or the other way round.

    Which it is says the word of ``casualties.toml`` in the figure itself, else the nearest one, six words away at most.

    Args:
        question: In any language.
        sentence: The sentence that the figure stands in.
        start: First character of the figure in it.
        end: One past the last.

    Returns:
        False where the question asks for both or neither, or the sentence has no such word.

    Examples:
        >>> text = "The shell killed seven people and wounded 23."
        >>> counts_others("How many were killed?", text, 17, 29), counts_others("How many were killed?", text, 42, 44)
        (False, True)
        >>> text = "قُتل سبعة مدنيين وأصيب عشرون آخرون."
        >>> counts_others("كم عدد القتلى؟", text, 23, 34), counts_others("كم عدد الجرحى؟", text, 23, 34)
        (True, False)
    """
    asked = {kind for word in _WORD.findall(question) if (kind := _kind(word))}
    if len(asked) != 1:
        return False
    nearest: tuple[int, bool] | None = None
    told = ""
    for match in _WORD.finditer(sentence):
        kind = _kind(match.group())
        if not kind:
            continue
        if match.start() < end and start < match.end():
            distance = 0
        else:
            between = sentence[match.end() : start] if match.end() <= start else sentence[end : match.start()]
            distance = 1 + len(_WORD.findall(between)) + _PARTED * len(_PARTING.findall(between))
        rank = distance, match.start() >= end  # of two equally near the one before
        if distance <= _FARTHEST and (nearest is None or rank < nearest):
            nearest, told = rank, kind
    return bool(told) and told not in asked


def _kind(word: str) -> str:
    """Which a word tells of: "dead", "hurt", or "" for neither."""
    folded = _fold(word)
    return next((kind for kind, pattern in _patterns() if pattern.fullmatch(folded)), "")


@cache
def _patterns() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    tables = tomllib.loads(files("rag.reading.spans").joinpath("casualties.toml").read_text(encoding="utf-8"))
    return tuple(
        (kind, regex.compile("|".join(_fold(pattern) for patterns in languages.values() for pattern in patterns)))
        for kind, languages in tables.items()
    )


def _fold(text: str) -> str:
    return fold_latin(fold_arabic(fold_case(text)))
