import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.embedding.encoder_plan import EncoderShape, NotForOnnxError, plan_encoder
from index.embedding.model_folder import read_facts


def change(path: Path, **values: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def modules(folder: Path, *kinds: str) -> None:
    listed = [{"path": "" if i == 0 else f"{i}_{k}", "type": f"sentence_transformers.models.{k}"}
              for i, k in enumerate(kinds)]  # fmt: skip
    (folder / "modules.json").write_text(json.dumps(listed))


def test_the_plan_of_a_folder(tiny_folder: Path) -> None:
    plan = plan_encoder(tiny_folder, read_facts(tiny_folder, "tiny"))
    assert (plan.transformer, plan.poolings, plan.dense, plan.max_tokens) == (tiny_folder, ("mean",), (), 64)
    assert plan.shape.epsilon == pytest.approx(1e-12)
    assert replace(plan.shape, epsilon=0.0) == EncoderShape("bert", 32, 1, 2, 64, None, 0.0, "gelu")


def test_positions_are_counted() -> None:
    bert = EncoderShape("bert", 32, 1, 2, 64, None, 1e-12, "gelu")
    assert bert.position_ids(np.array([5, 1, 7], dtype=np.int32)).tolist() == [0, 1, 2]
    roberta = EncoderShape("roberta", 32, 1, 2, 64, 1, 1e-5, "gelu")
    assert roberta.position_ids(np.array([0, 9, 1, 9, 2], dtype=np.int32)).tolist() == [2, 3, 1, 4, 5]


def test_positions_before_the_first_are_no_room(tiny_folder: Path) -> None:
    change(tiny_folder / "config.json", model_type="xlm-roberta", pad_token_id=1)
    assert plan_encoder(tiny_folder, read_facts(tiny_folder, "tiny")).max_tokens == 62


@pytest.mark.parametrize(
    ("pooling", "expected"),
    [
        ({"pooling_mode_max_tokens": True, "pooling_mode_cls_token": True}, ("cls", "max")),
        ({"pooling_mode_lasttoken": True, "pooling_mode_mean_tokens": False}, ("lasttoken",)),
        ({"pooling_mode": ["mean", "cls"]}, ("mean", "cls")),
        ({"pooling_mode": "weightedmean"}, ("weightedmean",)),
    ],
)
def test_pooling_is_read_in_both_forms(
    tiny_folder: Path, pooling: Mapping[str, object], expected: tuple[str, ...]
) -> None:
    (tiny_folder / "1_Pooling" / "config.json").write_text(json.dumps({"embedding_dimension": 32, **pooling}))
    assert plan_encoder(tiny_folder, read_facts(tiny_folder, "tiny")).poolings == expected


@pytest.mark.parametrize(
    ("file", "values", "reason"),
    [
        ("config.json", {"model_type": "modernbert"}, "of the type modernbert, not one of bert, camembert"),
        ("config.json", {"auto_map": {"AutoModel": "x"}}, "auto_map"),
        ("config.json", {"position_embedding_type": "relative_key"}, "relative"),
        ("config.json", {"hidden_act": "swish"}, "activation is swish"),
        ("config.json", {"num_hidden_layers": None}, "does not give its sizes"),
        ("sentence_bert_config.json", {"do_lower_case": True}, "lower case"),
        ("sentence_bert_config.json", {"max_seq_length": None}, "how long its input may be"),
        ("1_Pooling/config.json", {"include_prompt": False}, "leaves the prompt out"),
        ("1_Pooling/config.json", {"pooling_mode": "attention"}, "pooling is attention"),
    ],
)
def test_what_it_does_not_run_has_a_reason(
    tiny_folder: Path, file: str, values: Mapping[str, object], reason: str
) -> None:
    change(tiny_folder / file, **values)
    with pytest.raises(NotForOnnxError, match=reason):
        plan_encoder(tiny_folder, read_facts(tiny_folder, "tiny"))


@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        (("StaticEmbedding",), "made of StaticEmbedding"),
        (("Transformer", "Pooling", "LSTM"), "made of Transformer, Pooling, LSTM"),
        (("Transformer", "Transformer", "Pooling"), "not of one transformer"),
    ],
)
def test_other_modules_are_left_to_sentence_transformers(
    tiny_folder: Path, kinds: tuple[str, ...], reason: str
) -> None:
    modules(tiny_folder, *kinds)
    with pytest.raises(NotForOnnxError, match=reason):
        plan_encoder(tiny_folder, read_facts(tiny_folder, "tiny"))


@pytest.mark.parametrize(
    ("file", "reason"), [("tokenizer.json", "no fast tokenizer"), ("model.safetensors", "not in safetensors")]
)
def test_files_that_it_needs(tiny_folder: Path, file: str, reason: str) -> None:
    (tiny_folder / file).unlink()
    with pytest.raises(NotForOnnxError, match=reason):
        plan_encoder(tiny_folder, read_facts(tiny_folder, "tiny"))
