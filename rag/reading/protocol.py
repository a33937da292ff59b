"""What a reader gives: stretches of the passages that answer a question, each with its probability."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from index.types import ScoredPassage


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of a report that may answer the question.

    Attributes:
        found: The passage it was read in.
        start: First character, in the document's text.
        end: One past the last character.
        confidence: Calibrated probability in [0, 1] that the stretch holds the answer.
    """

    found: ScoredPassage
    start: int
    end: int
    confidence: float

    @property
    def text(self) -> str:
        """The report's own words."""
        return self.found.document.text[self.start : self.end]


class Reader(Protocol):
    """Finds answers in passages."""

    @property
    def name(self) -> str:
        """Shown as ``engine`` in an answer."""
        ...

    @property
    def threshold(self) -> float:
        """The confidence below which this reader's answers should not be given."""
        ...

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> list[Reading]:
        """Stretches that may answer the question, the best first.

        Args:
            question: In any language.
            passages: What the search found, best first.

        Returns:
            Empty where the passages hold nothing to quote.
        """
        ...


@runtime_checkable
class Reranker(Protocol):
    """What a reader may be besides: one that orders passages anew before it reads them."""

    def rerank(self, question: str, passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
        """The passages, those first that are likeliest to hold the answer, with their new ranks from 1.

        Args:
            question: In any language.
            passages: What the search found, best first.
        """
        ...
