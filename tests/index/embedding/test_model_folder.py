import json
from pathlib import Path

import pytest

from index.embedding import Prompts
from index.embedding.model_folder import read_facts
from index.errors import ModelError


def write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


def modules(*kinds: str) -> list[dict[str, object]]:
    return [{"path": "" if i == 0 else f"{i}", "type": f"sentence_transformers.x.{k}"} for i, k in enumerate(kinds)]


def test_the_folder_says_what_it_is(tiny_folder: Path) -> None:
    facts = read_facts(tiny_folder, "tiny")
    assert (facts.dim, facts.max_tokens) == (32, 64)
    assert facts.module_paths == ("", "1_Pooling", "2_Normalize")
    assert facts.prompts == Prompts("query: ", "passage: ")


@pytest.mark.parametrize(
    ("pooling", "dim"),
    [
        ({"word_embedding_dimension": 8, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, 8),
        ({"word_embedding_dimension": 8, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": True}, 16),
        ({"embedding_dimension": 8, "pooling_mode": "mean"}, 8),
        ({"embedding_dimension": 8, "pooling_mode": ["mean", "max", "cls"]}, 24),
        ({}, None),
    ],
)
def test_dimension_follows_pooling(tmp_path: Path, pooling: dict[str, object], dim: int | None) -> None:
    write(tmp_path / "modules.json", modules("Transformer", "Pooling", "Normalize"))
    write(tmp_path / "1" / "config.json", pooling)
    assert read_facts(tmp_path, "x").dim == dim


def test_dimension_follows_dense_and_is_unknown_after_others(tmp_path: Path) -> None:
    write(tmp_path / "modules.json", modules("Transformer", "Pooling", "Dense"))
    write(tmp_path / "1" / "config.json", {"embedding_dimension": 8, "pooling_mode": "mean"})
    write(tmp_path / "2" / "config.json", {"in_features": 8, "out_features": 5})
    assert read_facts(tmp_path, "x").dim == 5
    write(tmp_path / "modules.json", modules("StaticEmbedding"))
    assert read_facts(tmp_path, "x").dim is None


@pytest.mark.parametrize(
    ("name", "declared", "expected"),
    [
        ("intfloat/multilingual-e5-large", None, Prompts("query: ", "passage: ")),
        ("intfloat/e5-base-v2", {"query": "", "document": ""}, Prompts("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", None, Prompts()),
        ("intfloat/e5-mistral-7b-instruct", None, Prompts()),
        ("BAAI/bge-m3", None, Prompts()),
        ("a/b", {"query": "Q ", "passage": "P ", "document": "D "}, Prompts("Q ", "P ")),
        ("a/b", {"query": "Q ", "document": "D "}, Prompts("Q ", "D ")),
        ("a/e5-x", {"query": "search: "}, Prompts("search: ", "")),
    ],
)
def test_prompts(tmp_path: Path, name: str, declared: dict[str, str] | None, expected: Prompts) -> None:
    write(tmp_path / "config.json", {})
    if declared is not None:
        write(tmp_path / "config_sentence_transformers.json", {"prompts": declared})
    assert read_facts(tmp_path, name).prompts == expected


def test_a_folder_called_e5_is_e5(tmp_path: Path) -> None:
    write(tmp_path / "my-e5-small" / "config.json", {})
    assert read_facts(tmp_path / "my-e5-small", "anything").prompts == Prompts("query: ", "passage: ")


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no sentence-transformers model"):
        read_facts(tmp_path, "x")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([{"path": "", "type": "evil.Module"}], "code of its own"),
        ([{"path": "../other", "type": "sentence_transformers.models.Pooling"}], "outside the model"),
        ({}, "not a list of modules"),
    ],
)
def test_hostile_modules_are_refused(tmp_path: Path, content: object, message: str) -> None:
    write(tmp_path / "modules.json", content)
    with pytest.raises(ModelError, match=message):
        read_facts(tmp_path, "x")


def test_damaged_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[{")
    with pytest.raises(ModelError, match=r"modules\.json cannot be read"):
        read_facts(tmp_path, "x")
