r"""Lexicons: one small TOML file per language with the words that tell stance and speaker.

Every entry is a regular expression over folded text (see ``fold``), written in the language's own spelling and folded
when it is loaded; so it holds no upper-case escapes such as ``\W``. It matches whole words. An entry of ``cues`` that
ends in ``-`` may run into the next word (Arabic ``وفقا ل-``).
"""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from rag.attribution.folding import fold
from rag.types import Stance

LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "ru", "tr")
_NEVER = re.compile(r"(?!)")
_MARKS = ("prefix", "contrast", "relative", "coordinator", "negation", "negation_after", "negated")
_PHRASE = ("stop", "end", "auxiliary", "adverb", "determiner", "link", "head", "preposition", "oblique", "pronoun")


class Side(StrEnum):
    """Where the words that name the holder of the stance stand, seen from its cue."""

    BEFORE = "before"
    AFTER = "after"
    UNNAMED = "unnamed"


class Order(StrEnum):
    """The order of subject, verb and object in a plain sentence of the language."""

    SVO = "svo"
    VSO = "vso"
    SOV = "sov"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What bounds a noun phrase; each pattern is matched against one whole word, but ``end`` against the text.

    Attributes:
        stop: Words that no speaker's name holds; a name starts after the last one, or ends before the first.
        end: What ends a name that follows its verb, such as the verb's object.
        auxiliary: Verbs that may part the subject from its main verb.
        adverb: Words that may stand at either edge of a name and are no part of it.
        determiner: Words that open a noun phrase, so that a second one, not linked to the first, opens another.
        link: Words that join two parts of one name.
        head: Nouns such as "ministry" that tell where a name ends in languages without articles.
        preposition: Words that no subject starts with.
        oblique: Words in a case that no subject has.
        pronoun: Words that name nobody.
        reach: The most words that may part an auxiliary from its main verb.
        order: The language's word order.
    """

    stop: re.Pattern[str]
    end: re.Pattern[str]
    auxiliary: re.Pattern[str]
    adverb: re.Pattern[str]
    determiner: re.Pattern[str]
    link: re.Pattern[str]
    head: re.Pattern[str]
    preposition: re.Pattern[str]
    oblique: re.Pattern[str]
    pronoun: re.Pattern[str]
    reach: int
    order: Order


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The cue words of one language.

    Attributes:
        lang: ISO 639-1 code.
        cues: Stance, side and pattern of each kind of cue; speech verbs are the cues of ``Stance.REPORTED``.
        reactions: Likewise, what people do about the deeds of others ("condemned"), as cues of ``Stance.REPORTED``.
        unknown: That it is not known who did it ("no suspects").
        contrast: Words that open a clause of its own ("but").
        relative: Words that open a clause hung on the one before ("which").
        coordinator: Words that part two clauses where a cue stands on each side ("and").
        negation: Words that negate a cue up to four words after them.
        negation_after: Words that negate a cue up to four words before them.
        negated: Patterns that tell a negated form inside a cue.
        phrase: What bounds a noun phrase.
    """

    lang: str
    cues: tuple[tuple[Stance, Side, re.Pattern[str]], ...]
    reactions: tuple[tuple[Stance, Side, re.Pattern[str]], ...]
    unknown: re.Pattern[str]
    contrast: re.Pattern[str]
    relative: re.Pattern[str]
    coordinator: re.Pattern[str]
    negation: re.Pattern[str]
    negation_after: re.Pattern[str]
    negated: re.Pattern[str]
    phrase: Phrase


def _compile(entries: list[str], prefix: str = "", *, whole_words: bool = True) -> re.Pattern[str]:
    if not entries:
        return _NEVER
    if not whole_words:
        return re.compile("|".join(fold(entry).text for entry in entries))
    alternatives = [
        fold(entry.removesuffix("-")).text + ("" if entry.endswith("-") else r"(?!\w)") for entry in entries
    ]
    return re.compile(rf"(?<!\w){prefix}(?:{'|'.join(alternatives)})")


def _check_keys(lang: str, table: str, given: set[str], known: set[str]) -> None:
    if unknown := given - known:
        raise ValueError(
            f"lexicon {lang}.toml: unknown {sorted(unknown)} in [{table}]; the valid names are {sorted(known)}"
        )


@cache
def load_lexicon(lang: str) -> Lexicon:
    """Load the lexicon of a language.

    Args:
        lang: One of ``LANGUAGES``.

    Returns:
        The lexicon, compiled; loaded once.

    Raises:
        ValueError: There is no lexicon for the language, or it holds an unknown name.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"no lexicon for language {lang!r}; there are {', '.join(LANGUAGES)}")
    path = files("rag.attribution") / "lexicons" / f"{lang}.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    marks, phrase = tables.get("marks", {}), tables.get("phrase", {})
    _check_keys(lang, "marks", set(marks), set(_MARKS))
    _check_keys(lang, "phrase", set(phrase), {*_PHRASE, "reach", "order"})
    _check_keys(lang, "unknown", set(tables["unknown"]), {"said"})
    _check_keys(lang, "cues", set(tables["cues"]), {str(stance) for stance in Stance})
    prefix = fold(marks.get("prefix", "")).text
    reactions = tables.get("reactions", {})
    kinds = [(Stance(stance), sides) for stance, sides in tables["cues"].items()]
    for name, sides in [*((f"cues.{stance}", sides) for stance, sides in kinds), ("reactions", reactions)]:
        _check_keys(lang, name, set(sides), {str(side) for side in Side})
    cues = [
        (stance, Side(side), _compile(entries, prefix)) for stance, sides in kinds for side, entries in sides.items()
    ]
    return Lexicon(
        lang=lang,
        cues=tuple(cues),
        reactions=tuple((Stance.REPORTED, Side(side), _compile(ones, prefix)) for side, ones in reactions.items()),
        unknown=_compile(tables["unknown"]["said"], prefix),
        contrast=_compile(marks.get("contrast", [])),
        relative=_compile(marks.get("relative", [])),
        coordinator=_compile(marks.get("coordinator", [])),
        negation=_compile(marks.get("negation", [])),
        negation_after=_compile(marks.get("negation_after", [])),
        negated=_compile(marks.get("negated", []), whole_words=False),
        phrase=Phrase(
            **{name: _compile(phrase.get(name, [])) for name in _PHRASE},
            reach=phrase.get("reach", 4),
            order=Order(phrase.get("order", Order.SVO)),
        ),
    )
