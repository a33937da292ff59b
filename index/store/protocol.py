"""What a search needs of a store: the seam behind which another one can stand."""

from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.bridges.transliteration import TermsBySound
from index.late import TokenCoder
from index.store.snapshot import Contents
from index.types import Document, Filters, Passage


class Store(Protocol):
    """One state of a collection; ``Snapshot`` is the one on disk. A row is a passage's number in this state."""

    def __len__(self) -> int:
        """How many passages are live."""
        ...

    def close(self) -> None:
        """Let go of what it holds open."""
        ...

    @property
    def contents(self) -> Contents:
        """What the collection holds, in figures."""
        ...

    @property
    def row_languages(self) -> NDArray[np.int32]:
        """The number of each row's language, ``(n_rows,) int32``."""
        ...

    @property
    def live(self) -> NDArray[np.bool_]:
        """Which rows are of reports that were not removed, ``(n_rows,) bool``."""
        ...

    def allowed(self, filters: Filters) -> NDArray[np.bool_]:
        """Which rows are live and pass the filters, ``(n_rows,) bool``."""
        ...

    def nearest(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.bool_], centred: bool = True
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The k allowed rows nearest to a query vector with their scores, best first; see ``Snapshot.nearest``."""
        ...

    def language_offsets(self, query: NDArray[np.float32]) -> NDArray[np.float64]:
        """How near a query lies to each language as such, ``(n_languages,)``."""
        ...

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of rows, ``(n, dim) float32``."""
        ...

    @property
    def root(self) -> Path:
        """The folder of the collection."""
        ...

    @property
    def token_coder(self) -> TokenCoder | None:
        """The coder of the token codes, or None where there are none."""
        ...

    def token_codes(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The token codes of rows one after another, and how many each row has."""
        ...

    @property
    def language_samples(self) -> Mapping[int, NDArray[np.int64]]:
        """Some live rows of each language by its number."""
        ...

    @property
    def vocabulary(self) -> Container[str]:
        """The terms of all passages."""
        ...

    @property
    def skeletons(self) -> TermsBySound:
        """The terms of all passages by how they sound."""
        ...

    def lexical_scores(self, terms: Sequence[str], engine: str) -> NDArray[np.float64]:
        """BM25 scores of all rows; 0 where no term matches."""
        ...

    def lexical_scores_at(self, terms: Sequence[str], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """BM25 scores of some rows, ``(n,)`` as the rows."""
        ...

    def lexical_best(
        self, terms: Sequence[str], k: int, allowed: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The k allowed rows with the highest BM25 scores above 0 with their scores, best first."""
        ...

    def term_weights(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """The idf of each term."""
        ...

    def passages(self, rows: Sequence[int]) -> list[tuple[Document, Passage]]:
        """The documents and passages of rows, in the order given."""
        ...

    def documents(self) -> Iterator[Document]:
        """All live documents."""
        ...
