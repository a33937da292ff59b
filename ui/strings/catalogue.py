"""Reading the catalogues: a new language is one more folder of TOML files, and one more line in ``CATALOGUES``."""

import tomllib
from dataclasses import fields
from importlib.resources import files
from typing import Any

from rag.types import Stance
from ui.strings.types import Strings


def read_catalogue(lang: str) -> Strings:
    """The interface's words in a language.

    Args:
        lang: Name of the folder of its files (ISO 639-1).

    Raises:
        ValueError: A phrase is missing, is there twice or has no place in the interface.
    """
    values: dict[str, Any] = {}
    for path in sorted(files("ui.strings").joinpath(lang).iterdir(), key=lambda path: path.name):
        part: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        if twice := values.keys() & part.keys():
            raise ValueError(f"ui/strings/{lang}/{path.name}: {_listed(twice)} is also in another file")
        values |= part
    names = {field.name for field in fields(Strings)}
    if missing := names - values.keys():
        raise ValueError(f"ui/strings/{lang}: no phrase for {_listed(missing)}")
    if unknown := values.keys() - names:
        raise ValueError(f"ui/strings/{lang}: {_listed(unknown)} has no place in ui/strings/types.py")
    for name in ("stances", "stance_notes"):
        values[name] = {Stance(stance): words for stance, words in values[name].items()}
    values["confidence_words"] = tuple((float(least), str(words)) for least, words in values["confidence_words"])
    return Strings(**values)


def language_name(code: str, strings: Strings) -> str:
    """The name of a language, or its code where the catalogue has none."""
    return strings.languages.get(code, code)


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))


ENGLISH = read_catalogue("en")
ARABIC = read_catalogue("ar")
CATALOGUES = {strings.lang: strings for strings in (ENGLISH, ARABIC)}
