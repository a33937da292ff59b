import logging
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index.embedding import packaged, verify_model_files
from index.embedding.cache import file_sha256
from index.embedding.packaged import SourceFile, packaged_model_folder
from index.errors import ModelError

BUILD = """
import logging
logging.basicConfig(level=logging.INFO)
from index.embedding.packaged import packaged_model_folder
print(packaged_model_folder())
"""


@pytest.fixture
def tiny_package(tiny_sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package, ``tinymodel``, that carries both files, in place of the real two."""
    package = tmp_path / "site" / "tinymodel"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('the code of the package must not run')")
    for name in ("weights.bin", "tokenizer.json"):
        shutil.copyfile(tiny_sources / name, package / name)
    monkeypatch.syspath_prepend(str(package.parent))
    for constant, name in (("WEIGHTS", "weights.bin"), ("TOKENIZER", "tokenizer.json")):
        source = SourceFile("tinymodel", "tinymodel==1", name, file_sha256(package / name))
        monkeypatch.setattr(packaged, constant, source)
    return package


def build() -> Path:
    folder = packaged_model_folder()
    assert folder is not None
    return folder


def test_it_is_built_once_and_checks_out(tiny_package: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="index.embedding"):
        folder = build()
        assert build() == folder
    assert sum("was built" in record.message for record in caplog.records) == 1
    assert verify_model_files(folder) == []
    assert [path.name for path in folder.parent.iterdir() if path.suffix == ".tmp"] == []


@pytest.mark.parametrize("spoil", ["cut", "missing", "changed", "no checksums", "empty checksums"])
def test_a_damaged_cache_is_rebuilt_with_a_warning(
    tiny_package: Path, caplog: pytest.LogCaptureFixture, spoil: str
) -> None:
    folder = build()
    weights = folder / "model.safetensors"
    content = weights.read_bytes()
    if spoil == "cut":
        weights.write_bytes(content[:-10])
    elif spoil == "missing":
        (folder / "1_Pooling" / "config.json").unlink()
    elif spoil == "changed":
        weights.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    elif spoil == "no checksums":
        (folder / "checksums.json").unlink()
    else:
        (folder / "checksums.json").write_text('{"format": 1, "files": {}}')
    assert verify_model_files(folder) != []
    caplog.clear()
    assert build() == folder
    assert any(record.levelno == logging.WARNING and "damaged" in record.message for record in caplog.records)
    assert weights.read_bytes() == content
    assert verify_model_files(folder) == []


def test_a_build_that_was_killed_leaves_nothing_behind(tiny_package: Path) -> None:
    folder = build()
    leftover = folder.with_name(folder.name + ".123.tmp")
    leftover.mkdir()
    (folder / "checksums.json").unlink()
    build()
    assert not leftover.exists()


def test_another_version_of_the_package_is_refused(tiny_package: Path) -> None:
    (tiny_package / "weights.bin").write_bytes(b"E5S1 of another release")
    with pytest.raises(ModelError, match=r"not the file this release knows.*install tinymodel==1"):
        packaged_model_folder()


def test_a_package_without_the_file_is_refused(tiny_package: Path) -> None:
    (tiny_package / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tinymodel has no tokenizer\.json"):
        packaged_model_folder()


def test_without_the_package_there_is_no_folder(tiny_package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "WEIGHTS", replace(packaged.WEIGHTS, module="no_such_package"))
    assert packaged_model_folder() is None


def test_a_folder_that_cannot_be_written_is_named(
    tiny_package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MUSTANAD_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="MUSTANAD_CACHE"):
        packaged_model_folder()


@pytest.mark.usefixtures("e5")
def test_two_processes_at_once_build_the_real_model_once(tmp_path: Path) -> None:
    environment = {**os.environ, "MUSTANAD_CACHE": str(tmp_path / "shared")}
    try:
        running = [
            subprocess.Popen(
                [sys.executable, "-c", BUILD],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=Path(packaged.__file__).parents[2],
            )
            for _ in range(2)
        ]
        results = [process.communicate(timeout=120) for process in running]
        assert [process.returncode for process in running] == [0, 0]
        assert results[0][0] == results[1][0]
        assert sum(errors.count("was built") for _, errors in results) == 1
        assert verify_model_files(Path(results[0][0].strip())) == []
    finally:
        shutil.rmtree(tmp_path / "shared", ignore_errors=True)
