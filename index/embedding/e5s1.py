"""Reads the packed weights of ``multilingual-e5-small``: a file of magic ``E5S1`` with 4-bit blocks (Q4_0)."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

MAGIC = b"E5S1"
VERSION = 1
BLOCK = 32
F32, Q4_0 = 0, 1
_BLOCK_DTYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
_CHUNK_ELEMENTS = 1 << 20


@dataclass(frozen=True, slots=True)
class E5Shape:
    """The sizes of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class TensorEntry:
    """Where one tensor lies in the file: its kind (``F32`` or ``Q4_0``), length, first byte and length in bytes."""

    kind: int
    elements: int
    offset: int
    size: int


def decode_q4_0(raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Decode 4-bit blocks: value = (nibble - 8) * scale.

    A block of 18 bytes holds 32 weights: an fp16 scale, then 16 bytes whose low nibbles are weights 0-15 and whose
    high nibbles are weights 16-31 (the Q4_0 of ggml).

    Args:
        raw: ``(n_blocks * 18,) uint8``.

    Returns:
        ``(n_blocks * 32,) float32``.

    Example:
        >>> block = np.frombuffer(np.float16(0.5).tobytes() + bytes([0x98] + [0x88] * 15), dtype=np.uint8)
        >>> decode_q4_0(block)[[0, 15, 16, 31]]
        array([0. , 0. , 0.5, 0. ], dtype=float32)
    """
    blocks = raw.view(_BLOCK_DTYPE)
    nibbles = blocks["nibbles"]
    values = np.empty((len(blocks), BLOCK), dtype=np.float32)
    values[:, : BLOCK // 2] = nibbles & 0x0F
    values[:, BLOCK // 2 :] = nibbles >> 4
    values -= 8.0
    values *= blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(-1)


class E5S1File:
    """The weights file, memory-mapped: its shape, its tensors by name, and their values in pieces.

    Args:
        path: The file.

    Raises:
        ModelError: Not a file of this format and version, or cut short.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._data: NDArray[np.uint8] = _map(path)
        reader = _Reader(self._data, path)
        if reader.raw(4) != MAGIC:
            raise ModelError(f"{path} is not an E5S1 weights file: it does not begin with {MAGIC.decode()}")
        (version,) = reader.take("I")
        if version != VERSION:
            raise ModelError(f"{path} is an E5S1 file of version {version}; this release reads version {VERSION}")
        self.shape: E5Shape = E5Shape(*reader.take("7if"))
        (block,) = reader.take("i")
        if block != BLOCK:
            raise ModelError(f"{path} has 4-bit blocks of {block} weights; this release reads blocks of {BLOCK}")
        _skip_vocabulary(reader)
        self.tensors: Mapping[str, TensorEntry] = _read_directory(reader, len(self._data), path)

    def chunks(self, name: str) -> Iterator[NDArray[np.float32]]:
        """The values of a tensor in order, about a million at a time.

        Args:
            name: The tensor.

        Yields:
            ``(n,) float32``.

        Raises:
            ModelError: The file has no such tensor.
        """
        entry = self.tensors.get(name)
        if entry is None:
            raise ModelError(f"{self._path} has no tensor {name!r}")
        raw = self._data[entry.offset : entry.offset + entry.size]
        per_step = _byte_size(entry.kind, _CHUNK_ELEMENTS)
        for start in range(0, entry.size, per_step):
            piece = np.array(raw[start : start + per_step])
            yield decode_q4_0(piece) if entry.kind == Q4_0 else piece.view("<f4").astype(np.float32, copy=False)


class _Reader:
    """A cursor that turns a read past the end into a ``ModelError``."""

    def __init__(self, data: NDArray[np.uint8], path: Path) -> None:
        self._data = data
        self._path = path
        self._position = 0

    def skip(self, size: int) -> None:
        if size < 0 or self._position + size > len(self._data):
            raise ModelError(f"{self._path} is cut short: {len(self._data)} bytes, and its header goes on")
        self._position += size

    def raw(self, size: int) -> bytes:
        start = self._position
        self.skip(size)
        return self._data[start : self._position].tobytes()

    def take(self, form: str) -> tuple[int, ...]:
        return struct.unpack("<" + form, self.raw(struct.calcsize("<" + form)))


def _map(path: Path) -> NDArray[np.uint8]:
    try:
        return np.memmap(path, dtype=np.uint8, mode="r") if path.stat().st_size else np.empty(0, dtype=np.uint8)
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror or error}") from error


def _skip_vocabulary(reader: _Reader) -> None:
    """Pass over the word pieces and the normalisation table: the tokenizer has its own file."""
    pieces, _bos, _eos, _pad, _unk = reader.take("5i")
    (blob,) = reader.take("Q")
    reader.skip(4 * (pieces + 1) + 4 * pieces + blob)
    _count, table = reader.take("iI")
    reader.skip(table)


def _read_directory(reader: _Reader, file_size: int, path: Path) -> dict[str, TensorEntry]:
    (count,) = reader.take("i")
    tensors: dict[str, TensorEntry] = {}
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.raw(length).decode("utf-8", errors="replace")
        entry = TensorEntry(*reader.take("BIQQ"))
        if entry.kind not in (F32, Q4_0):
            raise ModelError(
                f"{path}: tensor {name!r} is of type {entry.kind}; this release reads 0 (f32) and 1 (Q4_0)"
            )
        if entry.size != _byte_size(entry.kind, entry.elements):
            raise ModelError(f"{path}: tensor {name!r} has {entry.size} bytes for {entry.elements} weights")
        if entry.offset + entry.size > file_size:
            raise ModelError(f"{path} is cut short: tensor {name!r} ends past the file's {file_size} bytes")
        tensors[name] = entry
    return tensors


def _byte_size(kind: int, elements: int) -> int:
    return 4 * elements if kind == F32 else -(-elements // BLOCK) * _BLOCK_DTYPE.itemsize
