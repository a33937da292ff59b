"""The names of an index's files.

::

    mustanad-index/
      manifest.json               names everything below that is part of the index; replaced in one step at a commit
      writer.lock                 held by the one process that writes
      segments/segment-000001-…/  never changed once the manifest names it
        passages.sqlite           documents with their texts and metadata; passages as offsets into them
        vectors.npy, vectors.json row i is the vector of passage i; the kind of index over them
        vectors.faiss, vectors.lists, list_groups.npy, row_lists.npy    inverted lists over many vectors
        term_*.npy, posting_*.npy, passage_lengths.npy  the terms of its passages (index/lexical/postings.py)
        passage_documents.npy     the document number of every passage
        languages.json            the languages of its reports; passage_languages.npy, document_languages.npy: the place
                                  there of every passage and document
        sources.json              who published them; document_sources.npy: the place there of every document
        document_days.npy         the day of publication of every document
        language_sums.npy         the sum of the vectors of each language
        skeleton*.npy             the terms by how they sound (index/bridges/skeleton_index.py)
        token_codes.bin, token_lengths.npy, token_mean.npy      codes of the passages' tokens (index/late), where kept
        copies.npy                signatures of the texts, and which are copies of each other (index/copies/table.py)
      removed/removed-000002-….npy  the sum of the vectors of each language that no longer count, of one segment
      staging/vectors.sqlite      vectors computed by a run that has not committed yet: a later run goes on from them
      staging/dense/              inverted lists it was building, likewise
"""

from dataclasses import dataclass
from pathlib import Path

FORMAT_VERSION = 2

PASSAGES = "passages.sqlite"
PASSAGE_DOCUMENTS = "passage_documents.npy"
LANGUAGES = "languages.json"
PASSAGE_LANGUAGES = "passage_languages.npy"
LANGUAGE_SUMS = "language_sums.npy"
DOCUMENT_LANGUAGES = "document_languages.npy"
SOURCES = "sources.json"
DOCUMENT_SOURCES = "document_sources.npy"
DOCUMENT_DAYS = "document_days.npy"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things lie in an index folder.

    Attributes:
        root: The index folder.
    """

    root: Path

    @property
    def manifest(self) -> Path:
        """The manifest."""
        return self.root / "manifest.json"

    @property
    def lock(self) -> Path:
        """The writer's lock file."""
        return self.root / "writer.lock"

    @property
    def staging(self) -> Path:
        """Vectors that are not committed yet."""
        return self.root / "staging" / "vectors.sqlite"

    @property
    def dense_staging(self) -> Path:
        """Inverted lists that are not committed yet."""
        return self.root / "staging" / "dense"

    @property
    def segments(self) -> Path:
        """The folder of all segments."""
        return self.root / "segments"

    @property
    def removed(self) -> Path:
        """The folder of what is kept about removed documents."""
        return self.root / "removed"

    def segment(self, name: str) -> Path:
        """The folder of one segment."""
        return self.segments / name
