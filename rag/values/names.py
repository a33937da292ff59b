"""Names in answers: what they are made of, and whether two of them name the same actor or place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from index.bridges import Aliases, SkeletonIndex, load_aliases, name_bridges
from index.bridges.sounds import script_of
from rag.values.comparing import Relation
from rag.values.concepts import Role, is_empty, meaning, opens_complement, stems
from rag.values.numbers import quantity
from rag.values.words import WORD, language, plain

ALIAS = "alias "  # before the names among a unit's keys
_HEAD_LAST = frozenset({"de", "en", "tr"})  # the head of a name stands last, before any "of"
_ASIDE = frozenset({Role.MEMBER, Role.WRAPPER, Role.TITLE})
_NOBODY = frozenset({Role.GENERIC, Role.MEMBER})
_MAN = frozenset({"concept man"})
_ARMED = frozenset({"concept armed"})
_KINDS = frozenset({Role.KIND, Role.WRAPPER, Role.MEMBER})
_ALIKE_LETTERS = 4
_BRACKETS = regex.compile(r"[(\[]\s*([^()\[\]]{2,60}?)\s*[)\]]")
_BEFORE_BRACKET = 120  # characters


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of a name, or several that are an alias.

    Attributes:
        text: The words as they stand.
        keys: What it is known by; units with a key in common are the same.
        role: What it does in the name.
    """

    text: str
    keys: frozenset[str]
    role: Role


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart.

    Attributes:
        plain: Its folded words, without those in brackets.
        units: What tells it from other names, in order; never empty, unless the answer has no words.
        head: Which of them is its head.
        concepts: What its common words mean, also those that are no units.
        lang: The language it stands in.
    """

    plain: str
    units: tuple[Unit, ...]
    head: int
    concepts: frozenset[str]
    lang: str

    @property
    def nobody(self) -> bool:
        """Whether it names nobody in particular: "three gunmen"."""
        return all(unit.role in _NOBODY for unit in self.units)

    @property
    def bare(self) -> bool:
        """Whether it says only what kind of actor it is: "the army", "members of the group"."""
        return all(unit.role in _KINDS for unit in self.units)


@lru_cache(maxsize=1)
def shipped_aliases() -> Aliases:
    """The aliases that ship with the project."""
    return load_aliases()


def name_of(text: str, lang: str, aliases: Aliases) -> Name:
    """Take a name apart: without articles, members, titles and what only says that it is a group.

    Args:
        text: The words as they stand in the report.
        lang: ISO 639-1 code.
        aliases: Names that go together.

    Examples:
        >>> [unit.text for unit in name_of("fighters of the Zarfan group", "en", shipped_aliases()).units]
        ['Zarfan']
    """
    text = _BRACKETS.sub(" ", text).strip() or text
    words = [match.group() for match in WORD.finditer(text)]
    found: list[Unit] = []
    complement = None  # how many units stand before the first "of"
    for held, others in _parts(words, text, aliases):
        if others:
            keys = frozenset(ALIAS + plain(name) for name in (" ".join(held), *others))
            found.append(Unit(" ".join(held), keys, Role.PROPER))
        elif opens_complement(held[0]) and found and complement is None:
            complement = len([unit for unit in found if unit.role not in _ASIDE])
        elif not is_empty(held[0]):
            found.append(_unit(held[0], lang))
    units = tuple(unit for unit in found if unit.role not in _ASIDE) or tuple(found)
    units = tuple(unit for unit in units if unit.keys != _MAN) or units  # "armed men" are gunmen
    if any(unit.role is Role.PROPER for unit in units):
        units = tuple(unit for unit in units if unit.keys != _ARMED)  # "gunmen of the Zarfan group" are its fighters
    last = language(lang) in _HEAD_LAST
    head = (complement or len(units)) - 1 if last else 0
    meanings = (meaning(word, lang) for word in words)
    return Name(
        plain=plain(text),
        units=units,
        head=min(max(head, 0), max(len(units) - 1, 0)),
        concepts=frozenset(each.concept for each in meanings if each and each.role in _KINDS),
        lang=language(lang),
    )


@lru_cache(maxsize=1 << 12)
def told_by(text: str, lang: str) -> str:
    """The folded words that tell whom a phrase names, without its articles, members, titles and brackets.

    Args:
        text: The phrase.
        lang: ISO 639-1 code.

    Returns:
        All its folded words where it names nobody in particular, or only a kind of actor.

    Examples:
        >>> [told_by(text, "en") for text in ("Gunmen of the Zarfan movement", "Zarfan", "Three gunmen", "The army")]
        ['zarfan', 'zarfan', 'three gunmen', 'the army']
    """
    named = name_of(text, lang, shipped_aliases())
    if not named.units or named.nobody or named.bare:
        return plain(text)
    return plain(" ".join(unit.text for unit in named.units))


def names_same(one: str, other: str, lang: str) -> bool:
    """Whether two phrases of one report name the same actor, by its words, a shipped alias or what stands in brackets.

    Args:
        one: Words of the report.
        other: Others.
        lang: Its ISO 639-1 code.

    Examples:
        >>> names_same("The National Liberation Army (NLA)", "NLA fighters", "en")
        True
        >>> names_same("the northern army", "the southern army", "en")
        False
    """
    aliases = shipped_aliases()
    mine, theirs = (
        [name_of(form, lang, aliases) for form in (text, *_BRACKETS.findall(text)) if form] for text in (one, other)
    )
    return any(
        not first.nobody and compare_names(first, second, lambda _, __: False) is Relation.SAME
        for first in mine
        for second in theirs
    )


def compare_names(one: Name, other: Name, told_in_full: Callable[[Name, Name], bool]) -> Relation:
    """Whether two names are of one actor or place.

    - The same words, aliases, meanings or sounds, in any order: ``SAME``.
    - One of them nobody in particular ("gunmen"): ``OPEN``.
    - One holds the other. It is ``WITHIN`` where both are names of their own ("Halvuni", "Anton Halvuni"), or a report
      with the shorter one also has the longer one in full: "the Army" is the National Liberation Army in a report that
      tells of it, and so is "the group" the Zarfan group. Otherwise it is ``OPEN``: an army may be another country's,
      "Liberation Army" is not "National Liberation Army".
    - Else ``DIFFERENT`` where both are in one language, or are known to the aliases or the table of meanings; names in
      two languages that nothing bridges are ``OPEN``.

    Args:
        one: A name.
        other: Another; the order does not matter.
        told_in_full: Whether the report that the first name, which is shorter, stands in has the second as well.
    """
    if one.plain == other.plain:
        return Relation.SAME
    if not one.units or not other.units:
        return Relation.OPEN
    pairs = _pairs(one.units, other.units)
    if len(pairs) == len(one.units) == len(other.units):
        return Relation.SAME
    if one.nobody or other.nobody:
        return Relation.OPEN
    if one.bare or other.bare:
        return _compare_bare(one, other, told_in_full)
    short, long = (one, other) if len(one.units) <= len(other.units) else (other, one)
    if len(pairs) == len(short.units):
        if any(_alike(unit, long.units[long.head]) for unit in short.units) and told_in_full(short, long):
            return Relation.WITHIN
        own = all(unit.role is Role.PROPER for unit in (*short.units, *long.units))
        at_edge = any(_alike(unit, edge) for unit in short.units for edge in (long.units[0], long.units[-1]))
        return Relation.WITHIN if own and at_edge else Relation.OPEN
    if any(_begin_alike(mine, theirs) for mine in one.units for theirs in other.units):
        return Relation.OPEN
    known = all(_known(unit) for name in (one, other) for unit in name.units)
    return Relation.DIFFERENT if one.lang == other.lang or known else Relation.OPEN


def _compare_bare(one: Name, other: Name, told_in_full: Callable[[Name, Name], bool]) -> Relation:
    """How "the army" or "the group" stands to a name, or to another kind of actor."""
    short, long = (one, other) if one.bare else (other, one)
    shared = short.concepts & long.concepts
    if shared and not long.bare:
        return Relation.WITHIN if told_in_full(short, long) else Relation.OPEN
    wraps = any(unit.role in _ASIDE for name in (one, other) if name.bare for unit in name.units)
    return Relation.OPEN if shared or wraps else Relation.DIFFERENT


def appositions(text: str) -> frozenset[tuple[str, str]]:
    """What a report puts in brackets, with the words before it: "National Liberation Army (NLA)".

    Returns:
        Folded words before the bracket, and in it.

    Examples:
        >>> appositions("The National Liberation Army (NLA) fled.")
        frozenset({('the national liberation army', 'nla')})
    """
    return frozenset(
        (plain(text[max(0, match.start() - _BEFORE_BRACKET) : match.start()]), plain(match[1]))
        for match in _BRACKETS.finditer(text)
    )


def _parts(words: Sequence[str], text: str, aliases: Aliases) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words one by one, but those of an alias together, with its other names."""
    matches = list(aliases.find(text))
    parts: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    place = 0
    while place < len(words):
        held = tuple(matches[0].words.split()) if matches else ()
        if held and tuple(words[place : place + len(held)]) == held:
            parts.append((held, matches.pop(0).others))
            place += len(held)
        else:
            parts.append(((words[place],), ()))
            place += 1
    return parts


def _unit(word: str, lang: str) -> Unit:
    if (figure := quantity(word, lang)) is not None:
        return Unit(word, frozenset({f"figure {figure.value}"}), Role.GENERIC)
    found = meaning(word, lang)
    if found:
        return Unit(word, frozenset({f"concept {found.concept}"}), found.role)
    return Unit(word, stems(word, language(lang)), Role.PROPER)


def _pairs(ones: Sequence[Unit], others: Sequence[Unit]) -> list[tuple[Unit, Unit]]:
    """Units of both that are the same, each used once."""
    free = list(others)
    pairs = []
    for one in ones:
        if (match := next((other for other in free if _alike(one, other)), None)) is not None:
            free.remove(match)
            pairs.append((one, match))
    return pairs


def _alike(one: Unit, other: Unit) -> bool:
    if one.keys & other.keys:
        return True
    plainly = one.role is Role.PROPER and other.role is Role.PROPER
    return plainly and _sound_alike(*sorted((one.text, other.text)))


@lru_cache(maxsize=1 << 12)
def _sound_alike(one: str, other: str) -> bool:
    """Whether two words in different scripts are one name by their sound."""
    scripts = script_of(one), script_of(other)
    if " " in one + other or None in scripts or scripts[0] is scripts[1]:
        return False
    return bool(name_bridges(one, SkeletonIndex.build([other])) or name_bridges(other, SkeletonIndex.build([one])))


def _begin_alike(one: Unit, other: Unit) -> bool:
    """Whether two words may be of one stem: "Syria", "Syrian"."""
    first, second = plain(one.text)[:_ALIKE_LETTERS], plain(other.text)[:_ALIKE_LETTERS]
    return one.role is other.role is Role.PROPER and first == second and len(first) == _ALIKE_LETTERS


def _known(unit: Unit) -> bool:
    return unit.role is not Role.PROPER or any(key.startswith(ALIAS) for key in unit.keys)
