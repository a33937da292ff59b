"""Opens an embedding model by name."""

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from index.embedding.encoder_plan import NotForOnnxError
from index.embedding.hub import hub_model_folder, is_hub_name
from index.embedding.onnx_embedder import OnnxEmbedder
from index.embedding.packaged import PACKAGED_MODEL, TOKENIZER, WEIGHTS, packaged_model_folder
from index.embedding.protocol import Embedder, Prompts
from index.embedding.sentence_transformer import SentenceTransformerEmbedder
from index.errors import ModelError

logger = logging.getLogger(__name__)

DEFAULT_MODEL = PACKAGED_MODEL
DEFAULT_ENGINE = "onnx"
FALLBACK_ENGINE = "sentence-transformers"
ENGINE_VARIABLE = "MUSTANAD_ENGINE"
_HUB_NAME_OF_DEFAULT = "intfloat/multilingual-e5-small"

Engine = Callable[[str, Path, Prompts | None], Embedder]
ENGINES: Mapping[str, Engine] = {DEFAULT_ENGINE: OnnxEmbedder, FALLBACK_ENGINE: SentenceTransformerEmbedder}


def load_embedder(model: str | None = None, prompts: Prompts | None = None, engine: str | None = None) -> Embedder:
    """Open an embedding model; never another one than asked for.

    Args:
        model: ``multilingual-e5-small`` (the default, None), a folder, or a hub name.
        prompts: In place of the model's own.
        engine: What runs the model, a key of ``ENGINES``; None takes the one in the environment variable
            ``MUSTANAD_ENGINE``, and where that is not set ONNX Runtime, or sentence-transformers for a model that
            ONNX Runtime cannot run.

    Returns:
        The model; its weights are read at the first embedding.

    Raises:
        ModelError: It cannot be had; the message says why and what to do.
    """
    wanted = engine or os.environ.get(ENGINE_VARIABLE) or None
    if wanted is not None and wanted not in ENGINES:
        raise ModelError(f"there is no engine {wanted!r}: choose one of {', '.join(sorted(ENGINES))}")
    name = DEFAULT_MODEL if model is None else model
    folder = default_model_folder() if name == DEFAULT_MODEL else _named_folder(name)
    try:
        return ENGINES[wanted or DEFAULT_ENGINE](name, folder, prompts)
    except NotForOnnxError as reason:
        if wanted is not None:
            message = f"{name} cannot be run by the engine {wanted} ({reason}): use --engine {FALLBACK_ENGINE}"
            raise ModelError(message) from reason
        logger.info("%s is run by %s, not by %s: %s", name, FALLBACK_ENGINE, DEFAULT_ENGINE, reason)
        return ENGINES[FALLBACK_ENGINE](name, folder, prompts)


def default_model_folder() -> Path:
    """The folder of the default model: built from the installed packages that carry it, else of its hub name.

    Raises:
        ModelError: It is not here and cannot be had; the message says what to do.
    """
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
