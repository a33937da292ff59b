"""A model's identity: SHA-256 over the files that decide its vectors, and over its prompts."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from index.embedding.cache import DigestCache
from index.embedding.protocol import Prompts
from index.errors import ModelError

_ROOT_CONFIGURATION = {
    "config.json",
    "modules.json",
    "config_sentence_transformers.json",
    "tokenizer_config.json",
    "tokenizer.json",
    "adapter_config.json",
}
_VOCABULARY_SUFFIXES = {".txt", ".model", ".tiktoken"}
_VOCABULARY_JSON = {"vocab.json", "added_tokens.json", "special_tokens_map.json"}
_OTHER_ENGINES = {"onnx", "openvino"}


def relevant_files(names: Sequence[str], module_paths: Sequence[str]) -> list[str]:
    """The files that decide a model's vectors: weights, tokenizer, pooling and configuration.

    Of two forms of the same thing one counts, so that a folder with both and a folder with one are the same model:
    ``.safetensors`` before ``.bin``, ``tokenizer.json`` before vocabularies. Notes, pictures, hidden folders and the
    files of other engines do not count.

    Args:
        names: Every file of the model folder, relative, with ``/``.
        module_paths: The folders of its modules, relative; "" is the folder itself.

    Returns:
        The names that count, sorted.

    Example:
        >>> relevant_files(["README.md", "config.json", "model.safetensors", "pytorch_model.bin", "tokenizer.json",
        ...                 "vocab.txt", "1_Pooling/config.json", "onnx/model.onnx"], ["", "1_Pooling"])
        ['1_Pooling/config.json', 'config.json', 'model.safetensors', 'tokenizer.json']
    """
    inside = [PurePosixPath(name) for name in names if _in_modules(PurePosixPath(name), module_paths)]
    chosen = []
    for path in inside:
        siblings = [other for other in inside if other.parent == path.parent]
        has_safetensors = any(other.suffix == ".safetensors" for other in siblings)
        has_tokenizer = any(other.name == "tokenizer.json" for other in siblings)
        if path.suffix == ".safetensors":
            wanted = True
        elif path.suffix == ".bin":
            wanted = not has_safetensors
        elif path.name.endswith(".index.json"):
            wanted = path.name.startswith("model.safetensors") or not has_safetensors
        elif path.suffix in _VOCABULARY_SUFFIXES or path.name in _VOCABULARY_JSON:
            wanted = not has_tokenizer
        else:
            wanted = path.suffix == ".json" and (len(path.parts) > 1 or _is_root_configuration(path.name))
        if wanted:
            chosen.append(path.as_posix())
    return sorted(chosen)


def model_fingerprint(folder: Path, module_paths: Sequence[str], prompts: Prompts) -> str:
    """SHA-256 (hex) over a model's relevant files and its prompts.

    Args:
        folder: The model folder.
        module_paths: The folders of its modules, relative; "" is the folder itself.
        prompts: The prompts in use: other prompts give other vectors.

    Returns:
        64 hex digits; the same on every machine, wherever the folder lies.

    Raises:
        ModelError: A file cannot be read.
    """
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    digests = DigestCache()
    total = hashlib.sha256(b"mustanad model 1\n")
    for name in relevant_files(names, module_paths):
        try:
            total.update(f"{json.dumps(name)} {digests.sha256(folder / name)}\n".encode())
        except OSError as error:
            raise ModelError(f"{folder / name} cannot be read: {error.strerror or error}") from error
    digests.save()
    total.update(json.dumps([prompts.query, prompts.passage]).encode())
    return total.hexdigest()


def _in_modules(path: PurePosixPath, module_paths: Sequence[str]) -> bool:
    if any(part.startswith(".") or part in _OTHER_ENGINES for part in path.parts):
        return False
    if len(path.parts) == 1:
        return True
    return any(module and path.is_relative_to(module) for module in module_paths)


def _is_root_configuration(name: str) -> bool:
    return name in _ROOT_CONFIGURATION or (name.startswith("sentence_") and name.endswith("_config.json"))
