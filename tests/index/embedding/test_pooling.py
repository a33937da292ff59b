import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding.pooling import POOLINGS, DenseLayer, normalised, pool, project

TOKENS = np.array([[1, -2], [3, 0], [2, 8]], dtype=np.float32)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("cls", [1, -2]),
        ("max", [3, 8]),
        ("mean", [2, 2]),
        ("mean_sqrt_len_tokens", [6 / 3**0.5, 6 / 3**0.5]),
        ("weightedmean", [(1 + 6 + 6) / 6, (-2 + 0 + 24) / 6]),
        ("lasttoken", [2, 8]),
    ],
)
def test_each_mode_by_hand(mode: str, expected: list[float]) -> None:
    pooled = pool(TOKENS, [mode])
    assert pooled.dtype == np.float32
    assert pooled == pytest.approx(expected, abs=1e-6)


def test_modes_are_joined_in_the_order_given() -> None:
    assert pool(TOKENS, ["max", "cls"]).tolist() == [3, 8, 1, -2]


@pytest.mark.parametrize("mode", sorted(POOLINGS))
def test_sentence_transformers_pools_alike(mode: str) -> None:
    torch = pytest.importorskip("torch")
    from sentence_transformers.sentence_transformer.modules import Pooling

    tokens = np.random.default_rng(3).normal(size=(7, 5)).astype(np.float32)
    features = {"token_embeddings": torch.tensor(tokens)[None], "attention_mask": torch.ones(1, 7, dtype=torch.long)}
    theirs = Pooling(5, pooling_mode=mode)(features)["sentence_embedding"][0].numpy()
    assert pool(tokens, [mode]) == pytest.approx(theirs, abs=1e-5)


def test_a_dense_layer_by_hand() -> None:
    vectors = np.array([[1, 2]], dtype=np.float32)
    weight = np.array([[1, 0], [0, 1], [1, 1]], dtype=np.float32)
    bias = np.array([0, 0, -3], dtype=np.float32)
    identity = DenseLayer(weight, bias, "torch.nn.modules.linear.Identity")
    assert project(vectors, [identity]).tolist() == [[1, 2, 0]]
    tanh = DenseLayer(weight, None, "torch.nn.modules.activation.Tanh")
    assert project(vectors, [identity, DenseLayer(np.eye(3, dtype=np.float32), None, tanh.activation)])[0] == (
        pytest.approx([np.tanh(1), np.tanh(2), 0], abs=1e-6)
    )
    assert project(vectors, []).tolist() == [[1, 2]]


@given(st.lists(st.lists(st.floats(-100, 100, width=32), min_size=3, max_size=3), min_size=1, max_size=5))
def test_rows_have_length_one_or_are_nothing(rows: list[list[float]]) -> None:
    lengths = np.linalg.norm(normalised(np.array(rows, dtype=np.float32)), axis=1)
    for row, length in zip(rows, lengths, strict=True):
        assert length == pytest.approx(1, abs=1e-4) or np.linalg.norm(row) < 1e-6
