"""From the rows that a peer ranks to the passages and documents that a search gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eval.peers.collection import Collection
from index.types import Document, ScoredPassage


class ScoredRow(NamedTuple):
    """A row of a collection with the score that an engine gives it."""

    row: int
    score: float


Ranker = Callable[[str, int], Sequence[ScoredRow]]


@dataclass(frozen=True, slots=True)
class PassageEngine:
    """A ``SearchEngine`` around a function that ranks rows.

    Attributes:
        collection: What is searched.
        rank: Question and number of rows to at most so many rows, best first; never more than there are.
    """

    collection: Collection
    rank: Ranker

    def documents(self) -> Sequence[Document]:
        """All documents that have passages."""
        return self.collection.documents

    def search(self, question: str, k: int = 10) -> list[ScoredPassage]:
        """The passages that the engine ranks best.

        Args:
            question: In any language.
            k: How many; fewer come back where the engine gives fewer.

        Returns:
            Best first, with the engine's own scores.

        Raises:
            ValueError: The question is empty, or k is below 1.
        """
        if not question.strip():
            raise ValueError("the question is empty; ask something")
        if k < 1:
            raise ValueError(f"k is {k}; ask for at least 1 passage")
        ranked = self.rank(question, min(k, len(self.collection)))
        return [self._hit(place, scored) for place, scored in enumerate(ranked, start=1)]

    def search_documents(self, question: str, k: int = 10) -> list[ScoredPassage]:
        """The best passage of each of the k documents that the engine ranks best.

        As ``rag.Reports.search_documents`` does, the search for passages is widened until it spans k documents.

        Args:
            question: In any language.
            k: How many; fewer come back where the engine finds fewer.

        Returns:
            Best first; ``rank`` is the passage's own.

        Raises:
            ValueError: The question is empty, or k is below 1.
        """
        wanted = 2 * k
        while True:
            found = self.search(question, wanted)
            best: dict[str, ScoredPassage] = {}
            for hit in found:
                best.setdefault(hit.document.doc_id, hit)
            if len(best) >= k or len(found) < wanted:
                return list(best.values())[:k]
            wanted *= 2

    def _hit(self, place: int, scored: ScoredRow) -> ScoredPassage:
        document, passage = self.collection.passages[scored.row]
        return ScoredPassage(passage, document, place, scored.score, dense=None, bm25=None)
