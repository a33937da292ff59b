"""A dataset: questions, what is known of their answers, and the reports they are asked of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from index.errors import MustanadError
from index.loading import load
from index.types import Document, LoadFailure


class DatasetError(MustanadError):
    """A dataset is not in the form it should be; the message says which file and line, and what to do."""


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """Where a gold answer stands: ``text == document.text[start:end]``.

    Attributes:
        doc_id: The document.
        start: First character, counted in code points.
        text: The characters themselves.
    """

    doc_id: str
    start: int
    text: str

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is known of its answer.

    Attributes:
        query_id: Its id.
        text: The question as asked.
        lang: Its ISO 639-1 code, or "und".
        relevant: Relevance by document id; graded, 0 is judged and not relevant. Empty where nothing is judged.
        answers: Gold answers, any of which is right.
        answer_lang: ISO 639-1 code of the gold answers, or "und"; decides how answers are normalised.
        answerable: Whether the reports hold an answer; None where the dataset does not say.
        spans: Where gold answers stand; alternatives.
        attribution: How the reports attribute the answer, in the dataset's own words ("suspected or accused").
    """

    query_id: str
    text: str
    lang: str = "und"
    relevant: Mapping[str, int] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    answer_lang: str = "und"
    answerable: bool | None = None
    spans: tuple[GoldSpan, ...] = ()
    attribution: tuple[str, ...] = ()

    @property
    def relevant_docs(self) -> frozenset[str]:
        """The documents whose relevance is above 0."""
        return frozenset(doc_id for doc_id, grade in self.relevant.items() if grade > 0)


class Corpus(Protocol):
    """The reports that a dataset's questions are asked of."""

    def documents(self) -> Iterable[Document | LoadFailure]:
        """The reports, and what could not be read."""
        ...


@dataclass(frozen=True, slots=True)
class FileCorpus:
    """Reports in files, loaded as ``mustanad index`` loads them.

    Attributes:
        paths: Files and folders.
    """

    paths: tuple[Path, ...]

    def documents(self) -> Iterable[Document | LoadFailure]:
        """See ``Corpus``."""
        return load(self.paths)


@dataclass(frozen=True, slots=True)
class DocumentCorpus:
    """Reports made by a loader, such as the contexts of SQuAD.

    Attributes:
        made: The reports.
    """

    made: tuple[Document, ...]

    def documents(self) -> Iterable[Document | LoadFailure]:
        """See ``Corpus``."""
        return self.made


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions over reports.

    Attributes:
        name: Short name, fit for a file name.
        questions: With ids that are unique.
        corpus: The reports, or None where the dataset brings none (an index must be given).
        fingerprint: SHA-256 (hex) over questions, judgements, gold answers and the corpus files' bytes.
    """

    name: str
    questions: tuple[Question, ...]
    corpus: Corpus | None
    fingerprint: str
