"""What a conversation is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.filters import Day
from rag.types import Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation and what was answered.

    Attributes:
        question: As asked.
        searched: The question that was searched: as asked, or made whole.
        answer: The answer's text, or None where there was none.
    """

    question: str
    searched: str
    answer: str | None = None


class Rewriter(Protocol):
    """A language model that makes a question whole."""

    def standalone(self, history: Sequence[Turn], question: str) -> str:
        """A question rewritten so that it can be understood without the conversation before it.

        Args:
            history: The turns before it, oldest first.
            question: As asked.

        Returns:
            One question.

        Raises:
            MustanadError: The model gave none.
        """
        ...


class Asked(Protocol):
    """What answers the questions of a conversation; ``rag.Reports`` does."""

    def ask(
        self,
        question: str,
        *,
        since: Day = None,
        until: Day = None,
        source: Sequence[str] = (),
        lang: Sequence[str] = (),
        doc: Sequence[str] = (),
        without: Sequence[str] = (),
    ) -> Answer:
        """The answer to a question that needs none before it; see ``rag.Reports.ask``."""
        ...
