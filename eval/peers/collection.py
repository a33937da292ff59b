"""What every peer is built from: the same passages with the same vectors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import rag
from index.embedding import Embedder
from index.errors import MustanadError
from index.pipeline import embedding_text
from index.types import Document, Passage


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages with their vectors, so that no engine pays for embedding them when it is built.

    A row is a passage's place.

    Attributes:
        passages: Each with its document; documents one after another.
        vectors: Of ``texts``, ``(n_passages, dim) float32``, unit length.
        embedder: Gave the vectors; embeds questions.
    """

    passages: tuple[tuple[Document, Passage], ...]
    vectors: NDArray[np.float32]
    embedder: Embedder

    def __len__(self) -> int:
        return len(self.passages)

    @property
    def texts(self) -> list[str]:
        """What was embedded, and what every peer's BM25 reads: the passages with title and date."""
        return [embedding_text(document, passage) for document, passage in self.passages]

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that have passages, in their order."""
        return tuple({document.doc_id: document for document, _ in self.passages}.values())


def collection_of(reports: rag.Reports) -> Collection:
    """All passages of an open index, in order of rows, with the vectors it holds.

    Args:
        reports: The index.

    Returns:
        Its passages; nothing is embedded.

    Raises:
        MustanadError: The index holds no passage.
    """
    passages, vectors = reports.passages_with_vectors()
    if not passages:
        raise MustanadError("the index holds no passage to compare engines on; add reports to it")
    return Collection(tuple(passages), vectors, reports.embedder)
