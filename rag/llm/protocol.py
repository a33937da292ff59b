"""The seam between answering and a language model: what a writer takes and gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.types import ScoredPassage
from rag.conversation.types import Turn
from rag.reading.protocol import Reader

OnText = Callable[[str], None]
"""Takes the text as it comes, a piece at a time, before anything of it was checked; what it raises ends the writing."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a cited passage that support a sentence.

    Attributes:
        passage: 1-based number of the passage, as the sentence cites it.
        start: First character, in the document's text.
        end: One past the last character.
    """

    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence that a language model wrote.

    Attributes:
        text: The sentence without its citation marks.
        cites: The numbers it cites, as written; they may be of no passage.
        supported: Whether every check was passed.
        reason: Why it is not supported; None where it is.
        quotes: What supports it, in the order of ``cites``; empty where it is not supported.
    """

    text: str
    cites: tuple[int, ...]
    supported: bool
    reason: str | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a language model wrote, sentence by sentence.

    Attributes:
        text: All of it, as it came.
        sentences: Its sentences, checked; empty where it abstained.
        abstained: Whether it said that the passages hold no answer.
    """

    text: str
    sentences: tuple[CheckedSentence, ...]
    abstained: bool

    @property
    def supported(self) -> bool:
        """Whether there is a sentence that may be shown as an answer."""
        return any(sentence.supported for sentence in self.sentences)


class Writer(Protocol):
    """Writes answers from passages with a language model."""

    @property
    def name(self) -> str:
        """Shown as ``engine`` in an answer, such as "openai:gpt-4o-mini"."""
        ...

    @property
    def destination(self) -> str:
        """Where questions and passages are sent, for people to see."""
        ...

    def write(
        self,
        question: str,
        passages: Sequence[ScoredPassage],
        reader: Reader | None = None,
        on_text: OnText | None = None,
    ) -> Written:
        """Answer a question from passages, every sentence checked against what it cites.

        Args:
            question: In any language.
            passages: The best first; the first is cited as [1].
            reader: Helps to find a sentence in a passage of another language.
            on_text: Is given the text as it comes.

        Returns:
            The sentences, supported or not.

        Raises:
            LlmError: The model gave no answer.
        """
        ...

    def standalone(self, history: Sequence[Turn], question: str) -> str:
        """A question rewritten so that it can be understood without the conversation before it.

        Args:
            history: The turns before it, oldest first; without any, the question is given back.
            question: As asked.

        Returns:
            One question.

        Raises:
            LlmError: The model gave none.
        """
        ...
