from pathlib import Path

import numpy as np
import pytest

from index.lexical.array_file import ArrayFile, open_array


@pytest.mark.parametrize("parts", [[], [[]], [[1, 2], [], [3]], [list(range(1000))] * 3])
def test_a_file_written_in_parts_is_the_array(tmp_path: Path, parts: list[list[int]]) -> None:
    with ArrayFile(tmp_path / "a.npy", np.dtype(np.int32)) as file:
        for part in parts:
            file.append(np.array(part, dtype=np.int64))
    expected = np.array([number for part in parts for number in part], dtype=np.int32)
    found = open_array(tmp_path / "a.npy")
    assert found.dtype == np.int32
    assert found.tolist() == expected.tolist()
    assert type(found) is np.ndarray
    assert np.load(tmp_path / "a.npy", allow_pickle=False).tolist() == expected.tolist()
