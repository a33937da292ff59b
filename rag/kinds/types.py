"""What a strategy takes and gives."""

from collections.abc import Callable
from dataclasses import dataclass

from index.types import ScoredPassage
from rag.choosing import Chosen
from rag.claims import Evidence
from rag.reading.protocol import Reader
from rag.reading.sentences import SentenceReader


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to answer a question with.

    Attributes:
        question: In any language.
        chosen: The passages to read, and copies of them.
        reader: What finds the words that answer who, when, where, how many, what.
        sentences: What finds whole sentences.
    """

    question: str
    chosen: Chosen
    reader: Reader
    sentences: SentenceReader


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question is answered with.

    Attributes:
        evidence: Without claims where the passages hold no answer.
        engine: Which reader answered.
        text: The answer, or None.
        withheld: Without claims, what would have been quoted had the evidence sufficed.
        notes: What a reader should know of how the answer came about.
    """

    evidence: Evidence
    engine: str
    text: str | None
    withheld: str | None
    notes: tuple[str, ...] = ()


Search = Callable[[str, int], list[ScoredPassage]]
"""A question and k to the k best passages, best first."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """How questions of a kind are answered.

    Attributes:
        choose: Chooses passages to read, as many as asked for.
        answer: Answers from them.
    """

    choose: Callable[[str, Search, int], Chosen]
    answer: Callable[[Material], Outcome]
