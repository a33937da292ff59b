"""Embedders in front of another one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.embedders import KnownVectors, RememberingEmbedder
from index.embedding import Embedder
from tests.fakes import HashEmbedder


def test_what_is_known_is_looked_up_and_the_rest_asked_for() -> None:
    model: Embedder = HashEmbedder()
    marked = np.full(model.dim, 0.125, dtype=np.float32)
    known: Embedder = KnownVectors(model, {"a": marked})
    np.testing.assert_array_equal(known.embed_passages(["a", "a"]), np.stack([marked, marked]))
    np.testing.assert_array_equal(known.embed_passages(["b"]), model.embed_passages(["b"]))
    np.testing.assert_array_equal(known.embed_passages(["a", "b"]), model.embed_passages(["a", "b"]))
    np.testing.assert_array_equal(known.embed_queries(["a"]), model.embed_queries(["a"]))
    assert known.embed_passages([]).shape == known.embed_queries([]).shape == (0, model.dim)
    assert (known.name, known.fingerprint, known.dim, known.max_tokens) == (
        model.name,
        model.fingerprint,
        model.dim,
        model.max_tokens,
    )
    assert known.count_tokens(["one two"]) == [2]
    np.testing.assert_array_equal(known.token_offsets("one two"), model.token_offsets("one two"))


def test_learned_questions_are_not_asked_again() -> None:
    asked: list[str] = []

    class Watched(HashEmbedder):
        def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
            asked.extend(texts)
            return super().embed_queries(texts)

    known = KnownVectors(Watched(), {})
    known.learn_queries(["who", "where"])
    np.testing.assert_array_equal(known.embed_queries(["where"]), HashEmbedder().embed_queries(["where"]))
    assert asked == ["who", "where"]


def test_a_question_is_embedded_once_for_all_variants() -> None:
    asked: list[str] = []

    class Counting(HashEmbedder):
        def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
            asked.extend(texts)
            return super().embed_queries(texts)

    remembering = RememberingEmbedder(Counting())
    first = remembering.embed_queries(["a", "b", "a"])
    again = remembering.embed_queries(["b", "c"])
    assert asked == ["a", "b", "c"]
    assert np.array_equal(first, HashEmbedder().embed_queries(["a", "b", "a"]))
    assert np.array_equal(again, HashEmbedder().embed_queries(["b", "c"]))
    assert remembering.embed_queries([]).shape == (0, 64)
    assert remembering.fingerprint == HashEmbedder().fingerprint
