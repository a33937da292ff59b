"""Mustanad and its peers in one run: the same passages, vectors, questions and clock."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import ir_measures
from ir_measures import RR, R, Success, nDCG

import rag
from eval.datasets.types import Dataset, DatasetError, Question
from eval.embedders import known_vectors
from eval.measures.retrieval import document_qrels, document_run
from eval.peers.collection import Collection, collection_of
from eval.peers.protocol import Builder, SearchEngine
from eval.peers.registry import PEERS, find_peer
from eval.peers.table import PeerFigures, PeersTable
from eval.peers.timing import time_side_by_side
from eval.running.rows import FoundDocument, Row
from index.progress import Progress, Silent
from index.text.chunking import Chunking

OURS = "mustanad"
MEASURES = (RR @ 10, nDCG @ 10, R @ 10, Success @ 1)
_K = 10


def compare_peers(
    reports: rag.Reports, dataset: Dataset, names: Sequence[str] = tuple(PEERS), progress: Progress | None = None
) -> PeersTable:
    """Build Mustanad and its peers from an index's passages and vectors, and ask all of them the same questions.

    Mustanad is built anew in a temporary folder, with the search settings of ``reports``.

    Args:
        reports: An open index.
        dataset: Questions over its reports; those without a relevant document are left out.
        names: Of peers.
        progress: Is told how far the work has come.

    Returns:
        Mustanad's figures, then each peer's.

    Raises:
        MustanadError: A name is unknown, a peer's package is not installed, or the index holds no passage.
        DatasetError: No question has a relevant document.
    """
    watcher = progress or Silent()
    questions = [question for question in dataset.questions if question.relevant_docs]
    if not questions:
        raise DatasetError(
            f"{dataset.name}: no question has a relevant document; judge some, or choose another dataset"
        )
    peers = {name: find_peer(name) for name in names}
    builders = {name: peer.builder() for name, peer in peers.items()}
    collection = collection_of(reports)
    known = known_vectors(reports.embedder, dict(zip(collection.texts, collection.vectors, strict=True)))
    collection = replace(collection, embedder=known)
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="mustanad-peers-"))
        all_builders: dict[str, Builder] = {OURS: _ours(reports, Path(folder), stack), **builders}
        engines, build_s = _build_all(all_builders, collection, watcher)
        texts = [question.text for question in questions]
        speeds = time_side_by_side(engines, texts, _K, watcher, "searching")
        known.learn_queries(texts)
        own_speeds = time_side_by_side(engines, texts, _K, watcher, "searching, vectors given")
        means = {name: _means(engine, questions, watcher, name) for name, engine in engines.items()}
    versions = {OURS: version(OURS)} | {name: peer.version for name, peer in peers.items()}
    return PeersTable(
        dataset=dataset.name,
        questions=len(questions),
        documents=len(collection.documents),
        passages=len(collection),
        model=known.name,
        k=_K,
        rows=tuple(
            PeerFigures(name, versions[name], build_s[name], means[name], speeds[name], own_speeds[name])
            for name in engines
        ),
    )


def _ours(reports: rag.Reports, folder: Path, stack: ExitStack) -> Callable[[Collection], rag.Reports]:
    """Builds the same index anew, from reports whose passages' vectors are known."""

    def build(collection: Collection) -> rag.Reports:
        chunking = Chunking(reports.manifest.max_tokens, reports.manifest.overlap_tokens)
        built = rag.create(folder, chunking=chunking, settings=reports.settings, embedder=collection.embedder)
        stack.callback(built.close)
        built.add_documents(collection.documents)
        return built

    return build


def _build_all(
    builders: Mapping[str, Builder], collection: Collection, progress: Progress
) -> tuple[dict[str, SearchEngine], dict[str, float]]:
    """Engines and the seconds that building them took, by name."""
    engines: dict[str, SearchEngine] = {}
    seconds: dict[str, float] = {}
    progress.start("building", len(builders), "engine")
    for name, build in builders.items():
        started = time.perf_counter()
        engines[name] = build(collection)
        seconds[name] = time.perf_counter() - started
        progress.advance(1)
    return engines, seconds


def _means(engine: SearchEngine, questions: Sequence[Question], progress: Progress, label: str) -> dict[str, float]:
    """Means of the measures over the documents that an engine finds, by ir_measures."""
    rows = []
    progress.start(f"judging {label}", len(questions), "question")
    for question in questions:
        found = engine.search_documents(question.text, _K)
        documents = tuple(FoundDocument(hit.document.doc_id, hit.score) for hit in found)
        rows.append(Row(question.query_id, documents))
        progress.advance(1)
    means = ir_measures.calc_aggregate(MEASURES, document_qrels(questions), document_run(questions, rows))
    return {str(measure): float(means[measure]) for measure in MEASURES}
