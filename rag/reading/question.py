"""Which of a question's words carry meaning, and which languages its other words are of."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from index.text.folding import fold_arabic, fold_case, fold_latin

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_AND = regex.compile(r"^[وف](?=\p{Arabic}{2})")


@dataclass(frozen=True, slots=True)
class _Words:
    """Folded words that say nothing about the subject, of all languages and by language."""

    empty: frozenset[str]
    by_lang: dict[str, frozenset[str]]


@cache
def _words() -> _Words:
    with files("rag.reading").joinpath("question_words.toml").open("rb") as file:
        tables = tomllib.load(file)
    by_lang = {
        lang: frozenset(_fold(word) for words in (table["asks"], table["empty"]) for word in words)
        for lang, table in tables.items()
    }
    return _Words(frozenset().union(*by_lang.values()), by_lang)


def _fold(text: str) -> str:
    return fold_latin(fold_arabic(fold_case(text)))


def content_words(question: str) -> str:
    """The question without interrogatives and function words, for measuring what of it a text covers.

    Examples:
        >>> content_words("Who carried out the attack in Raqqa?")
        'carried attack Raqqa'
        >>> content_words("ومنذ الهجوم")  # "and" is written onto the next word
        'الهجوم'
    """
    empty = _words().empty
    return " ".join(
        word for word in _WORD.findall(question) if empty.isdisjoint((folded := _fold(word), _AND.sub("", folded)))
    )


def subject_words(question: str) -> str:
    """The content words of "who did it?" that tell what was done, without "carried out", "is behind", "is accused of".

    Examples:
        >>> subject_words("Who carried out the attack in Raqqa?"), subject_words("من نفذ الغارات قرب تدمر؟")
        ('attack Raqqa', 'الغارات قرب تدمر')
    """
    return " ".join(word for word in content_words(question).split() if not _fold(word).startswith(_doing()))


@cache
def _doing() -> tuple[str, ...]:
    tables: dict[str, list[str]] = tomllib.loads(files("rag.reading").joinpath("doing.toml").read_text("utf-8"))
    return tuple(_fold(stem) for stems in tables.values() for stem in stems)


def shares_language(question: str, lang: str) -> bool:
    """Whether a question is in a language, as far as its function words tell.

    A language detector is unsure of a few words; "who", "the" and "من" are not.

    Args:
        question: In any language.
        lang: ISO 639-1 code.

    Returns:
        False where the question has more function words of another language; True where it has as many of this one,
        or where the table of words does not know it: the script has to tell then.

    Examples:
        >>> shares_language("Who attacked the bridge?", "en"), shares_language("Who attacked the bridge?", "tr")
        (True, False)
    """
    return lang not in _words().by_lang or lang in languages_of(question)


def languages_of(question: str) -> tuple[str, ...]:
    """The languages that a question has the most function words of: all of them where it has none.

    Examples:
        >>> languages_of("Who attacked the bridge?"), languages_of("Was?")
        (('en',), ('en', 'de'))
    """
    found = _WORD.findall(_fold(question))
    counts = {code: sum(word in words for word in found) for code, words in _words().by_lang.items()}
    most = max(counts.values())
    return tuple(code for code, count in counts.items() if count == most)
