"""The weights' file: 8 bits there and back, and what is refused."""

from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from rag.reading.spans.weights import read_weights, shipped_weights, write_weights


def test_matrices_come_back_to_half_a_step_and_everything_else_exactly(tmp_path: Path) -> None:
    draw = np.random.default_rng(1)
    matrix, bias = draw.normal(size=(6, 4)).astype(np.float32), draw.normal(size=6).astype(np.float32)
    head = draw.normal(size=(2, 4)).astype(np.float32)
    path = tmp_path / "reader.safetensors"
    tensors = {
        "encoder.encoder.layer.4.x.weight": matrix, "encoder.encoder.layer.4.x.bias": bias,
        "head.weight": head, "head.bias": np.zeros(2, np.float32),
    }  # fmt: skip
    write_weights(tensors, path)
    back = read_weights(path)
    step = np.abs(matrix).max(axis=1, keepdims=True) / 127
    assert set(back.encoder) == {"encoder.layer.4.x.weight", "encoder.layer.4.x.bias"}
    assert np.all(np.abs(back.encoder["encoder.layer.4.x.weight"] - matrix) <= step / 2 + 1e-6)
    assert np.array_equal(back.encoder["encoder.layer.4.x.bias"], bias)
    assert np.array_equal(back.head, head)


@pytest.mark.parametrize("content", [b"", b"not weights", None])
def test_what_is_no_weights_is_refused_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "reader.safetensors"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match="install mustanad anew"):
        read_weights(path)


def test_the_shipped_file_is_small_and_for_the_upper_layers() -> None:
    assert shipped_weights().stat().st_size <= 25_000_000
    names = read_weights(shipped_weights()).encoder
    assert all(name.startswith("encoder.layer.") for name in names)
    assert {int(name.split(".")[2]) for name in names} == set(range(4, 12))
