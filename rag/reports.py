"""A collection of reports: add to it, search it, ask it."""

import dataclasses
import functools
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.errors import IndexCorruptError, ModelError
from index.pipeline import Pipeline
from index.progress import Progress, Silent
from index.search import HybridRetriever, SearchSettings
from index.store import Compaction, Contents, IndexWriter, Manifest, Snapshot, compact, read_manifest
from index.store.overview import Heading, headings
from index.text.analysis import Analyzer, FoldingAnalyzer
from index.text.chunking import Chunking
from index.types import Document, Filters, LoadFailure, Passage, ScoredPassage
from rag.adding import AddResult, Tally
from rag.filters import Day, make_filters
from rag.reranking import RERANK_DEPTH, reranked
from rag.searching import best_of_each, told_of_copies
from rag.types import Answer

if TYPE_CHECKING:
    from llama_index.core.base.base_query_engine import BaseQueryEngine
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.llms import LLM

    from rag.asking import OnFound
    from rag.reading import Reader, ReaderParts, Reranker, SentenceReader


class Reports:
    """A collection of reports, open at its newest commit. Searching and asking are safe from several threads.

    Made by ``rag.open`` and ``rag.create``. A context manager.

    Args:
        root: The index folder.
        embedder: The model it was built with.
        settings: How to search.
        reader: Finds answers in passages; None for the one that ships with the project.
        rerank: Whether every search is ordered anew by what the reader finds in the best passages: better, and slower
            by the time that reading twenty passages takes.
    """

    def __init__(
        self,
        root: Path,
        embedder: Embedder,
        settings: SearchSettings | None = None,
        reader: "Reader | None" = None,
        rerank: bool = False,
    ) -> None:
        self._root = root
        self._embedder = embedder
        self._settings = settings or SearchSettings()
        self._given_reader = reader
        self._rerank = rerank
        self._analyzer = FoldingAnalyzer()
        self._open_snapshot()

    def __enter__(self) -> "Reports":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files."""
        self._snapshot.close()

    def refresh(self) -> None:
        """Move to the newest commit, where another process has written to the index.

        Where there is none that is newer, nothing is opened anew. The snapshot before it is not closed: other threads
        may be reading it, and it goes with the last of them.
        """
        if read_manifest(self._root) != self._snapshot.manifest:
            self._open_snapshot()

    @property
    def contents(self) -> Contents:
        """What the collection holds, in figures."""
        return self._snapshot.contents

    @property
    def manifest(self) -> Manifest:
        """What the collection was built with."""
        return self._snapshot.manifest

    @property
    def snapshot(self) -> Snapshot:
        """The commit it is open at."""
        return self._snapshot

    @property
    def settings(self) -> SearchSettings:
        """How it searches."""
        return self._settings

    @property
    def rerank(self) -> bool:
        """Whether every search is ordered anew by the reader."""
        return self._rerank

    @property
    def embedder(self) -> Embedder:
        """The embedding model."""
        return self._embedder

    @property
    def analyzer(self) -> Analyzer:
        """What gives the terms of BM25."""
        return self._analyzer

    def term_weights(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """How rare terms are in the collection: their idf, ``(n_terms,) float64``."""
        return self._snapshot.term_weights(terms)

    def documents(self) -> Iterable[Document]:
        """All reports."""
        return self._snapshot.documents()

    def headings(self) -> Iterable[Heading]:
        """All reports without their text, which is not read."""
        return headings(self._snapshot)

    def document(self, doc_id: str) -> Document:
        """A report by its id.

        Raises:
            ValueError: There is no report with this doc_id.
        """
        return self._snapshot.document(doc_id)

    def passages_with_vectors(self) -> tuple[list[tuple[Document, Passage]], NDArray[np.float32]]:
        """All passages, each with its document, and their vectors, ``(n_passages, dim) float32``, in the same order."""
        rows = np.flatnonzero(self._snapshot.allowed(Filters())).astype(np.int64)
        return self._snapshot.passages(rows.tolist()), self._snapshot.vectors(rows)

    def add(self, *paths: str | PathLike[str], progress: Progress | None = None) -> AddResult:
        """Add the reports in files and folders; reports that are in the index unchanged are skipped.

        All that could be read becomes visible in one step at the end.

        Args:
            paths: Files, folders, BEIR ``corpus.jsonl``.
            progress: Is told how far the work has come.

        Returns:
            What was added, updated, skipped, and what could not be read.

        Raises:
            IndexLockedError: Another process is writing to the index.
        """
        from index.loading import load  # reading files takes libraries that a search does not wait for

        watcher = progress or Silent()
        return self.add_documents(load([Path(path) for path in paths], watcher), progress=watcher)

    def add_documents(self, documents: Iterable[Document | LoadFailure], progress: Progress | None = None) -> AddResult:
        """Add documents made by the caller, in one step; see ``add``."""
        tally = Tally()
        with self._writer() as writer:
            for document in documents:
                if isinstance(document, LoadFailure):
                    tally.failed.append(document)
                    continue
                tally.by_change[writer.add(document)].append(document.doc_id)
                tally.notes.extend((document.doc_id, note) for note in document.notes)
            writer.commit(progress)
        self.refresh()
        return tally.result(len(self._snapshot), self._snapshot.copy_groups)

    def remove(self, doc_ids: Sequence[str]) -> list[str]:
        """Remove reports, in one step.

        Args:
            doc_ids: Of the reports.

        Returns:
            Those that were in the index.

        Raises:
            IndexLockedError: Another process is writing to the index.
        """
        with self._writer() as writer:
            removed = [doc_id for doc_id in dict.fromkeys(doc_ids) if writer.remove(doc_id)]
            writer.commit()
        self.refresh()
        return removed

    def compact(self, progress: Progress | None = None) -> Compaction:
        """Merge everything into one segment, which makes searches of an often changed collection faster.

        Interrupted at any time, it leaves the collection as it was.

        Args:
            progress: Is told how far the work has come.

        Returns:
            What it did.

        Raises:
            IndexLockedError: Another process is writing to the index.
        """
        done = compact(self._root, progress)
        self.refresh()
        return done

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
        """The passages nearest to a question, best first.

        Args:
            question: In any language.
            k: How many.
            since: Published on or after this day (ISO string or date).
            until: Published on or before this day.
            source: From any of these sources.
            lang: In any of these languages (ISO 639-1).
            doc: From any of these documents.
            without: From none of these documents.
            collapse: Give the best passage of each text only: of a report and its copies together.

        Returns:
            k passages, or as many as pass the filters.

        Raises:
            ValueError: The question is empty, k is below 1, or a day is not an ISO date.
        """
        filters = make_filters(since, until, source, lang, doc, without)
        if not collapse:
            return self._search(question, k, filters)
        search = functools.partial(self._search, question, filters=filters)
        best = best_of_each(search, k, lambda hit: hit.original_id)
        return [dataclasses.replace(hit, rank=rank) for rank, hit in enumerate(best, start=1)]

    def search_documents(
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
    ) -> list[ScoredPassage]:
        """The best passage of each of the k reports nearest to a question, best first; arguments as for ``search``."""
        filters = make_filters(since, until, source, lang, doc, without)
        search = functools.partial(self._search, question, filters=filters)
        return best_of_each(search, k, lambda hit: hit.document.doc_id)

    def copies(self, doc_id: str) -> tuple[str, ...]:
        """The other reports that are copies of one text with this one, the original first.

        Raises:
            ValueError: There is no report with this doc_id.
        """
        return self._snapshot.copies_of(doc_id)

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
        on_found: "OnFound | None" = None,
    ) -> Answer:
        """Answer a question in the reports' own words, or abstain where they hold no evidence.

        Args:
            question: In any language.
            since: As for ``search``, like the other filters.
            until: See ``search``.
            source: See ``search``.
            lang: See ``search``.
            doc: See ``search``.
            without: See ``search``.
            on_found: Is given the passages that are read, best first, before they are: they can be shown meanwhile.
                What it raises ends the work and comes out here.

        Returns:
            The answer with its claims and citations.

        Raises:
            ValueError: The question is empty, or a day is not an ISO date.
        """
        from rag.asking import ask  # a search needs none of it

        filters = make_filters(since, until, source, lang, doc, without)
        search = functools.partial(self._search, filters=filters)
        return ask(question, search, self.reader, self.sentence_reader, on_found)

    @property
    def reader(self) -> "Reader":
        """What finds answers in passages."""
        from rag.reading import load_reader

        return self._given_reader or load_reader(None, self.reader_parts)

    @property
    def sentence_reader(self) -> "SentenceReader":
        """What finds whole sentences, for questions that are answered with them: why, yes or no, what happened."""
        from rag.reading import SentenceReader, sentence_reader

        given = self._given_reader
        return given if isinstance(given, SentenceReader) else sentence_reader(self.reader_parts)

    @property
    def reader_parts(self) -> "ReaderParts":
        """What of this collection a reader may use."""
        from rag.reading import ReaderParts

        return ReaderParts(self._embedder, self._analyzer, self.term_weights)

    def as_retriever(self, k: int = 10) -> "BaseRetriever":
        """This collection as a LlamaIndex retriever that gives the k best passages."""
        from rag.llama import ReportsRetriever

        return ReportsRetriever(self, k)

    def as_query_engine(self, llm: "LLM | None" = None) -> "BaseQueryEngine":
        """This collection as a LlamaIndex query engine that answers as ``ask`` does, or as a language model writes."""
        from rag.llama import ReportsQueryEngine

        if llm is None:
            return ReportsQueryEngine(self)
        from rag.llm import writer_of

        return ReportsQueryEngine(self, writer_of(llm))

    def _search(self, question: str, k: int, filters: Filters) -> list[ScoredPassage]:
        """The k best passages, told of the copies of their reports."""
        found = self._retriever(self._settings).search(question, max(k, RERANK_DEPTH) if self._rerank else k, filters)
        if self._rerank:
            found = reranked(question, found, self._reranker())[:k]
        return told_of_copies(found, self._snapshot.copy_groups)

    def _reranker(self) -> "Reranker":
        from rag.reading import Reranker

        reader = self.reader
        if not isinstance(reader, Reranker):
            raise ModelError("the reader of sentences does not order passages anew: leave --rerank out, or use spans")
        return reader

    def _retriever(self, settings: SearchSettings) -> HybridRetriever:
        return HybridRetriever(self._snapshot, self._embedder, self._analyzer, settings)

    def _writer(self) -> IndexWriter:
        manifest = self._snapshot.manifest
        chunking = Chunking(manifest.max_tokens, manifest.overlap_tokens)
        return IndexWriter(self._root, Pipeline(self._embedder, self._analyzer, chunking))

    def _open_snapshot(self) -> None:
        snapshot = Snapshot(self._root)
        model = snapshot.manifest.model
        if model.fingerprint != self._embedder.fingerprint:
            snapshot.close()
            raise ModelError(
                f"{self._root} was built with the model {model.name} ({model.fingerprint[:12]}), not with "
                f"{self._embedder.name} ({self._embedder.fingerprint[:12]}); open it with its own model, "
                "or index the reports anew into another folder"
            )
        if snapshot.manifest.analyzer != self._analyzer.name:
            snapshot.close()
            raise IndexCorruptError(
                f"{self._root} was built with the analyzer {snapshot.manifest.analyzer}, this version has "
                f"{self._analyzer.name}; index the reports anew into another folder"
            )
        self._snapshot = snapshot
