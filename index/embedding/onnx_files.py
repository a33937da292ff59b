"""Keeps the ONNX graphs of models in the cache: each written once, whole or not at all, and checked when opened."""

import hashlib
import logging
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index.embedding.cache import DigestCache, cache_root
from index.embedding.fingerprint import model_fingerprint
from index.embedding.model_files import damage, write_checksums
from index.embedding.model_folder import ModelFacts
from index.embedding.protocol import Prompts
from index.errors import ModelError

logger = logging.getLogger(__name__)

GRAPH = "encoder.onnx"
_FORMAT = "onnx 1 smoothed int8"  # raise it when the graph changes: another folder name, written anew
_LOCK_SECONDS = 1800.0
_PACKAGES = Path(__file__).parents[2]


class ExportError(ModelError):
    """A model cannot be written as a graph; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Export:
    """A module that writes a graph, run in a process of its own.

    Attributes:
        module: Run with ``python -m``.
        arguments: Before the last, which is the folder that gets the graph.
    """

    module: str
    arguments: tuple[str, ...]


def encoder_folder(model: Path, facts: ModelFacts, name: str) -> Path:
    """The folder of a model's graph; it is written where it is missing or damaged.

    Two processes at once write it once: the second waits. The prompts do not count: they are text before the text.

    Args:
        model: The model folder.
        facts: What it says of itself.
        name: The model as the user wrote it, for messages.

    Returns:
        The folder.

    Raises:
        ModelError: It cannot be written; the message says why and what to do.
    """
    fingerprint = model_fingerprint(model, facts.module_paths, Prompts())
    try:
        return graph_folder(fingerprint, Export("index.embedding.onnx_export", (str(model),)), name)
    except ExportError as error:
        raise ModelError(f"{error}; --engine sentence-transformers runs it without") from error


def graph_folder(fingerprint: str, export: Export, name: str) -> Path:
    """The folder of a graph; it is written where it is missing or damaged.

    Two processes at once write it once: the second waits.

    Args:
        fingerprint: Of all that the graph is made from.
        export: What writes it.
        name: The model as the user knows it, for messages.

    Returns:
        The folder.

    Raises:
        ExportError: The export failed.
        ModelError: The cache cannot be written; the message says why and what to do.
    """
    key = hashlib.sha256(f"{_FORMAT} {fingerprint}".encode()).hexdigest()[:16]
    folder = cache_root() / "onnx" / key
    if _is_sound(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_name(f"{key}.lock"), timeout=_LOCK_SECONDS):
            if not _is_sound(folder):
                _write(export, folder, name)
    except Timeout as error:
        raise ModelError(
            f"another process has been writing {folder} for {_LOCK_SECONDS:.0f} s: wait for it, or end it and try again"
        ) from error
    except OSError as error:
        raise ModelError(
            f"{name} cannot be prepared for ONNX Runtime in {folder.parent}: {error.strerror or error}; "
            "MUSTANAD_CACHE names another folder"
        ) from error
    return folder


def _is_sound(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    digests = DigestCache()
    problems = damage(folder, digests)
    digests.save()
    for problem in problems:
        logger.warning("the cached graph %s is damaged: %s", folder, problem)
    return not problems


def _write(export: Export, folder: Path, name: str) -> None:
    """Write into a folder beside the right one and rename it; the caller holds the lock."""
    _sweep(folder)
    logger.info("preparing %s for ONNX Runtime in %s (once)", name, folder)
    started = time.perf_counter()
    temporary = folder.with_name(f"{folder.name}.{os.getpid()}.tmp")
    temporary.mkdir()
    try:
        _run(export, temporary, name)
        write_checksums(temporary)
        if folder.exists():
            os.replace(folder, folder.with_name(f"{folder.name}.old.tmp"))
        os.replace(temporary, folder)
    finally:
        _sweep(folder)
    logger.info("%s was prepared in %.1f s", name, time.perf_counter() - started)


def _run(export: Export, out: Path, name: str) -> None:
    paths = [str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", export.module, *export.arguments, str(out)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        reason = lines[-1] if lines else f"it ended with {done.returncode}"
        raise ExportError(f"{name} cannot be prepared for ONNX Runtime ({reason})")


def _sweep(folder: Path) -> None:
    for leftover in folder.parent.glob(f"{folder.name}.*.tmp"):
        shutil.rmtree(leftover, ignore_errors=True)
