"""Finds a model by its hub name: on this machine first, and only then over the network."""

import logging
import os
import re
from pathlib import Path

from index.embedding.fingerprint import relevant_files
from index.embedding.model_folder import read_facts
from index.errors import ModelError

logger = logging.getLogger(__name__)

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)?")
_DEFAULT_ORGANISATION = "sentence-transformers"
_TIMEOUT_SECONDS = 10.0
_WEIGHTS = (".safetensors", ".bin")
_OTHER_WAYS = "give --model a folder that holds the model"


def is_hub_name(name: str) -> bool:
    """Whether a text has the form of a hub name, ``organisation/model`` or ``model``.

    Args:
        name: What the user wrote.

    Returns:
        True for the form; it says nothing about whether there is such a model.

    Example:
        >>> [is_hub_name(name) for name in ("intfloat/e5-base", "all-MiniLM-L6-v2", "./e5", "a/b/c", "")]
        [True, True, False, False, False]
    """
    return _NAME.fullmatch(name) is not None


def hub_model_folder(name: str) -> Path:
    """The folder of a hub model's files, downloaded where this machine does not have them.

    Args:
        name: ``organisation/model``, or ``model`` for the organisation sentence-transformers.

    Returns:
        The snapshot folder in the hub's cache.

    Raises:
        ModelError: No network, no such model, no right to it, or an incomplete download.
    """
    repository = name if "/" in name else f"{_DEFAULT_ORGANISATION}/{name}"
    cached = _cached(repository)
    if cached is not None and _is_complete(cached):
        return cached
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE"):
        raise ModelError(
            f"{name} is neither a folder nor a model on this machine, and HF_HUB_OFFLINE forbids the network: "
            f"unset it, or {_OTHER_WAYS}"
        )
    return _download(repository, name)


def _cached(repository: str) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(repository, cache_dir=_cache_folder(), local_files_only=True))
    except (LocalEntryNotFoundError, OSError, ValueError):
        return None


def _download(repository: str, name: str) -> Path:
    from huggingface_hub import HfApi, hf_hub_download, snapshot_download
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

    logger.warning("%s is not on this machine: trying to download it", name)
    try:
        info = HfApi().model_info(repository, timeout=_TIMEOUT_SECONDS)
        names = [sibling.rfilename for sibling in info.siblings or ()]
        module_paths: tuple[str, ...] = ("",)
        if "modules.json" in names:
            first = hf_hub_download(
                repository, "modules.json", cache_dir=_cache_folder(), etag_timeout=_TIMEOUT_SECONDS, revision=info.sha
            )
            module_paths = read_facts(Path(first).parent, name).module_paths
        folder = snapshot_download(
            repository,
            cache_dir=_cache_folder(),
            etag_timeout=_TIMEOUT_SECONDS,
            allow_patterns=relevant_files(names, module_paths),
        )
    except ModelError:
        raise
    except GatedRepoError as error:
        raise ModelError(f"{name} is only for people its owner admits: ask there, log in, or {_OTHER_WAYS}") from error
    except RepositoryNotFoundError as error:
        raise ModelError(
            f"there is no model {repository}, or it is private: check the spelling, or {_OTHER_WAYS}"
        ) from error
    except Exception as error:  # the client lets errors of several HTTP libraries through
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"{name} is neither a folder nor a model on this machine, and it cannot be downloaded ({reason}): "
            f"check the spelling and the network, or {_OTHER_WAYS}"
        ) from error
    if not _is_complete(Path(folder)):
        raise ModelError(f"{repository} has no weights that can be loaded (.safetensors or .bin): choose another model")
    return Path(folder)


def _cache_folder() -> str | None:
    """Where sentence-transformers itself would look; None is the hub's own cache."""
    return os.environ.get("SENTENCE_TRANSFORMERS_HOME")


def _is_complete(folder: Path) -> bool:
    """A download that broke off, or that another program made for its own ends, may lack the weights."""
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if not names & {"modules.json", "config.json"}:
        return False
    chosen = relevant_files(sorted(names), read_facts(folder, folder.name).module_paths)
    return any(name.endswith(_WEIGHTS) for name in chosen)
