"""Whether ONNX Runtime can run a model folder, and what of it: the transformer, pooling, dense layers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding.model_folder import ModelFacts
from index.embedding.pooling import ACTIVATIONS, POOLINGS
from index.errors import ModelError

GELUS = {"gelu": "none", "gelu_new": "tanh", "gelu_pytorch_tanh": "tanh", "gelu_fast": "tanh"}
"""Activations of the feed-forward layers: the kind of Gelu by the name that ``config.json`` gives it; and "relu"."""

_OFFSET_POSITIONS = {"roberta", "xlm-roberta", "camembert"}
_MODEL_TYPES = {"bert", "distilbert", *_OFFSET_POSITIONS}
_LEGACY_POOLINGS = {f"pooling_mode_{name}": name for name in ("mean_sqrt_len_tokens", "lasttoken")} | {
    f"pooling_mode_{name}_{'token' if name == 'cls' else 'tokens'}": name
    for name in ("cls", "max", "mean", "weightedmean")
}


class NotForOnnxError(ModelError):
    """ONNX Runtime cannot run this model here; sentence-transformers may. The message is the reason alone."""


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """The sizes of a BERT-like transformer.

    Attributes:
        kind: Its ``model_type``.
        hidden: Length of a token's vector.
        layers: How many layers.
        heads: Attention heads of a layer.
        positions: The longest input in tokens.
        pad: The number that positions start after (that of the padding token), or None where they start at 0.
        epsilon: What layer normalisation adds to the variance.
        activation: A key of ``GELUS``, or "relu".
    """

    kind: str
    hidden: int
    layers: int
    heads: int
    positions: int
    pad: int | None
    epsilon: float
    activation: str

    def position_ids(self, ids: NDArray[np.int32]) -> NDArray[np.int32]:
        """The positions of tokens, ``(n,) int32``; RoBERTa counts from its padding token's number and skips it."""
        if self.pad is None:
            return np.arange(len(ids), dtype=np.int32)
        counted = ids != self.pad
        return np.where(counted, np.cumsum(counted) + self.pad, self.pad).astype(np.int32)


@dataclass(frozen=True, slots=True)
class EncoderPlan:
    """What makes a text's vector.

    Attributes:
        transformer: The folder of the transformer's weights and tokenizer.
        shape: Its sizes.
        poolings: Keys of ``pooling.POOLINGS``.
        dense: The folders of dense layers after pooling, each with its activation.
        max_tokens: The longest input, special tokens included.
    """

    transformer: Path
    shape: EncoderShape
    poolings: tuple[str, ...]
    dense: tuple[tuple[Path, str], ...]
    max_tokens: int


def plan_encoder(folder: Path, facts: ModelFacts) -> EncoderPlan:
    """What ONNX Runtime is to run of a model folder.

    Args:
        folder: The model folder.
        facts: What ``read_facts`` says of it.

    Returns:
        The plan.

    Raises:
        NotForOnnxError: It holds something that this engine does not run; the message is the reason.
    """
    kinds = facts.module_kinds or ("Transformer", "Pooling")
    if kinds[:2] != ("Transformer", "Pooling") or set(kinds[2:]) - {"Dense", "Normalize", "Dropout"}:
        raise NotForOnnxError(f"it is made of {', '.join(kinds)}, not of one transformer with pooling")
    transformer = folder / facts.module_paths[0]
    shape = _read_shape(_read(transformer / "config.json"))
    _check_files(transformer)
    if facts.max_tokens is None:
        raise NotForOnnxError("its folder does not say how long its input may be")
    modules = list(zip(facts.module_kinds, facts.module_paths, strict=True))
    return EncoderPlan(
        transformer=transformer,
        shape=shape,
        poolings=_poolings(_read(folder / facts.module_paths[1] / "config.json")) if modules else ("mean",),
        dense=tuple(_dense(folder / path) for kind, path in modules if kind == "Dense"),
        max_tokens=min(facts.max_tokens, shape.positions),
    )


def _read_shape(config: Mapping[str, Any]) -> EncoderShape:
    kind = str(config.get("model_type", "unknown"))
    if kind not in _MODEL_TYPES:
        raise NotForOnnxError(f"its transformer is of the type {kind}, not one of {', '.join(sorted(_MODEL_TYPES))}")
    for key in ("auto_map", "quantization_config", "is_decoder", "add_cross_attention"):
        if config.get(key):
            raise NotForOnnxError(f"its config.json has {key}")
    if config.get("position_embedding_type", "absolute") != "absolute":
        raise NotForOnnxError("its positions are relative")
    distil = kind == "distilbert"
    activation = str(config.get("activation" if distil else "hidden_act", "gelu"))
    if activation not in GELUS and activation != "relu":
        raise NotForOnnxError(f"its activation is {activation}")
    pad = int(config.get("pad_token_id", 1)) if kind in _OFFSET_POSITIONS else None
    try:
        return EncoderShape(
            kind=kind,
            hidden=int(config["dim" if distil else "hidden_size"]),
            layers=int(config["n_layers" if distil else "num_hidden_layers"]),
            heads=int(config["n_heads" if distil else "num_attention_heads"]),
            positions=int(config["max_position_embeddings"]) - (0 if pad is None else pad + 1),
            pad=pad,
            epsilon=float(config.get("layer_norm_eps", 1e-12)),
            activation=activation,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NotForOnnxError(f"its config.json does not give its sizes ({error})") from error


def _check_files(transformer: Path) -> None:
    if not (transformer / "tokenizer.json").is_file():
        raise NotForOnnxError("it has no fast tokenizer (tokenizer.json)")
    if not any(transformer.glob("*.safetensors")):
        raise NotForOnnxError("its weights are not in safetensors")
    if (transformer / "adapter_config.json").is_file():
        raise NotForOnnxError("it is an adapter of another model")
    if _read(transformer / "sentence_bert_config.json").get("do_lower_case"):
        raise NotForOnnxError("it puts text in lower case outside its tokenizer")


def _poolings(config: Mapping[str, Any]) -> tuple[str, ...]:
    if config.get("include_prompt", True) is not True:
        raise NotForOnnxError("it leaves the prompt out of pooling")
    named = config.get("pooling_mode")
    if named is None:
        chosen = {name for key, name in _LEGACY_POOLINGS.items() if config.get(key) is True}
        modes = tuple(name for name in POOLINGS if name in chosen) or ("mean",)
    else:
        modes = (named,) if isinstance(named, str) else tuple(named)
    unknown = [str(mode) for mode in modes if mode not in POOLINGS]
    if unknown:
        raise NotForOnnxError(f"its pooling is {', '.join(unknown)}")
    return modes


def _dense(folder: Path) -> tuple[Path, str]:
    activation = str(_read(folder / "config.json").get("activation_function", "torch.nn.modules.activation.Tanh"))
    if activation not in ACTIVATIONS:
        raise NotForOnnxError(f"the activation of its dense layer is {activation}")
    if not (folder / "model.safetensors").is_file():
        raise NotForOnnxError("the weights of its dense layer are not in safetensors")
    return folder, activation


def _read(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: the download or the copy is damaged ({error})") from error
    return content if isinstance(content, dict) else {}
