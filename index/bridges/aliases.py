"""Aliases: the names that one actor or place goes by, from a file that anybody can edit.

One name a line; an empty line ends a group; ``#`` starts a comment line. ``=`` before a name: it is known in a question
only as it is written there, capitals included, and is never searched for, since in small letters it is a common word.
In a user's own file, ``-`` before a name switches off the shipped groups that hold it.
"""

import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import regex

from index.bridges.names import WORD, fold_word
from index.errors import MustanadError
from index.text.analysis import FoldingAnalyzer

FILE_NAME = "aliases.txt"
VARIABLE = "MUSTANAD_ALIASES"
_SEPARATOR = regex.compile(r"[,;|=،؛\t]")
_SHORT = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}]{1,2}")
_ARTICLE = "ال"
_PROCLITICS = "بلفك"
_PROBE = 3  # letters of a name that a question must hold for the name to be looked at closely
_MARKS = [*range(0x300, 0x370), 0x640, *range(0x64B, 0x660), 0x670]
_QUICK = dict.fromkeys(_MARKS) | str.maketrans("ىیېةۀہھکگıłøđ=-‐.'’\u200c", "يييههههككilod       ")
_analyzer = FoldingAnalyzer()


class AliasFileError(MustanadError):
    """A file of aliases cannot be used."""


class Alias(NamedTuple):
    """One name of a group; a named tuple, since thousands are made at each start.

    Attributes:
        text: The name as the file has it.
        exact: Whether it is known only as written, and not searched for.
        probe: Folded letters that every spelling of it holds.
    """

    text: str
    exact: bool
    probe: str


@dataclass(frozen=True, slots=True)
class AliasMatch:
    """A name that a question holds.

    Attributes:
        words: The words of the question, single spaces between them.
        others: The other names of its groups that may be searched for, in the order of the files.
    """

    words: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    keys: frozenset[str]


class Aliases:
    """Groups of names of one actor or place.

    Args:
        groups: The names of each.
    """

    def __init__(self, groups: Sequence[tuple[Alias, ...]]) -> None:
        self.groups = tuple(groups)

    def find(self, question: str) -> tuple[AliasMatch, ...]:
        """The names that a question holds, the longest where several start at the same word.

        Args:
            question: In any language.

        Returns:
            In order; no word is in two of them. Nothing is known as written in a question all in capitals.

        Examples:
            >>> load_aliases().find("Who leads MSF?")[0].others[0]
            'Doctors Without Borders'
        """
        words = [_Word(match.group(), _question_keys(match.group())) for match in WORD.finditer(question)]
        shouted = question.isupper() and len(words) > 1
        folded = _fold_quickly(question)
        candidates = [
            (alias, group)
            for group in self.groups
            for alias in group
            if alias.probe in folded and not (alias.exact and shouted)
        ]
        found: list[AliasMatch] = []
        place = 0
        while place < len(words):
            lengths = [_length(alias, words, place) for alias, _ in candidates]
            longest = max(lengths, default=0)
            if longest:
                groups = [group for (_, group), length in zip(candidates, lengths, strict=True) if length == longest]
                held = words[place : place + longest]
                found.append(AliasMatch(" ".join(word.text for word in held), _others(groups, held)))
            place += longest or 1
        return tuple(found)


def load_aliases(own: Path | None = None) -> Aliases:
    """The shipped aliases and a user's own.

    Args:
        own: The user's file; None for the shipped ones alone.

    Returns:
        The user's groups first, then the shipped ones that they do not switch off.

    Raises:
        AliasFileError: The file is missing or wrong; the message says in which line, and what to do.
    """
    shipped = _shipped()
    if own is None:
        return Aliases(shipped)
    try:
        text = own.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise AliasFileError(f"{own}: not UTF-8 text; save it as UTF-8 in your editor") from error
    except OSError as error:
        raise AliasFileError(f"{own}: cannot be read ({error.strerror}); name a file of aliases") from error
    check(text, str(own))
    groups, off = parse(text)
    for number, name in off:
        if not any(_is_in(name, group) for group in shipped):
            raise AliasFileError(f"{own}, line {number}: no shipped group holds {name!r}; remove the line or mend it")
    kept = [group for group in shipped if not any(_is_in(name, group) for _, name in off)]
    return Aliases([*groups, *kept])


def own_aliases(folder: Path) -> Path | None:
    """A user's file of aliases: the one that ``MUSTANAD_ALIASES`` names, else ``aliases.txt`` in an index's folder."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    path = folder / FILE_NAME
    return path if path.is_file() else None


class AliasFile(NamedTuple):
    """What a file of aliases says.

    Attributes:
        groups: The names of each group.
        off: Line number and name for each name whose shipped groups it switches off.
    """

    groups: tuple[tuple[Alias, ...], ...]
    off: tuple[tuple[int, str], ...]


def parse(text: str) -> AliasFile:
    r"""Read a file of aliases that ``check`` finds nothing wrong with.

    Examples:
        >>> groups, off = parse("UNHCR\nمفوضية اللاجئين\n\n- ISIS\n")
        >>> [[alias.text for alias in group] for group in groups], off
        ([['UNHCR', 'مفوضية اللاجئين']], ((4, 'ISIS'),))
    """
    groups: list[tuple[Alias, ...]] = []
    off: list[tuple[int, str]] = []
    group: dict[str, Alias] = {}
    # Folding the whole text at once is several times as fast as each line.
    lines = zip([*text.split("\n"), ""], [*_fold_quickly(text).split("\n"), ""], strict=True)
    for number, (line, folded) in enumerate(lines, start=1):
        line = line.strip()
        if not line:
            if group:
                groups.append(tuple(group.values()))
                group = {}
        elif line[0] == "-":
            off.append((number, line[1:].strip()))
        elif line[0] != "#":
            exact = line[0] == "="
            group[line] = Alias(line[1:].strip() if exact else line, exact, _probe(folded))
    return AliasFile(tuple(groups), tuple(off))


def check(text: str, source: str) -> None:
    """Refuse a file of aliases that does not say what its writer means.

    Args:
        text: The file.
        source: What to call it.

    Raises:
        AliasFileError: A line is wrong; the message says which, and what to do.
    """
    together: list[int] = []
    lines = text.split("\n")
    for number, line in enumerate([*(line.strip() for line in lines), ""], start=1):
        if not line:
            if len(together) == 1:
                raise AliasFileError(
                    f"{source}, line {together[0]}: {lines[together[0] - 1].strip()!r} stands alone; "
                    "write its other names on the lines below it, with no empty line between"
                )
            together = []
        elif line[0] != "#":
            _check_name(line.lstrip("=-").strip(), line[0], f"{source}, line {number}")
            if line[0] != "-":
                together.append(number)


def _check_name(name: str, sign: str, where: str) -> None:
    if not any(letter.isalpha() for letter in name):
        raise AliasFileError(f"{where}: there is no name here; write one name or remove the line")
    if separator := _SEPARATOR.search(name):
        shown = "a tab" if separator.group() == "\t" else f"{separator.group()!r}"
        raise AliasFileError(f"{where}: {shown} in a name; write one name a line")
    if sign not in "=-" and _SHORT.fullmatch(name):
        raise AliasFileError(
            f"{where}: {name!r} is too short to tell from a common word; write ={name} to know it only as written"
        )


def _fold_quickly(text: str) -> str:
    """Like ``fold_word``, coarser: for telling which names a question may hold."""
    return unicodedata.normalize("NFD", text.casefold()).translate(_QUICK)


def _probe(folded: str) -> str:
    """Letters that stemming leaves alone: the first ones of the longest word, less a conjunction and article."""
    longest = max(folded.split(), key=len)
    return longest.removeprefix("و").removeprefix(_ARTICLE)[:_PROBE]


def _length(alias: Alias, words: Sequence[_Word], place: int) -> int:
    """How many of a question's words from a place on are an alias: all of its words, or 0."""
    if alias.exact:
        written = WORD.findall(alias.text)
        matches = [word.text for word in words[place : place + len(written)]] == written
        return len(written) if matches else 0
    keys = _alias_keys(alias.text)
    if len(keys) > len(words) - place:
        return 0
    return len(keys) if all(key in word.keys for key, word in zip(keys, words[place:], strict=False)) else 0


def _others(groups: Sequence[tuple[Alias, ...]], held: Sequence[_Word]) -> tuple[str, ...]:
    names = (alias for group in groups for alias in group if not alias.exact)
    keys = tuple(_key(word.text) for word in held)
    return tuple(dict.fromkeys(alias.text for alias in names if _alias_keys(alias.text) != keys))


def _question_keys(word: str) -> frozenset[str]:
    """What a word may be known by: its stem, and its stem without an Arabic preposition written onto it."""
    keys = {_key(word)}
    if word[0] in _PROCLITICS and len(word) > _PROBE:
        keys.add(_key(word[1:]))
    return frozenset(keys)


@lru_cache(maxsize=1 << 12)
def _alias_keys(name: str) -> tuple[str, ...]:
    return tuple(_key(word) for word in WORD.findall(name))


def _key(word: str) -> str:
    """A word folded, and stemmed where its script tells the language: a Latin word is not stemmed."""
    return " ".join(_analyzer.terms(word, "mul"))


def _is_in(name: str, group: tuple[Alias, ...]) -> bool:
    return any(fold_word(alias.text) == fold_word(name) for alias in group)


@lru_cache(maxsize=1)
def _shipped() -> tuple[tuple[Alias, ...], ...]:
    text = (files("index.bridges") / "data" / FILE_NAME).read_text(encoding="utf-8")
    return parse(text).groups
