from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from index.embedding.checkpoint import TensorSource, write_safetensors


def test_what_is_written_in_pieces_is_read_whole_by_safetensors(tmp_path: Path) -> None:
    a = np.arange(6, dtype=np.float32)
    b = np.array([[0.5]], dtype=np.float32)
    path = tmp_path / "model.safetensors"
    write_safetensors(path, [TensorSource("a", (2, 3), lambda: [a[:4], a[4:]]), TensorSource("b", (1, 1), lambda: [b])])
    loaded = load_file(path)
    assert loaded["a"].tolist() == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
    assert loaded["b"].tolist() == [[0.5]]


def test_too_few_values_are_refused(tmp_path: Path) -> None:
    source = TensorSource("a", (2, 3), lambda: [np.zeros(5, dtype=np.float32)])
    with pytest.raises(ValueError, match="20 bytes"):
        write_safetensors(tmp_path / "model.safetensors", [source])
