"""The graph against PyTorch's own models of every kind that is supported, with random weights."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from index.embedding.encoder_graph import SMOOTHED_PARTS, build_graph, input_name
from index.embedding.encoder_plan import EncoderShape, _read_shape
from index.embedding.encoder_session import EncoderSession
from index.embedding.encoder_weights import EncoderWeights, name_weights
from index.embedding.weights import read_tensors
from index.errors import ModelError

BERT_SIZES: dict[str, Any] = {
    "vocab_size": 60, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 48,
    "max_position_embeddings": 40,
}  # fmt: skip
DISTIL_SIZES: dict[str, Any] = {
    "vocab_size": 60, "dim": 32, "n_layers": 2, "n_heads": 4, "hidden_dim": 48, "max_position_embeddings": 40,
}  # fmt: skip
IDS = np.array([0, 5, 59, 7, 1, 30, 5, 2], dtype=np.int32)  # 1 is the padding token: a text may name it


def make(folder: Path, kind: str, **values: object) -> Any:  # noqa: ANN401 - a transformers model
    import torch
    from transformers import AutoConfig, AutoModel

    torch.manual_seed(5)
    sizes = DISTIL_SIZES if kind == "distilbert" else BERT_SIZES
    config = AutoConfig.for_model(kind, **{**sizes, "pad_token_id": 1, **values})
    model = AutoModel.from_config(config).eval()  # type: ignore[no-untyped-call]
    for parameter in model.parameters():
        parameter.data += 0.2 * torch.randn_like(parameter)
    model.save_pretrained(folder)
    return model


def load(folder: Path) -> tuple[EncoderShape, EncoderWeights]:
    shape = _read_shape(json.loads((folder / "config.json").read_text()))
    return shape, name_weights(read_tensors(folder), shape)


def run(model: onnx.ModelProto, shape: EncoderShape, folder: Path) -> np.ndarray:
    onnx.save_model(model, folder / "graph.onnx")
    return EncoderSession(folder / "graph.onnx", shape).hidden(IDS)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("bert", {}),
        ("bert", {"hidden_act": "gelu_new", "layer_norm_eps": 1e-5}),
        ("bert", {"hidden_act": "relu"}),
        ("roberta", {}),
        ("xlm-roberta", {"layer_norm_eps": 1e-5}),
        ("camembert", {}),
        ("distilbert", {}),
    ],
)
def test_it_gives_what_the_model_gives(kind: str, values: dict[str, object], tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    model = make(tmp_path, kind, **values)
    shape, weights = load(tmp_path)
    with torch.no_grad():
        # Words in 8 bits are the one thing that differs: give them to PyTorch, too.
        words = model.get_input_embeddings().weight
        scales = words.abs().amax(dim=1, keepdim=True) / 127
        words.copy_((words / scales).round() * scales)
        inputs = torch.tensor(IDS.astype(np.int64))[None]
        expected = model(input_ids=inputs, attention_mask=torch.ones_like(inputs)).last_hidden_state[0].numpy()
    assert run(build_graph(shape, weights), shape, tmp_path) == pytest.approx(expected, abs=2e-4)


def test_eight_bits_stay_near(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    make(tmp_path, "bert")
    shape, weights = load(tmp_path)
    exact = run(build_graph(shape, weights, observed=True), shape, tmp_path)
    names = [input_name(layer, part) for layer in range(2) for part in SMOOTHED_PARTS]
    seen = EncoderSession(tmp_path / "graph.onnx", shape).outputs(IDS, names)
    largest = {name: np.abs(values).max(axis=0) for name, values in zip(names, seen, strict=True)}
    assert {values.shape for values in largest.values()} == {(32,)}
    graph = build_graph(shape, weights, largest)
    assert sum(node.op_type == "DynamicQuantizeMatMul" for node in graph.graph.node) == 8
    assert not any(node.op_type == "MatMul" for node in graph.graph.node)
    near = run(graph, shape, tmp_path)
    cosines = (exact * near).sum(axis=1) / (np.linalg.norm(exact, axis=1) * np.linalg.norm(near, axis=1))
    assert cosines.min() > 0.99


def test_old_names_and_prefixes_are_known(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    make(tmp_path, "bert")
    shape, weights = load(tmp_path)
    renamed = {
        "bert." + name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): value
        for name, value in read_tensors(tmp_path).items()
    }
    norms = [known.layers[1].output_norm.weight for known in (weights, name_weights(renamed, shape))]
    assert np.array_equal(norms[0], norms[1])
    del renamed["bert.encoder.layer.1.output.dense.bias"]
    with pytest.raises(ModelError, match=r"no tensor encoder\.layer\.1\.output\.dense\.bias"):
        name_weights(renamed, shape)
