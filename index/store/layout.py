"""The names of an index's files.

::

    mustanad-index/
      manifest.json               names everything below that is part of the index; replaced in one step at a commit
      writer.lock                 held by the one process that writes
      segments/segment-000001-…/  never changed once the manifest names it
        passages.sqlite           documents with their texts and metadata; passages as offsets into them
        vectors.faiss             row i is the vector of passage i
        terms.npy, term_offsets.npy, vocabulary.json    the analyzer's terms of every passage
        passage_documents.npy     the document number of every passage
        languages.json            the languages of its reports; passage_languages.npy: the place there of every passage
        language_sums.npy         the sum of the vectors of each language
        copies.npy                signatures of the texts, and which are copies of each other (index/copies/table.py)
      lexical/lexical-000001-…/   BM25 over the live passages of all segments
        rows.npy                  the place of each in the segments laid end to end
        *.index.npy, *.index.json written by bm25s
      staging/vectors.sqlite      vectors computed by a run that has not committed yet: a later run goes on from them
"""

from dataclasses import dataclass
from pathlib import Path

FORMAT_VERSION = 2

PASSAGES = "passages.sqlite"
VECTORS = "vectors.faiss"
TERMS = "terms.npy"
TERM_OFFSETS = "term_offsets.npy"
VOCABULARY = "vocabulary.json"
PASSAGE_DOCUMENTS = "passage_documents.npy"
LANGUAGES = "languages.json"
PASSAGE_LANGUAGES = "passage_languages.npy"
LANGUAGE_SUMS = "language_sums.npy"
ROWS = "rows.npy"


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
    def segments(self) -> Path:
        """The folder of all segments."""
        return self.root / "segments"

    @property
    def lexicals(self) -> Path:
        """The folder of all lexical indexes."""
        return self.root / "lexical"

    def segment(self, name: str) -> Path:
        """The folder of one segment."""
        return self.segments / name

    def lexical(self, name: str) -> Path:
        """The folder of one lexical index."""
        return self.lexicals / name
