"""Opens an embedding model by name."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from index.embedding.hub import hub_model_folder, is_hub_name
from index.embedding.packaged import PACKAGED_MODEL, TOKENIZER, WEIGHTS, packaged_model_folder
from index.embedding.protocol import Embedder, Prompts
from index.embedding.sentence_transformer import SentenceTransformerEmbedder
from index.errors import ModelError

logger = logging.getLogger(__name__)

DEFAULT_MODEL = PACKAGED_MODEL
DEFAULT_ENGINE = "sentence-transformers"
_HUB_NAME_OF_DEFAULT = "intfloat/multilingual-e5-small"

Engine = Callable[[str, Path, Prompts | None], Embedder]
ENGINES: Mapping[str, Engine] = {DEFAULT_ENGINE: SentenceTransformerEmbedder}


def load_embedder(
    model: str | None = None, prompts: Prompts | None = None, *, engine: str = DEFAULT_ENGINE
) -> Embedder:
    """Open an embedding model; never another one than asked for.

    Args:
        model: ``multilingual-e5-small`` (the default, None), a folder, or a hub name.
        prompts: In place of the model's own.
        engine: What runs the model, a key of ``ENGINES``.

    Returns:
        The model; its weights are read at the first embedding.

    Raises:
        ModelError: It cannot be had; the message says why and what to do.
    """
    if engine not in ENGINES:
        raise ModelError(f"there is no engine {engine!r}: choose one of {', '.join(sorted(ENGINES))}")
    name = DEFAULT_MODEL if model is None else model
    folder = _default_folder() if name == DEFAULT_MODEL else _named_folder(name)
    return ENGINES[engine](name, folder, prompts)


def _default_folder() -> Path:
    folder = packaged_model_folder()
    if folder is not None:
        return folder
    packages = f"{WEIGHTS.requirement} and {TOKENIZER.requirement}"
    logger.info("the packages that carry the default model are not installed: looking for %s", _HUB_NAME_OF_DEFAULT)
    try:
        return hub_model_folder(_HUB_NAME_OF_DEFAULT)
    except ModelError as error:
        raise ModelError(
            f"the default model is not here: {packages}, which carry it, are not installed, and {error}; "
            "install the two packages, or give --model a folder"
        ) from error


def _named_folder(name: str) -> Path:
    folder = Path(name).expanduser()
    if name and folder.is_dir():
        return folder.absolute()
    if name and folder.is_file():
        raise ModelError(f"{name} is a file: give --model the folder that holds the model")
    if not is_hub_name(name):
        raise ModelError(
            f"there is no folder {name!r}: give --model an existing folder, a hub name such as {_HUB_NAME_OF_DEFAULT}, "
            f"or leave it out for {DEFAULT_MODEL}"
        )
    return hub_model_folder(name)
