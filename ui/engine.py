"""What the page needs of an engine: something to ask, and what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from index.store import Contents
    from rag.types import Answer


class Engine(Protocol):
    """An open collection of reports; ``rag.open`` gives one. Asked from several threads at once."""

    def ask(
        self,
        question: str,
        *,
        since: date | str | None = None,
        until: date | str | None = None,
        source: Sequence[str] = (),
        lang: Sequence[str] = (),
        doc: Sequence[str] = (),
    ) -> Answer:
        """The answer the reports give, or an abstention.

        Raises:
            ValueError: The question is empty, or a date is not one.
            MustanadError: The index or the model cannot be used.
        """
        ...

    @property
    def contents(self) -> Contents:
        """What the index holds, in figures."""
        ...
