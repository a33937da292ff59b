import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from index.embedding.weights import read_tensors
from index.errors import ModelError


def test_single_and_half_precision_from_several_files(tmp_path: Path) -> None:
    save_file({"a": np.array([[1.5, -2], [0, 3]], dtype=np.float32)}, tmp_path / "model-1.safetensors")
    save_file({"b": np.array([0.25], dtype=np.float16), "ids": np.array([1, 2])}, tmp_path / "model-2.safetensors")
    tensors = read_tensors(tmp_path)
    assert {name: values.tolist() for name, values in tensors.items()} == {"a": [[1.5, -2], [0, 3]], "b": [0.25]}
    assert all(values.dtype == np.float32 for values in tensors.values())


def test_brain_floats_are_the_upper_half_of_a_single(tmp_path: Path) -> None:
    header = json.dumps({"c": {"dtype": "BF16", "shape": [2], "data_offsets": [0, 4]}}).encode()
    # 0x3F80 is 1, 0xC040 is -3.
    body = bytes([0x80, 0x3F, 0x40, 0xC0])
    (tmp_path / "x.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + body)
    assert read_tensors(tmp_path)["c"].tolist() == [1.0, -3.0]


@pytest.mark.parametrize("keep", [0, 4, 30, -1])
def test_a_file_that_is_cut_short_is_damaged(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "model.safetensors"
    save_file({"a": np.zeros(100, dtype=np.float32)}, path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ModelError, match=r"model\.safetensors cannot be read: the file is damaged"):
        read_tensors(tmp_path)


def test_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no weights in safetensors"):
        read_tensors(tmp_path)
