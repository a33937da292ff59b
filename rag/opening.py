"""Opening a collection, and making an empty one."""

from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from index.embedding import DEFAULT_MODEL, Embedder, Prompts, load_embedder
from index.errors import MustanadError
from index.search import SearchSettings
from index.store import Manifest, ModelRecord, create_index, read_manifest
from index.store.layout import FORMAT_VERSION, Layout
from index.text.analysis import FoldingAnalyzer
from index.text.chunking import Chunking
from rag.reports import Reports

if TYPE_CHECKING:
    from rag.reading import Reader


def open_reports(
    path: str | PathLike[str],
    *,
    model: str | None = None,
    settings: SearchSettings | None = None,
    reader: "Reader | None" = None,
    rerank: bool = False,
    embedder: Embedder | None = None,
    engine: str | None = None,
) -> Reports:
    """Open a collection.

    Args:
        path: The index folder.
        model: Refuse the collection unless it was built with this model; None takes the one it was built with.
        settings: How to search.
        reader: Finds answers in passages; None for the one that ships with the project, or the one that the environment
            variable ``MUSTANAD_READER`` names ("spans", "sentences").
        rerank: Whether every search is ordered anew by what the reader finds in the best passages.
        embedder: A model already open, in place of ``model`` and ``engine``.
        engine: What runs the model, "onnx" or "sentence-transformers": an index built with either may be opened with
            either. None takes ``MUSTANAD_ENGINE``, else the first that can run the model.

    Returns:
        The collection at its newest commit.

    Raises:
        IndexNotFoundError: There is no index in the folder.
        IndexCorruptError: The index is damaged.
        ModelError: The model cannot be loaded, or is not the one the index was built with.
    """
    root = Path(path)
    record = read_manifest(root).model
    prompts = None
    if record.query_prompt is not None or record.passage_prompt is not None:
        prompts = Prompts(record.query_prompt or "", record.passage_prompt or "")
    return Reports(root, embedder or load_embedder(model or record.name, prompts, engine), settings, reader, rerank)


def create_reports(
    path: str | PathLike[str],
    *,
    model: str | None = None,
    prompts: Prompts | None = None,
    chunking: Chunking | None = None,
    token_codes: bool = True,
    settings: SearchSettings | None = None,
    embedder: Embedder | None = None,
    engine: str | None = None,
) -> Reports:
    """Make an empty collection.

    Args:
        path: The index folder; made where it is missing.
        model: Name or folder of a sentence-transformers model; None for the default model.
        prompts: Put before questions and passages, in place of the model's own.
        chunking: How long passages are.
        token_codes: Whether to keep codes of every token, for late interaction.
        settings: How to search.
        embedder: A model already open, in place of ``model``, ``prompts`` and ``engine``.
        engine: What runs the model; see ``open_reports``. The index does not remember it.

    Returns:
        The empty collection.

    Raises:
        MustanadError: There is an index in the folder already, or other files.
        ModelError: The model cannot be loaded.
    """
    root = Path(path)
    if Layout(root).manifest.exists():
        raise MustanadError(f"there is an index in {root} already; open it with rag.open, or choose another folder")
    if root.exists() and (not root.is_dir() or any(entry.name != Layout(root).lock.name for entry in root.iterdir())):
        raise MustanadError(f"{root} holds other files; choose an empty or a new folder for the index")
    chosen = embedder or load_embedder(model or DEFAULT_MODEL, prompts, engine)
    lengths = chunking or Chunking()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = Manifest(
        format=FORMAT_VERSION,
        generation=0,
        model=ModelRecord(
            name=chosen.name,
            fingerprint=chosen.fingerprint,
            dim=chosen.dim,
            query_prompt=prompts.query if prompts else None,
            passage_prompt=prompts.passage if prompts else None,
        ),
        analyzer=FoldingAnalyzer.name,
        max_tokens=lengths.max_tokens,
        overlap_tokens=lengths.overlap_tokens,
        token_codes=token_codes,
        created=now,
        updated=now,
    )
    create_index(root, manifest)
    return Reports(root, chosen, settings)
