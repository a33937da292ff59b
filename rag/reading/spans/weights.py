"""The reader's weights as they ship: the layers that training changed, in 8 bits, and the span head."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from index.errors import ModelError

Floats = NDArray[np.float32]
FILE = "reader.safetensors"
_SCALE = ".scale"
_ENCODER, _HEAD = "encoder.", "head."
_LARGEST = 127


@dataclass(frozen=True, slots=True)
class ReaderWeights:
    """What makes the embedding model a reader.

    Attributes:
        encoder: Tensors that replace the transformer's own of the same name.
        head: ``(2, hidden) float32``: begin and end.
        bias: ``(2,) float32``.
        fingerprint: SHA-256 (hex) of the file.
    """

    encoder: Mapping[str, Floats]
    head: Floats
    bias: Floats
    fingerprint: str


def write_weights(tensors: Mapping[str, Floats], path: Path) -> None:
    """Write the tensors of a trained network, matrices of the transformer in 8 bits with a scale for each row.

    Args:
        tensors: By name; the transformer's begin with "encoder.", the head's with "head.".
        path: The file.
    """
    kept: dict[str, NDArray[np.generic]] = {}
    for name, values in tensors.items():
        if values.ndim == 2 and name.startswith(_ENCODER):
            scale = np.maximum(np.abs(values).max(axis=1, keepdims=True) / _LARGEST, np.finfo(np.float32).tiny)
            kept[name] = np.rint(values / scale).astype(np.int8)
            kept[name + _SCALE] = scale.astype(np.float32)
        else:
            kept[name] = values.astype(np.float32)
    save_file({name: np.ascontiguousarray(values) for name, values in kept.items()}, path)


def read_weights(path: Path) -> ReaderWeights:
    """Read what ``write_weights`` wrote.

    Raises:
        ModelError: The file is missing, damaged, or no reader's.
    """
    try:
        tensors = load_file(path)
        encoder = {
            name.removeprefix(_ENCODER): values.astype(np.float32) * tensors.get(name + _SCALE, np.float32(1))
            for name, values in tensors.items()
            if name.startswith(_ENCODER) and not name.endswith(_SCALE)
        }
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return ReaderWeights(encoder, tensors[_HEAD + "weight"], tensors[_HEAD + "bias"], digest)
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise ModelError(f"{path} holds no weights of a span reader ({error}): install mustanad anew") from error


def shipped_weights() -> Path:
    """Where the weights that come with the project lie."""
    with as_file(files("rag.reading.spans").joinpath(FILE)) as path:
        return path
