"""What a question asks for, read from its interrogative, and which of its words carry meaning."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import regex

from index.text.folding import fold_arabic, fold_case, fold_latin
from rag.types import QuestionKind

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


class Expected(StrEnum):
    """The kind of answer a question expects."""

    PERSON = "person"
    TIME = "time"
    PLACE = "place"
    NUMBER = "number"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Words:
    """Folded words: interrogatives by what they ask for, function words, and both by language."""

    asks: tuple[tuple[str, Expected], ...]
    empty: frozenset[str]
    by_lang: dict[str, frozenset[str]]


@cache
def _words() -> _Words:
    with files("rag.reading").joinpath("question_words.toml").open("rb") as file:
        tables = tomllib.load(file)
    asks: list[tuple[str, Expected]] = []
    by_lang: dict[str, frozenset[str]] = {}
    for lang, table in tables.items():
        phrases = [(_fold(phrase), kind) for kind in Expected for phrase in table.get(kind.value, [])]
        asks.extend(phrases)
        words = [_fold(word) for word in table["empty"]] + [word for phrase, _ in phrases for word in phrase.split()]
        by_lang[lang] = frozenset(words)
    return _Words(tuple(asks), frozenset().union(*by_lang.values()), by_lang)


def _fold(text: str) -> str:
    return fold_latin(fold_arabic(fold_case(text)))


def expected_answer(question: str) -> Expected:
    """The kind of answer a question expects: its first interrogative says, the longest where several start there.

    Args:
        question: In any of the languages of ``question_words.toml``.

    Returns:
        ``Expected.OTHER`` where no interrogative says.

    Examples:
        >>> expected_answer("كم عدد القتلى؟"), expected_answer("Who carried out the attack?")
        (<Expected.NUMBER: 'number'>, <Expected.PERSON: 'person'>)
    """
    folded = f" {' '.join(_WORD.findall(_fold(question)))} "
    found = [(folded.find(f" {phrase} "), -len(phrase), kind) for phrase, kind in _words().asks]
    return min((match for match in found if match[0] >= 0), default=(0, 0, Expected.OTHER))[2]


_KINDS = {
    Expected.PERSON: QuestionKind.WHO,
    Expected.TIME: QuestionKind.WHEN,
    Expected.PLACE: QuestionKind.WHERE,
    Expected.NUMBER: QuestionKind.HOW_MANY,
    Expected.OTHER: QuestionKind.OTHER,
}


def question_kind(question: str) -> QuestionKind:
    """What a question asks for.

    Args:
        question: In any of the languages of ``question_words.toml``.

    Examples:
        >>> question_kind("كم عدد القتلى؟"), question_kind("Who carried out the attack?")
        (<QuestionKind.HOW_MANY: 'how_many'>, <QuestionKind.WHO: 'who'>)
    """
    return _KINDS[expected_answer(question)]


def content_words(question: str) -> str:
    """The question without interrogatives and function words, for measuring what of it a text covers.

    Examples:
        >>> content_words("Who carried out the attack in Raqqa?")
        'carried attack Raqqa'
    """
    empty = _words().empty
    return " ".join(word for word in _WORD.findall(question) if _fold(word) not in empty)


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
    found = _WORD.findall(_fold(question))
    counts = {code: sum(word in words for word in found) for code, words in _words().by_lang.items()}
    return lang not in counts or counts[lang] == max(counts.values())
