"""What an evidence pack is made of."""

from dataclasses import dataclass
from datetime import date

from index.search import SearchSettings
from index.types import Filters, ListScore
from rag.types import Answer

FORMAT = "mustanad-evidence-pack"
VERSION = 1


@dataclass(frozen=True, slots=True)
class IndexRecord:
    """The index that was asked.

    Attributes:
        fingerprint: SHA-256 (hex) over what determines results; see ``index_fingerprint``.
        documents: How many reports it held.
        generation: Commits until then: for information, no part of the fingerprint.
        format: Version of its files.
        model: Name of the embedding model.
        model_fingerprint: SHA-256 (hex) of the embedding model.
        analyzer: Name of the analyzer of the terms.
        max_tokens: Budget of a passage in tokens.
        overlap_tokens: Overlap of passages in tokens.
        token_codes: Whether it keeps codes of tokens, for late interaction.
    """

    fingerprint: str
    documents: int
    generation: int
    format: int
    model: str
    model_fingerprint: str
    analyzer: str
    max_tokens: int
    overlap_tokens: int
    token_codes: bool


@dataclass(frozen=True, slots=True)
class ReaderRecord:
    """What read the passages: its name, and SHA-256 (hex) over its weights and calibration; None where it has none."""

    name: str
    fingerprint: str | None


@dataclass(frozen=True, slots=True)
class PackDocument:
    """A report that was cited or read, without its text.

    Attributes:
        doc_id: The report.
        sha256: SHA-256 (hex) of its text in UTF-8.
        title: Its title.
        source: Who published it.
        published: When, or None.
        url: Where, or None.
        lang: Its language.
    """

    doc_id: str
    sha256: str
    title: str
    source: str
    published: date | None
    url: str | None
    lang: str


@dataclass(frozen=True, slots=True)
class PackPassage:
    """A passage that was read: ``text == document.text[start:end]``; ranks and scores as in ``ScoredPassage``."""

    rank: int
    passage_id: str
    doc_id: str
    start: int
    end: int
    text: str
    score: float
    dense: ListScore | None
    bm25: ListScore | None
    late: ListScore | None
    copy_of: str | None
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackSentence:
    """The sentence that a citation's quote stands in: ``text == document.text[start:end]``; of a passage the quote."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PackTurn:
    """A question and what came of it.

    Attributes:
        filters: Which reports could be found.
        answer: The answer as ``answer_to_json`` has it; its ``passages`` are empty.
        passages: What was read, best first.
        sentences: Of the answer's citations, in their order: of a copy that is cited no passage was read.
    """

    filters: Filters
    answer: Answer
    passages: tuple[PackPassage, ...]
    sentences: tuple[PackSentence, ...] = ()

    @property
    def written(self) -> bool:
        """Whether a language model wrote the answer's text: sentences of it that the passages support."""
        return any(sentence.supported for sentence in self.answer.sentences)


@dataclass(frozen=True, slots=True)
class Pack:
    """An evidence pack.

    Attributes:
        made: When (ISO 8601, UTC).
        mustanad: Version of the program.
        index: The index that was asked.
        reader: What read.
        settings: How the search worked.
        rerank: Whether passages were ordered anew by the reader.
        documents: The reports cited or read, by doc_id.
        turns: Questions and answers, oldest first; never empty.
    """

    made: str
    mustanad: str
    index: IndexRecord
    reader: ReaderRecord
    settings: SearchSettings
    rerank: bool
    documents: tuple[PackDocument, ...]
    turns: tuple[PackTurn, ...]
