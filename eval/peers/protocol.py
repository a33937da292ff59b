"""What a peer offers: it finds passages and documents as ``rag.Reports`` does, and is built from a ``Collection``."""

from collections.abc import Iterable
from typing import Protocol

from eval.peers.collection import Collection
from index.types import Document, ScoredPassage


class SearchEngine(Protocol):
    """Finds passages for questions; ``rag.Reports`` is one."""

    def documents(self) -> Iterable[Document]:
        """All reports that it searches."""
        ...

    def search(self, question: str, k: int = 10) -> list[ScoredPassage]:
        """The k passages nearest to a question, best first."""
        ...

    def search_documents(self, question: str, k: int = 10) -> list[ScoredPassage]:
        """The best passage of each of the k documents nearest to a question, best first."""
        ...


class Builder(Protocol):
    """Builds a search engine."""

    def __call__(self, collection: Collection, /) -> SearchEngine:
        """Index a collection's passages; their vectors are given, questions are embedded by its embedder."""
        ...
