import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedding import Prompts, cache
from index.embedding.cache import DigestCache, file_sha256
from index.embedding.fingerprint import model_fingerprint, relevant_files

MODULES = ("", "1_Pooling", "2_Normalize")
PROMPTS = Prompts("query: ", "passage: ")


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda folder: append(folder / "model.safetensors"), False),
        (lambda folder: append(folder / "tokenizer.json"), False),
        (lambda folder: append(folder / "1_Pooling" / "config.json"), False),
        (lambda folder: (folder / "modules.json").unlink(), False),
        (lambda folder: append(folder / "README.md"), True),
        (lambda folder: (folder / "pytorch_model.bin").write_bytes(b"the same weights in another form"), True),
        (lambda folder: (folder / "vocab.txt").write_text("a"), True),
        (lambda folder: (folder / "onnx").mkdir() or (folder / "onnx" / "config.json").write_text("{}"), True),
        (lambda folder: (folder / ".cache").mkdir() or (folder / ".cache" / "config.json").write_text("{}"), True),
        (lambda folder: (folder / "checksums.json").write_text("{}"), True),
    ],
)
def test_it_changes_with_what_decides_the_vectors_only(
    tiny_folder: Path, change: Callable[[Path], object], same: bool
) -> None:
    before = model_fingerprint(tiny_folder, MODULES, PROMPTS)
    change(tiny_folder)
    assert (model_fingerprint(tiny_folder, MODULES, PROMPTS) == before) is same


def test_it_changes_with_a_prompt(tiny_folder: Path) -> None:
    prints = {model_fingerprint(tiny_folder, MODULES, Prompts(*texts)) for texts in [("", ""), ("a", ""), ("", "a")]}
    assert len(prints) == 3
    assert all(len(text) == 64 for text in prints)


def test_it_is_the_same_wherever_the_folder_lies(tiny_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tiny_folder, tmp_path / "elsewhere")
    assert model_fingerprint(copy, MODULES, PROMPTS) == model_fingerprint(tiny_folder, MODULES, PROMPTS)


def test_a_vocabulary_counts_where_there_is_no_tokenizer_json() -> None:
    names = ["config.json", "vocab.txt", "pytorch_model.bin", "notes.json", "0_Extra/config.json"]
    assert relevant_files(names, [""]) == ["config.json", "pytorch_model.bin", "vocab.txt"]


def test_a_file_is_read_once(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tiny_folder / "model.safetensors"
    first = DigestCache()
    expected = first.sha256(path)
    first.save()

    def refuse(path: Path) -> str:
        raise AssertionError("read again")

    monkeypatch.setattr(cache, "file_sha256", refuse)
    assert DigestCache().sha256(path) == expected
    os.utime(path, ns=(1, 1))
    with pytest.raises(AssertionError, match="read again"):
        DigestCache().sha256(path)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"a": 1}', "null"])
def test_a_spoiled_digest_cache_costs_time_only(tiny_folder: Path, tmp_path: Path, content: str) -> None:
    path = tmp_path / "digests.json"
    path.write_text(content)
    digests = DigestCache(path)
    assert digests.sha256(tiny_folder / "config.json") == file_sha256(tiny_folder / "config.json")
    digests.save()
