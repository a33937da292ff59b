"""The invented names, the kinds of incident and the sentence templates, read from the TOML files in ``templates/``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGS = ("ar", "en")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in both scripts.

    Attributes:
        ar: In Arabic.
        en: In Latin letters.
    """

    ar: str
    en: str

    def in_lang(self, lang: str) -> str:
        """The name in the script of a language."""
        return self.ar if lang == "ar" else self.en


@dataclass(frozen=True, slots=True)
class Group:
    """An armed group.

    Attributes:
        name: Its name.
        vocalised: Its Arabic name with vowel signs.
        feminine: Whether Arabic verbs agree with it as feminine.
        plural: Whether English verbs agree with it as plural.
    """

    name: Name
    vocalised: str
    feminine: bool
    plural: bool

    def second(self, lang: str) -> bool:
        """Whether what agrees with it takes the second form (see ``writing``)."""
        return self.feminine if lang == "ar" else self.plural


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet.

    Attributes:
        slug: Its part of a document's id.
        name: Its name; empty in a language it does not write in.
    """

    slug: str
    name: Name


@dataclass(frozen=True, slots=True)
class GivenName:
    """A first name.

    Attributes:
        name: In both scripts.
        feminine: Whether a woman bears it.
    """

    name: Name
    feminine: bool


@dataclass(frozen=True, slots=True)
class Names:
    """All names."""

    towns: tuple[Name, ...]
    districts: tuple[Name, ...]
    groups: tuple[Group, ...]
    sources: tuple[Source, ...]
    given_names: tuple[GivenName, ...]
    surnames: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language speaks of a kind of incident; templates/kinds.toml explains the fields."""

    general: str
    acts: tuple[str, ...]
    did: str
    done: str
    object: str
    doing: str
    asked: str
    harm: str
    targets: tuple[str, ...]
    weapons: tuple[str, ...]
    leads: tuple[str, ...]
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of incident.

    Attributes:
        kind_id: Its id.
        killed: Fewest and most killed.
        wounded: Fewest and most injured, where any are.
        wordings: By language.
    """

    kind_id: str
    killed: tuple[int, int]
    wounded: tuple[int, int]
    wordings: Mapping[str, Wording]


@dataclass(frozen=True, slots=True)
class Authority:
    """An office of the state.

    Attributes:
        name: Its name.
        second: Whether what agrees with it takes the second form.
    """

    name: str
    second: bool


@dataclass(frozen=True, slots=True)
class Sentences:
    """The templates of one language.

    Attributes:
        weekdays: From Monday.
        months: Twelve names each, one tuple for every style of naming them.
        when: How a sentence says on which day.
        authorities: Offices, in the same order in every language.
        roles: Titles with a name, by role ("officials", "doctors", "leaders", "witnesses").
        titles: Headlines by stance, and "open" where nobody is named.
        sentences: Templates by what they say.
        questions: Templates by what they ask.
    """

    weekdays: tuple[str, ...]
    months: tuple[tuple[str, ...], ...]
    when: tuple[str, ...]
    authorities: tuple[Authority, ...]
    roles: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, tuple[str, ...]]
    sentences: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, tuple[str, ...]]


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "templates" / f"{name}.toml").read_text(encoding="utf-8"))


def _pools(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(templates) for name, templates in table.items()}


@cache
def names() -> Names:
    """The names."""
    table = _table("names")
    return Names(
        towns=tuple(Name(row["ar"], row["en"]) for row in table["towns"]),
        districts=tuple(Name(row["ar"], row["en"]) for row in table["districts"]),
        groups=tuple(
            Group(Name(row["ar"], row["en"]), row["vocalised"], row["feminine"], row["plural"])
            for row in table["groups"]
        ),
        sources=tuple(Source(row["slug"], Name(row["ar"], row["en"])) for row in table["sources"]),
        given_names=tuple(GivenName(Name(row["ar"], row["en"]), row["feminine"]) for row in table["given_names"]),
        surnames=tuple(Name(row["ar"], row["en"]) for row in table["surnames"]),
    )


def _wording(row: Mapping[str, Any]) -> Wording:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Wording(**{"done": ""} | fields)


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of incident."""
    return tuple(
        Kind(
            kind_id=row["id"],
            killed=(row["killed"][0], row["killed"][1]),
            wounded=(row["wounded"][0], row["wounded"][1]),
            wordings={lang: _wording(row[lang]) for lang in LANGS},
        )
        for row in _table("kinds")["kinds"]
    )


@cache
def sentences(lang: str) -> Sentences:
    """The templates of a language, "ar" or "en"."""
    table = _table(lang)
    return Sentences(
        weekdays=tuple(table["weekdays"]),
        months=tuple(tuple(style) for style in table["months"]),
        when=tuple(table["when"]),
        authorities=tuple(Authority(row["name"], row.get("second", False)) for row in table["authorities"]),
        roles={role: tuple(table[role]) for role in ("officials", "doctors", "leaders", "witnesses")},
        titles=_pools(table["titles"]),
        sentences=_pools(table["sentences"]),
        questions=_pools(table["questions"]),
    )
