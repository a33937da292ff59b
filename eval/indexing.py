"""The index that a dataset is measured in: one that exists, or one built from the dataset's reports and kept."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import rag
from eval.configuration import Configuration
from eval.datasets.types import Corpus, Dataset, DatasetError
from index.embedding import Embedder
from index.errors import MustanadError
from index.progress import Progress
from index.store import read_manifest
from index.store.layout import Layout
from index.types import Document, LoadFailure


def index_folder(dataset: Dataset, folder: Path, configuration: Configuration) -> Path:
    """Where the index of a dataset's own reports is kept: the same for the same reports, model and passage length.

    Raises:
        DatasetError: The dataset brings no reports.
    """
    hashes = sorted(
        document.content_hash if isinstance(document, Document) else f"{document.path}: {document.reason}"
        for document in _corpus(dataset).documents()
    )
    built_with: list[str | int | None] = [
        configuration.model,
        configuration.chunking.max_tokens,
        configuration.chunking.overlap_tokens,
    ]
    if configuration.engine is not None:
        built_with.append(configuration.engine)
    key = hashlib.sha256(json.dumps([hashes, built_with]).encode("utf-8")).hexdigest()
    return folder / key[:16]


def open_index(
    root: Path,
    datasets: Sequence[Dataset],
    configuration: Configuration,
    progress: Progress,
    embedder: Embedder | None = None,
) -> tuple[rag.Reports, tuple[str, ...]]:
    """Open an index; where there is none yet, or an empty one, it is built from the datasets' reports first.

    An index that holds reports is never written to.

    Args:
        root: Its folder.
        datasets: Whose reports are put into a new one.
        configuration: How it is built and searched.
        progress: Is told how far the work has come.
        embedder: The model, already open; None opens the configuration's.

    Returns:
        The open index, and notes on reports that could not be read.

    Raises:
        MustanadError: The index was built with another model or passage length than the configuration sets, or cannot
            be opened.
        DatasetError: There is no index and a dataset brings no reports, or none that can be read.
    """
    notes: tuple[str, ...] = ()
    if not Layout(root).manifest.exists():
        with rag.create(
            root,
            model=configuration.model,
            chunking=configuration.chunking,
            embedder=embedder,
            engine=configuration.engine,
        ) as empty:
            embedder = empty.embedder
    else:
        _check_chunking(root, configuration)
    reports = rag.open(
        root,
        model=configuration.model,
        settings=configuration.search,
        embedder=embedder,
        engine=configuration.engine,
        rerank=configuration.rerank,
    )
    if reports.contents.documents == 0:
        try:
            failed = reports.add_documents(_all_reports(datasets), progress).failed
        except BaseException:
            reports.close()
            raise
        if reports.contents.documents == 0:
            reports.close()
            why = f" (first: {failed[0].path}: {failed[0].reason})" if failed else ""
            raise DatasetError(f"{datasets[0].name}: no report could be read{why}; check the corpus")
        if failed:
            notes = (f"{len(failed)} reports could not be read (first: {failed[0].path}: {failed[0].reason})",)
    return reports, notes


def _all_reports(datasets: Sequence[Dataset]) -> Iterator[Document | LoadFailure]:
    """The reports of all datasets; the same report in several of them comes once.

    Raises:
        DatasetError: An id stands for two different reports.
    """
    seen: dict[str, str] = {}
    for dataset in datasets:
        for document in _corpus(dataset).documents():
            if isinstance(document, LoadFailure):
                yield document
                continue
            before = seen.get(document.doc_id)
            if before == document.content_hash:
                continue
            if before is not None:
                raise DatasetError(
                    f"{dataset.name}: the id {document.doc_id} stands for two different reports; give each its own id, "
                    "or measure the datasets in indexes of their own (--own-index)"
                )
            seen[document.doc_id] = document.content_hash
            yield document


def _corpus(dataset: Dataset) -> Corpus:
    if dataset.corpus is None:
        raise DatasetError(f"{dataset.name} brings no reports; give an index that holds them with --index")
    return dataset.corpus


def _check_chunking(root: Path, configuration: Configuration) -> None:
    manifest = read_manifest(root)
    built = {"max_tokens": manifest.max_tokens, "overlap_tokens": manifest.overlap_tokens}
    default = Configuration().chunking
    for name, length in built.items():
        wanted = getattr(configuration.chunking, name)
        if wanted not in (length, getattr(default, name)):
            raise MustanadError(
                f"{root} was built with {name} {length}, not {wanted}; leave the setting out, or give another --index"
            )
