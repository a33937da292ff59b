"""The weights of a BERT-like transformer by what they do, whatever their names in the file."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding.encoder_plan import EncoderShape
from index.errors import ModelError

Floats = NDArray[np.float32]
_WORDS = "embeddings.word_embeddings.weight"


@dataclass(frozen=True, slots=True)
class Affine:
    """A weight and a bias: of a linear layer ``(in, out)`` and ``(out,)``, of a normalisation both ``(hidden,)``."""

    weight: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class LayerWeights:
    """One layer: attention, then feed-forward, each followed by a residual sum and a normalisation."""

    attention_in: Affine
    attention_out: Affine
    attention_norm: Affine
    feed_forward_in: Affine
    feed_forward_out: Affine
    output_norm: Affine


@dataclass(frozen=True, slots=True)
class EncoderWeights:
    """A whole transformer.

    Attributes:
        words: ``(vocabulary, hidden)``.
        positions: ``(positions, hidden)``, the first token type added: texts have no second part.
        norm: Of their sum.
        layers: In order.
    """

    words: Floats
    positions: Floats
    norm: Affine
    layers: tuple[LayerWeights, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    """What a family of models calls the parts of a layer."""

    layer: str
    query: str
    key: str
    value: str
    attention_out: str
    attention_norm: str
    feed_forward_in: str
    feed_forward_out: str
    output_norm: str


_BERT = _Names(
    "encoder.layer", "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
    "attention.output.LayerNorm", "intermediate.dense", "output.dense", "output.LayerNorm",
)  # fmt: skip
_DISTILBERT = _Names(
    "transformer.layer", "attention.q_lin", "attention.k_lin", "attention.v_lin", "attention.out_lin",
    "sa_layer_norm", "ffn.lin1", "ffn.lin2", "output_layer_norm",
)  # fmt: skip


def name_weights(tensors: Mapping[str, Floats], shape: EncoderShape) -> EncoderWeights:
    """Put the tensors of a file in their places.

    Args:
        tensors: By name, with or without the model's prefix ("bert.", "roberta." …).
        shape: The sizes of the transformer.

    Returns:
        The weights.

    Raises:
        ModelError: A tensor is missing: file and configuration do not belong together.
    """
    prefix = next((name[: -len(_WORDS)] for name in tensors if name.endswith(_WORDS)), "")

    def tensor(name: str) -> Floats:
        # TensorFlow's names for the parts of a normalisation live on in old files.
        old = name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")
        for candidate in (prefix + name, prefix + old):
            if candidate in tensors:
                return tensors[candidate]
        raise ModelError(f"the weights have no tensor {name}: the model's files are damaged or do not belong together")

    def linear(name: str) -> Affine:
        return Affine(tensor(f"{name}.weight").T, tensor(f"{name}.bias"))

    def norm(name: str) -> Affine:
        return Affine(tensor(f"{name}.weight"), tensor(f"{name}.bias"))

    names = _DISTILBERT if shape.kind == "distilbert" else _BERT
    positions = tensor("embeddings.position_embeddings.weight")
    if shape.kind != "distilbert":
        positions = positions + tensor("embeddings.token_type_embeddings.weight")[0]
    layers = []
    for number in range(shape.layers):
        at = f"{names.layer}.{number}."
        three = [linear(at + name) for name in (names.query, names.key, names.value)]
        layers.append(
            LayerWeights(
                attention_in=Affine(
                    np.concatenate([part.weight for part in three], axis=1),
                    np.concatenate([part.bias for part in three]),
                ),
                attention_out=linear(at + names.attention_out),
                attention_norm=norm(at + names.attention_norm),
                feed_forward_in=linear(at + names.feed_forward_in),
                feed_forward_out=linear(at + names.feed_forward_out),
                output_norm=norm(at + names.output_norm),
            )
        )
    return EncoderWeights(tensor(_WORDS), positions, norm("embeddings.LayerNorm"), tuple(layers))
