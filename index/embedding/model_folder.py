"""What a model folder says of itself in its JSON files, read without loading the model."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.embedding.protocol import Prompts
from index.errors import ModelError

_OWN_CLASSES = "sentence_transformers."
_E5 = re.compile(r"(?:^|[-_])e5(?:[-_]|$)")
_E5_PROMPTS = Prompts(query="query: ", passage="passage: ")


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a folder says; None where only loading the model can tell.

    Attributes:
        module_paths: The folders of its modules, relative; "" is the model folder itself.
        module_kinds: The classes of its modules, such as "Transformer"; empty where it lists none.
        dim: Length of a vector.
        max_tokens: Longest input in tokens.
        prompts: What the model was trained with.
    """

    module_paths: tuple[str, ...]
    module_kinds: tuple[str, ...]
    dim: int | None
    max_tokens: int | None
    prompts: Prompts


def read_facts(folder: Path, name: str) -> ModelFacts:
    """Read a model folder's configuration.

    Args:
        folder: The model folder.
        name: The model as the user wrote it, for messages and to recognise E5.

    Returns:
        What the folder says.

    Raises:
        ModelError: No model there, or one that would run its own code.
    """
    if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
        raise ModelError(
            f"{name}: {folder} holds no sentence-transformers model (neither modules.json nor config.json): "
            "give --model the folder that holds them, or a model's hub name"
        )
    modules = _modules(folder, name)
    paths = tuple(str(module.get("path", "")) for module in modules) or ("",)
    for path in paths:
        if Path(path).is_absolute() or ".." in Path(path).parts:
            raise ModelError(
                f"{name}: modules.json names a folder outside the model ({path}): this model is not loaded"
            )
    return ModelFacts(
        module_paths=paths,
        module_kinds=tuple(_kind(module) for module in modules),
        dim=_dim(folder, modules),
        max_tokens=_max_tokens(folder, paths[0]),
        prompts=_prompts(folder, name),
    )


def is_e5(names: Sequence[str]) -> bool:
    """Whether a model wants the prefixes ``query: `` and ``passage: ``: E5, but not its instruction-tuned kin.

    Args:
        names: Every name the model goes by, lower-case, without organisation or parent folder.

    Returns:
        True for E5.

    Example:
        >>> [is_e5([name]) for name in ("e5-base-v2", "multilingual-e5-small", "gte-base5")]
        [True, True, False]
        >>> is_e5(["e5", "multilingual-e5-large-instruct"])
        False
    """
    instructed = any("instruct" in name or "mistral" in name for name in names)
    return not instructed and any(_E5.search(name) for name in names)


def _modules(folder: Path, name: str) -> Sequence[Mapping[str, Any]]:
    path = folder / "modules.json"
    modules = _read_json(path) if path.is_file() else []
    if not isinstance(modules, list) or not all(isinstance(module, dict) for module in modules):
        raise ModelError(f"{name}: {path} is not a list of modules: the download or the copy is damaged")
    for module in modules:
        kind = str(module.get("type", ""))
        if not kind.startswith(_OWN_CLASSES):  # older sentence-transformers run a local folder's code unasked
            raise ModelError(
                f"{name} wants to run code of its own ({kind}), which Mustanad never does: choose another model"
            )
    return modules


def _kind(module: Mapping[str, Any]) -> str:
    return str(module.get("type", "")).rsplit(".", 1)[-1]


def _dim(folder: Path, modules: Sequence[Mapping[str, Any]]) -> int | None:
    """Follow Pooling and Dense; any module that might change the length in another way gives None."""
    dim: int | None = None
    for module in modules:
        kind = _kind(module)
        config = _read_object(folder / str(module.get("path", "")) / "config.json")
        if kind == "Pooling":
            dim = _pooled_dim(config)
        elif kind == "Dense":
            dim = _integer(config.get("out_features"))
        elif kind not in ("Transformer", "Normalize", "Dropout"):
            return None
    return dim


def _pooled_dim(config: Mapping[str, Any]) -> int | None:
    """Pooling concatenates its modes; version 6 lists them, earlier ones have a flag for each."""
    width = _integer(config.get("embedding_dimension", config.get("word_embedding_dimension")))
    named = config.get("pooling_mode")
    if named is not None:
        modes = 1 if isinstance(named, str) else len(named)
    else:
        modes = sum(value is True for key, value in config.items() if key.startswith("pooling_mode_"))
    return width * modes if width and modes else None


def _max_tokens(folder: Path, path: str) -> int | None:
    return _integer(_read_object(folder / path / "sentence_bert_config.json").get("max_seq_length"))


def _prompts(folder: Path, name: str) -> Prompts:
    declared = _read_object(folder / "config_sentence_transformers.json").get("prompts")
    texts = declared if isinstance(declared, dict) else {}
    query = texts.get("query") or ""
    passage = next((texts[key] for key in ("passage", "document", "corpus") if texts.get(key)), "")
    if query or passage:  # sentence-transformers 5 saves two empty prompts with every model: they say nothing
        return Prompts(query=str(query), passage=str(passage))
    origin = str(_read_object(folder / "config.json").get("_name_or_path", ""))
    names = [candidate.rstrip("/").rsplit("/", 1)[-1].lower() for candidate in (name, folder.name, origin)]
    return _E5_PROMPTS if is_e5(names) else Prompts()


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _read_object(path: Path) -> Mapping[str, Any]:
    content = _read_json(path) if path.is_file() else {}
    return content if isinstance(content, dict) else {}


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: the download or the copy is damaged ({error})") from error
