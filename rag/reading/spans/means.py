"""What a deed was done with is not who did it, nor are those who came to put out the fire."""

import tomllib
from functools import cache
from importlib.resources import files

import regex

from rag.reading.question import content_words
from rag.reading.spans.victims import fold_words


def names_means(answer: str) -> bool:
    """Whether an answer to "who did it?" has words for vehicles, weapons and the like, and no others, or for rescuers.

    "Northern Army drones" names somebody, and "drones loaded with explosives" nobody.

    Examples:
        >>> names_means("a tanker lorry"), names_means("سيارة مفخخة"), names_means("army drones")
        (True, True, False)
        >>> names_means("Fire crews"), names_means("the Fire Brigade of Zarfan")
        (True, False)
    """
    words = fold_words(content_words(answer))
    return bool(words) and (
        all(_means().fullmatch(word) for word in words) or _means().fullmatch(" ".join(words)) is not None
    )


@cache
def _means() -> regex.Pattern[str]:
    text = files("rag.reading.spans").joinpath("means.toml").read_text(encoding="utf-8")
    forms = (form for forms in tomllib.loads(text).values() for form in forms)
    return regex.compile("|".join(f"(?:{form})" for form in forms))
