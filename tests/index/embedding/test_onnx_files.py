import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from index.embedding import onnx_files, verify_model_files
from index.embedding.model_folder import read_facts
from index.embedding.onnx_files import encoder_folder
from index.errors import ModelError

ROOT = Path(__file__).parents[3]


def write(folder: Path) -> Path:
    return encoder_folder(folder, read_facts(folder, "tiny"), "tiny")


def test_it_is_written_once_and_checks_out(tiny_folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="index.embedding"):
        folder = write(tiny_folder)
        assert write(tiny_folder) == folder
    assert sum("was prepared in" in record.message for record in caplog.records) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["checksums.json", "encoder.bin", "encoder.onnx"]
    assert verify_model_files(folder) == []
    assert [path.name for path in folder.parent.iterdir() if path.suffix == ".tmp"] == []


def test_other_weights_are_another_graph_and_other_prompts_are_not(tiny_folder: Path) -> None:
    first = write(tiny_folder)
    (tiny_folder / "README.md").write_text("a note")
    assert write(tiny_folder) == first
    path = tiny_folder / "model.safetensors"
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    assert write(tiny_folder) != first


@pytest.mark.parametrize("spoil", ["cut", "changed", "missing", "no checksums"])
def test_a_damaged_graph_is_written_again(tiny_folder: Path, caplog: pytest.LogCaptureFixture, spoil: str) -> None:
    folder = write(tiny_folder)
    weights = folder / "encoder.bin"
    content = weights.read_bytes()
    if spoil == "cut":
        weights.write_bytes(content[: len(content) // 2])
    elif spoil == "changed":
        weights.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    elif spoil == "missing":
        (folder / "encoder.onnx").unlink()
    else:
        (folder / "checksums.json").unlink()
    assert write(tiny_folder) == folder
    assert "is damaged" in caplog.text
    assert verify_model_files(folder) == []
    assert weights.read_bytes() == content


def test_two_processes_at_once_write_it_once(tiny_folder: Path) -> None:
    code = (
        "import logging; logging.basicConfig(level=logging.INFO)\n"
        "from pathlib import Path\n"
        "from tests.index.embedding.test_onnx_files import write\n"
        f"print(write(Path({str(tiny_folder)!r})))\n"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
        )
        for _ in range(2)
    ]
    done = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], done
    assert done[0][0] == done[1][0]
    assert sum("was prepared in" in err for _, err in done) == 1


def test_a_failure_is_one_line_with_its_reason(tiny_folder: Path) -> None:
    path = tiny_folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(
        ModelError, match=r"tiny cannot be prepared .*damaged.*--engine sentence-transformers"
    ) as caught:
        write(tiny_folder)
    assert "\n" not in str(caught.value)
    cache = Path(os.environ["MUSTANAD_CACHE"]) / "onnx"
    assert [entry.suffix for entry in cache.iterdir()] == [".lock"]


def test_a_lock_that_is_not_freed_is_said(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tiny_folder)
    (folder / "encoder.onnx").unlink()
    monkeypatch.setattr(onnx_files, "_LOCK_SECONDS", 0.1)
    with FileLock(folder.with_name(f"{folder.name}.lock")), ThreadPoolExecutor(1) as other:
        with pytest.raises(ModelError, match="another process has been writing"):
            other.submit(write, tiny_folder).result()
