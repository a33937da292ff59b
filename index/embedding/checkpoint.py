"""Writes a safetensors file piece by piece, so that the weights are never all in memory."""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class TensorSource:
    """A float32 tensor to write.

    Attributes:
        name: Its name in the file.
        shape: Its shape.
        chunks: Gives its values in row-major order, in pieces of any length.
    """

    name: str
    shape: tuple[int, ...]
    chunks: Callable[[], Iterable[NDArray[np.float32]]]


def write_safetensors(path: Path, tensors: Sequence[TensorSource]) -> None:
    """Write tensors as a safetensors file that PyTorch loaders accept.

    The format: the header's length (u64, little-endian), the header (JSON: type, shape and byte range of each
    tensor), then the values without gaps. https://github.com/huggingface/safetensors#format

    Args:
        path: The file to write.
        tensors: What to write, in this order.

    Raises:
        ValueError: A tensor's pieces do not add up to its shape.
        OSError: The file cannot be written.
    """
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    end = 0
    for tensor in tensors:
        start, end = end, end + 4 * math.prod(tensor.shape)
        header[tensor.name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [start, end]}
    encoded = json.dumps(header).encode("utf-8")
    encoded += b" " * (-len(encoded) % 8)  # the values begin at a multiple of 8 bytes
    with path.open("wb") as file:
        file.write(len(encoded).to_bytes(8, "little"))
        file.write(encoded)
        for tensor in tensors:
            written = sum(file.write(chunk.astype("<f4", copy=False).tobytes()) for chunk in tensor.chunks())
            if written != 4 * math.prod(tensor.shape):
                raise ValueError(f"tensor {tensor.name!r}: {written} bytes for shape {tensor.shape}")
