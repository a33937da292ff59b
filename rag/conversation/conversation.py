"""A dialogue with a collection of reports."""

import dataclasses
from collections.abc import Callable, Sequence

from index.errors import MustanadError
from rag.conversation.followups import is_follow_up, resolve
from rag.conversation.types import Asked, Rewriter, Turn
from rag.filters import Day
from rag.types import Answer


class Conversation:
    """Asks questions one after the other; one that follows on another is made whole before it is searched.

    Not for several threads: a conversation is one person's.

    Args:
        reports: The collection.
        writer: A language model that makes follow-ups whole; None carries words of the question before.
        write: Makes a written answer of an answer in the reports' words; None leaves it as it is.
        turns: What was asked before, oldest first.
    """

    def __init__(
        self,
        reports: Asked,
        writer: Rewriter | None = None,
        write: Callable[[Answer], Answer] | None = None,
        turns: Sequence[Turn] = (),
    ) -> None:
        self._reports = reports
        self._writer = writer
        self._write = write
        self._turns = list(turns)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was asked so far, oldest first."""
        return tuple(self._turns)

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
        """Answer a question; see ``Reports.ask``.

        Args:
            question: In any language; it may follow on those before it.
            since: As for ``Reports.search``, like the other filters.
            until: See ``Reports.search``.
            source: See ``Reports.search``.
            lang: See ``Reports.search``.
            doc: See ``Reports.search``.
            without: See ``Reports.search``.

        Returns:
            The answer; its ``searched`` is the question made whole, its ``question`` the one asked.

        Raises:
            ValueError: The question is empty, or a day is not an ISO date.
        """
        searched, notes = self.standalone(question)
        answer = self._reports.ask(
            searched, since=since, until=until, source=source, lang=lang, doc=doc, without=without
        )
        if self._write:
            answer = self._write(answer)
        self._turns.append(Turn(question, searched, answer.text))
        return dataclasses.replace(answer, question=question, searched=searched, notes=(*notes, *answer.notes))

    def remember(self, question: str) -> Turn:
        """Take a question as asked before, without answering it.

        Raises:
            ValueError: The question is empty.
        """
        if not question.strip():
            raise ValueError("the question before is empty; give one that was asked")
        turn = Turn(question, self.standalone(question)[0])
        self._turns.append(turn)
        return turn

    def standalone(self, question: str) -> tuple[str, tuple[str, ...]]:
        """The question that is searched for a question, and what is to be told of how it came about."""
        if not self._turns or not is_follow_up(question):
            return question, ()
        if self._writer is None:
            return resolve(self._turns, question), ()
        try:
            rewritten = self._writer.standalone(self.turns, question).strip()
        except MustanadError as error:
            return resolve(self._turns, question), (
                f"{error}; the question was made whole with words of the one before",
            )
        if not rewritten:
            return resolve(self._turns, question), (
                "the language model gave no question; it was made whole with words of the one before",
            )
        return rewritten, ()
