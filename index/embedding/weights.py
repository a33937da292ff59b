"""Reads the tensors of safetensors files as float32, memory-mapped, without PyTorch."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

_DTYPES: Mapping[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2"), "BF16": np.dtype("<u2")}
_HEADER_LIMIT = 100_000_000


def read_tensors(folder: Path) -> dict[str, NDArray[np.float32]]:
    """The floating-point tensors of all safetensors files of a folder, by name.

    https://github.com/huggingface/safetensors#format

    Args:
        folder: Holds one file, or the parts of one.

    Returns:
        Arrays of float32; those kept as float32 are views of the file.

    Raises:
        ModelError: There is no such file, or one is damaged.
    """
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise ModelError(f"{folder} holds no weights in safetensors: use --engine sentence-transformers")
    tensors: dict[str, NDArray[np.float32]] = {}
    for path in files:
        try:
            tensors.update(_read_file(path))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"{path} cannot be read: the file is damaged ({error})") from error
    return tensors


def _read_file(path: Path) -> dict[str, NDArray[np.float32]]:
    data = np.memmap(path, dtype=np.uint8, mode="r")
    length = int.from_bytes(data[:8].tobytes(), "little")
    if not 0 < length <= min(_HEADER_LIMIT, len(data) - 8):
        raise ValueError("its header is cut short")
    header = json.loads(data[8 : 8 + length].tobytes())
    body = data[8 + length :]
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] not in _DTYPES:
            continue  # position ids and the like are integers, and no weights
        start, end = entry["data_offsets"]
        if end > len(body):
            raise ValueError("its values are cut short")
        dtype = _DTYPES[entry["dtype"]]
        values = np.frombuffer(body[start:end], dtype=dtype).reshape(entry["shape"])
        tensors[name] = _as_float32(values, entry["dtype"])
    return tensors


def _as_float32(values: NDArray[np.generic], kind: str) -> NDArray[np.float32]:
    if kind == "BF16":  # the upper half of a float32
        widened: NDArray[np.float32] = (values.astype(np.uint32) << 16).view(np.float32)
        return widened
    return values.astype(np.float32, copy=False)
