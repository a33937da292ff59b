"""What readings answer, and how two of them stand to each other, by the kind of question."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.bridges import Aliases
from rag.claims.context import sentence_around
from rag.reading.protocol import Reading
from rag.types import QuestionKind
from rag.values.comparing import Relation
from rag.values.moments import Moment, compare_moments, moment, without_moments
from rag.values.names import Name, appositions, compare_names, name_of
from rag.values.numbers import Quantity, compare_quantities, quantity
from rag.values.words import plain

_LONGEST_NAME = 15  # words; longer answers are compared word for word


@dataclass(frozen=True, slots=True)
class Answering:
    """A reading and what it answers.

    Attributes:
        reading: The reading.
        place: Where the reader put it, from 0.
        words: Its folded words.
        value: The figure or day that it tells where one is asked for, or None.
        name: What it names, or None where it is a whole sentence, or long.
    """

    reading: Reading
    place: int
    words: str
    value: Quantity | Moment | None
    name: Name | None


def answering(reading: Reading, place: int, kind: QuestionKind, aliases: Aliases) -> Answering:
    """Read what a reading answers.

    Args:
        reading: The reading.
        place: Where the reader put it.
        kind: What the question asks for.
        aliases: Names that go together.
    """
    document = reading.found.document
    value: Quantity | Moment | None = None
    if kind is QuestionKind.HOW_MANY:
        value = quantity(without_moments(reading.text), document.lang)
    elif kind is QuestionKind.WHEN:
        value = moment(reading.text, document.lang, document.published)
    words = plain(reading.text)
    short = len(words.split()) <= _LONGEST_NAME and not is_sentence(reading)
    named = name_of(reading.text, document.lang, aliases) if short and value is None else None
    return Answering(reading, place, words, value, named)


def is_sentence(reading: Reading) -> bool:
    """Whether a reading is a sentence, or nearly, rather than a few words of one."""
    start, end = sentence_around(reading.found.document, reading.start, reading.end)
    whole = len(plain(reading.found.document.text[start:end]).split())
    return whole > 4 and len(plain(reading.text).split()) >= 0.7 * whole


def relation(one: Answering, other: Answering, readings: Sequence[Reading]) -> Relation:
    """How two answers stand to each other; symmetric.

    Figures and days are compared where they are asked for, names where both are short, anything else word for word.

    Args:
        one: An answer.
        other: Another.
        readings: All readings, whose reports may put one name in brackets after the other.
    """
    if one.words == other.words:
        return Relation.SAME
    if isinstance(one.value, Quantity) and isinstance(other.value, Quantity):
        return compare_quantities(one.value, other.value)
    if isinstance(one.value, Moment) and isinstance(other.value, Moment):
        return compare_moments(one.value, other.value)
    if one.name is None or other.name is None:
        return Relation.OPEN

    if any(_in_brackets(one.name.plain, other.name.plain, reading.found.document.text) for reading in readings):
        return Relation.SAME

    def told_in_full(short: Name, long: Name) -> bool:
        held = one if short is one.name else other
        return f" {long.plain} " in _plain_text(held.reading.found.document.text)

    return compare_names(one.name, other.name, told_in_full)


def size(answer: Answering) -> int:
    """How much an answer says: the parts of a day that it tells, or the words that tell a name from others."""
    if isinstance(answer.value, Moment):
        return sum(part is not None for part in answer.value.parts)
    if isinstance(answer.value, Quantity):
        return int(answer.value.bound.name == "EXACT")
    return len(answer.name.units) if answer.name and not answer.name.bare else 0


def _in_brackets(one: str, other: str, text: str) -> bool:
    return any(
        (inside == one and before.endswith(_bare(other))) or (inside == other and before.endswith(_bare(one)))
        for before, inside in _appositions(text)
    )


def _bare(words: str) -> str:
    return " " + words.removeprefix("the ")


@lru_cache(maxsize=256)
def _appositions(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((" " + before, inside) for before, inside in appositions(text))


@lru_cache(maxsize=256)
def _plain_text(text: str) -> str:
    return f" {plain(text)} "
