"""The words of a sentence and of a passage, as they are compared."""

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import regex

from index.bridges.names import WORD, fold_word, name_words
from index.bridges.sounds import Script, script_of
from index.text.analysis import FoldingAnalyzer
from index.text.folding import fold_digits
from rag.reading.question import content_words

_NUMBER = regex.compile(r"\p{Nd}+(?:[.,٫٬'’]\p{Nd}+)*")
_SEPARATOR = regex.compile(r"[,٬'’](?=\p{Nd}{3}(?!\p{Nd}))")
_CASED = (Script.LATIN, Script.CYRILLIC, Script.GREEK)
_PROCLITICS = "بلفكو"
_ROOT = 3
_WEAK = str.maketrans("", "", "اويىءئؤه")
_analyzer = FoldingAnalyzer()


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a number of a text.

    Attributes:
        text: As it stands.
        start: First character, in the text.
        end: One past the last character.
        keys: What it may be known by: stems and folded forms; a word of equal key is the same word.
        number: Its value where it is a number, in digits or as a word.
        name: Whether it is plainly a name: it has a capital within a sentence.
        maybe_name: Whether it could be one: certain names, and in scripts without capitals every uncommon word.
        light: Whether it claims nothing by itself (function words, "according to the report").
    """

    text: str
    start: int
    end: int
    keys: frozenset[str]
    number: str | None
    name: bool
    maybe_name: bool
    light: bool


def words_of(text: str, lang: str) -> tuple[Word, ...]:
    """The words of a text, in order.

    Args:
        text: A sentence or a passage.
        lang: ISO 639-1 code of its language: it decides how Latin words are stemmed, and that German capitals mean
            nothing.

    Returns:
        Words and numbers with their places.

    >>> [(word.text, word.number, word.name) for word in words_of("Three men left Tolnara in 2,024 cars", "en")][:4]
    [('Three', '3', False), ('men', None, False), ('left', None, False), ('Tolnara', None, True)]
    """
    found: list[Word] = []
    possible = {word.text: word.certain for word in name_words(text)}
    taken = [match.span() for match in _NUMBER.finditer(text)]
    for start, end in taken:
        value = _value(text[start:end])
        found.append(Word(text[start:end], start, end, frozenset((value,)), value, False, False, False))
    shouted = text.isupper()
    words = [match for match in WORD.finditer(text) if not any(s < match.end() and match.start() < e for s, e in taken)]
    for place, match in enumerate(words):
        word = match.group()
        cased = script_of(word) in _CASED
        capital = cased and word[0].isupper() and not shouted and lang != "de"
        follows = place + 1 < len(words) and words[place + 1].group()[0].isupper()
        light = _is_light(word, lang)
        name = capital and not light and (_is_inside(text, match.start()) or follows or possible.get(word, False))
        maybe = name or (not light and not cased and word in possible)
        number = _number_words().get(lang, {}).get(fold_word(word)) if not light else None
        keys = _keys(word, lang)
        found.append(Word(word, match.start(), match.end(), keys, number, name, maybe, light))
    return tuple(sorted(found, key=lambda one: one.start))


def same_word(one: Word, other: Word) -> bool:
    """Whether two words are one: an equal key, or, where they are no names, one stem or root.

    >>> attackers, attack = words_of("the attackers of", "en")[1], words_of("an attack by", "en")[1]
    >>> same_word(attackers, attack)
    True
    """
    if one.number is not None or other.number is not None:
        return one.number == other.number
    if one.keys & other.keys:
        return True
    return not one.name and bool(_families(one.text) & _families(other.text))


@lru_cache(maxsize=1 << 14)
def _keys(word: str, lang: str) -> frozenset[str]:
    keys = {fold_word(word), *_analyzer.terms(word, lang)}
    if script_of(word) is Script.ARABIC and word[0] in _PROCLITICS and len(word) > _ROOT + 1:
        keys.update(_analyzer.terms(word[1:], lang))
    return frozenset(keys)


@lru_cache(maxsize=1 << 14)
def _families(word: str) -> frozenset[str]:
    """Rough families of a word: what it shares with other words of its stem or root."""
    folded = fold_word(word)
    if script_of(word) is Script.ARABIC:
        families = set()
        for stem in _keys(word, "ar"):
            for bare in (stem, stem.removeprefix("ت"), stem.removeprefix("م"), stem.removeprefix("ي")):
                root = bare.removesuffix("ت").translate(_WEAK)
                if len(root) == _ROOT:
                    families.add(root)
        return frozenset(families)
    stems = _analyzer.terms(word, "en") if script_of(word) is Script.LATIN else _analyzer.terms(word, "ru")
    return frozenset(stem[:5] for stem in (*stems, folded) if len(stem) >= 5) | frozenset(
        stem for stem in stems if len(stem) >= 4 and folded.startswith(stem)
    )


def _is_inside(text: str, start: int) -> bool:
    """Whether a word stands within a sentence, not at its start."""
    before = text[:start].rstrip(" \"'«“„(")
    return bool(before) and before[-1] not in ".!?؟…:\n"


def _value(number: str) -> str:
    return _SEPARATOR.sub("", fold_digits(number)).replace("٫", ".").lstrip("0") or "0"


@lru_cache(maxsize=1 << 14)
def _is_light(word: str, lang: str) -> bool:
    folded = fold_word(word)
    words = _light_words()
    known = words.get(lang)
    if known is not None:
        return folded in known or not content_words(word)
    return any(folded in of_lang for of_lang in words.values()) or not content_words(word)


@cache
def _light_words() -> dict[str, frozenset[str]]:
    tables = tomllib.loads(files("rag.llm").joinpath("light_words.toml").read_text(encoding="utf-8"))
    return {lang: frozenset(fold_word(word) for word in text.split()) for lang, text in tables.items()}


@cache
def _number_words() -> dict[str, dict[str, str]]:
    tables = tomllib.loads(files("rag.llm").joinpath("numbers.toml").read_text(encoding="utf-8"))
    pairs = {lang: [entry.split("=") for entry in text.split()] for lang, text in tables.items()}
    return {lang: {fold_word(word): value for word, value in entries} for lang, entries in pairs.items()}
