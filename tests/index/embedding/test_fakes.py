import numpy as np
import pytest

from index.embedding import Embedder
from tests.fakes import HashEmbedder


def test_the_fake_is_an_embedder_with_sensible_neighbours() -> None:
    embedder: Embedder = HashEmbedder()
    texts = ["the attack on the market", "market attack", "wheat prices rose", ""]
    vectors = embedder.embed_passages(texts)
    assert vectors.shape == (4, 64) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-6)
    near, far = vectors[1:3] @ vectors[0]
    assert near > far + 0.3
    assert embedder.embed_queries(texts) == pytest.approx(vectors)
    assert embedder.embed_passages([]).shape == (0, 64)


def test_another_name_is_another_model() -> None:
    assert HashEmbedder("a").fingerprint != HashEmbedder("b").fingerprint
    assert HashEmbedder(dim=8).embed_queries(["x"]).shape == (1, 8)
