"""What the page needs of the collections: their names, and of each something to ask and what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from index.store import Contents
    from index.store.overview import Heading
    from index.types import Document, ScoredPassage
    from rag.asking import OnFound
    from rag.filters import Day
    from rag.reading import Reader
    from rag.types import Answer


class Engine(Protocol):
    """An open collection of reports; ``rag.open`` gives one. Asked from several threads at once."""

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
        on_found: OnFound | None = None,
    ) -> Answer:
        """The answer the reports give, or an abstention; ``on_found`` is given the passages before they are read.

        Raises:
            ValueError: The question is empty, or a date is not one.
            MustanadError: The index or the model cannot be used.
        """
        ...

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        since: Day = None,
        until: Day = None,
        source: Sequence[str] = (),
        lang: Sequence[str] = (),
        doc: Sequence[str] = (),
        without: Sequence[str] = (),
        collapse: bool = False,
    ) -> list[ScoredPassage]:
        """The passages nearest to a question, best first; raises as ``ask`` does."""
        ...

    def documents(self) -> Iterable[Document]:
        """All reports."""
        ...

    def headings(self) -> Iterable[Heading]:
        """All reports without their text, which is not read."""
        ...

    def document(self, doc_id: str) -> Document:
        """A report by its id.

        Raises:
            ValueError: There is none.
        """
        ...

    def copies(self, doc_id: str) -> tuple[str, ...]:
        """The other reports that are copies of one text with this one.

        Raises:
            ValueError: There is no report with this id.
        """
        ...

    @property
    def contents(self) -> Contents:
        """What the collection holds, in figures."""
        ...

    @property
    def reader(self) -> Reader:
        """What finds answers in passages."""
        ...


class Workspace(Protocol):
    """The collections that can be asked on the page."""

    @property
    def default(self) -> str:
        """The collection the page opens with, or "" where there is none."""
        ...

    def names(self) -> tuple[str, ...]:
        """All collections."""
        ...

    def open(self, name: str) -> Engine:
        """A collection as it is now; the object is shared by all threads.

        Raises:
            MustanadError: There is none of this name, or it cannot be opened.
        """
        ...
