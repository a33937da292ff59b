"""What can be evaluated: anything that finds passages, and answers if it can. ``rag.Reports`` does both."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

import rag
from eval.results import Value
from index.types import Document, ScoredPassage
from rag.types import Answer


class Engine(Protocol):
    """Finds passages for questions."""

    def documents(self) -> Iterable[Document]:
        """All reports that it searches."""
        ...

    def search(self, question: str, k: int = 10) -> list[ScoredPassage]:
        """The k passages nearest to a question, best first."""
        ...

    def search_documents(self, question: str, k: int = 10) -> list[ScoredPassage]:
        """The best passage of each of the k documents nearest to a question, best first."""
        ...


@runtime_checkable
class AskingEngine(Protocol):
    """Answers questions."""

    def ask(self, question: str, *, without: Sequence[str] = ()) -> Answer:
        """The answer from the reports, those with the ids ``without`` left out."""
        ...


@runtime_checkable
class ReportHolder(Protocol):
    """Gives a report by its id: citations of reports that were found, but not read, are checked against it."""

    def document(self, doc_id: str) -> Document:
        """The report; raises ValueError where there is none."""
        ...


def describe(engine: Engine) -> Mapping[str, Value]:
    """What an engine is, by name: enough to say later whether two figures were measured with the same thing."""
    if not isinstance(engine, rag.Reports):
        return {"engine": type(engine).__qualname__}
    manifest, settings, reader = engine.manifest, engine.settings, engine.reader
    return {
        "engine": "mustanad",
        "reader": reader.name,
        "reader_kind": type(reader).__name__,
        "rerank": engine.rerank,
        "model": manifest.model.name,
        "model_fingerprint": manifest.model.fingerprint,
        "analyzer": manifest.analyzer,
        "max_tokens": manifest.max_tokens,
        "overlap_tokens": manifest.overlap_tokens,
        "documents": engine.contents.documents,
        "passages": engine.contents.passages,
        "generation": manifest.generation,
        **{name: getattr(settings, name) for name in type(settings).__slots__},
    }
