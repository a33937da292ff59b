import re
from dataclasses import fields

import pytest

from ui.escaping import phrase
from ui.strings import CATALOGUES, ENGLISH, Strings

_PLACE = re.compile(r"\{(\w*)\}")


def _phrases(value: object) -> list[str]:
    if isinstance(value, dict):
        return [phrase for key in sorted(value) for phrase in _phrases(value[key])]
    if isinstance(value, tuple):
        return [phrase for part in value for phrase in _phrases(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("lang", CATALOGUES)
@pytest.mark.parametrize("name", [field.name for field in fields(Strings) if field.name != "languages"])
def test_every_language_fills_the_same_places_in_the_same_phrases(lang: str, name: str) -> None:
    ours, english = _phrases(getattr(CATALOGUES[lang], name)), _phrases(getattr(ENGLISH, name))
    assert [sorted(_PLACE.findall(phrase)) for phrase in ours] == [sorted(_PLACE.findall(phrase)) for phrase in english]
    assert all(phrase.strip() for phrase in ours)


@pytest.mark.parametrize("lang", CATALOGUES)
def test_every_language_names_every_language(lang: str) -> None:
    assert CATALOGUES[lang].languages.keys() == ENGLISH.languages.keys()
    assert CATALOGUES[lang].lang == lang


# Signs at the edge of a word from the other direction move to its other side, and days turn round.
_NEEDS_ISOLATING = re.compile(r"(?<![A-Za-z])[-.]+[A-Za-z]|\d{4}-\d\d-\d\d|[A-Za-z][?!]|[A-Za-z]\+|[/\[\]\\<>*|]")


def test_in_arabic_what_would_be_reordered_is_isolated() -> None:
    isolated = re.compile("[\u2066\u2068][^\u2066-\u2069]*\u2069")
    for field in fields(Strings):
        for words in _phrases(getattr(CATALOGUES["ar"], field.name)):
            outside = isolated.sub("", words)
            assert not re.search("[\u2066-\u2069]", outside), f"{field.name}: an isolate that does not end"
            assert not _NEEDS_ISOLATING.search(outside), f"{field.name}: {outside}"


def test_isolates_of_a_phrase_are_elements_of_the_page() -> None:
    shown = phrase(CATALOGUES["ar"].keys)
    assert '<bdi dir="ltr">Shift+Enter</bdi>' in shown and '<bdi dir="ltr">[</bdi>' in shown
    assert "m-control" not in shown and not re.search("[\u2066-\u2069]", shown)
