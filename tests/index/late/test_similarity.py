import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.late import TokenCoder, max_similarities


def codes_of(*tokens: str) -> NDArray[np.uint8]:
    """Codes from their signs, such as "+-++"."""
    signs = [[sign == "+" for sign in token] for token in tokens]
    return np.packbits(np.array(signs, dtype=np.bool_).reshape(len(tokens), -1), axis=1)


def lengths_of(*lengths: int) -> NDArray[np.int64]:
    return np.array(lengths, dtype=np.int64)


def test_two_dimensions_by_hand() -> None:
    query = np.array([[0.6, 0.8], [1.0, 0.0]], dtype=np.float32)
    found = max_similarities(query, codes_of("++", "--", "+-", "-+"), lengths_of(2, 2))
    # (0.6 + 0.8, 0.8 - 0.6) and (1, 1), over the square root of 2
    assert found == pytest.approx(np.array([[1.4, 0.2], [1.0, 1.0]]) / np.sqrt(2), abs=1e-6)
    assert found.dtype == np.float32


def test_eight_dimensions_by_hand() -> None:
    query = np.full((1, 8), 1 / np.sqrt(8), dtype=np.float32)
    codes = codes_of("++++++++", "+++++++-", "++++----", "--------")
    assert max_similarities(query, codes, lengths_of(1, 1, 1, 1))[0] == pytest.approx([1, 0.75, 0, -1], abs=1e-6)
    assert max_similarities(query, codes, lengths_of(1, 3))[0] == pytest.approx([1, 0.75], abs=1e-6)


def test_bits_past_the_last_dimension_do_not_count() -> None:
    query = np.array([[1.0, 0.0, 0.0]], dtype=np.float32)
    codes = np.array([[0b10011111], [0b00011111]], dtype=np.uint8)
    assert max_similarities(query, codes, lengths_of(1, 1))[0] == pytest.approx([3**-0.5, -(3**-0.5)], abs=1e-6)


def test_a_passage_without_tokens_scores_least_wherever_it_stands() -> None:
    query = np.array([[0.6, 0.8]], dtype=np.float32)
    codes = codes_of("--", "+-")
    found = max_similarities(query, codes, lengths_of(0, 1, 0, 1, 0))[0]
    assert found == pytest.approx([-1, -1.4 / np.sqrt(2), -1, -0.2 / np.sqrt(2), -1], abs=1e-6)
    none = np.zeros((0, 1), dtype=np.uint8)
    assert max_similarities(query, none, lengths_of(0, 0)).tolist() == [[-1, -1]]
    assert max_similarities(query, none, lengths_of()).shape == (1, 0)


def test_a_question_without_tokens_has_no_similarities() -> None:
    query = np.zeros((0, 2), dtype=np.float32)
    assert max_similarities(query, codes_of("++"), lengths_of(1)).shape == (0, 1)


def brute_force(query: NDArray[np.float32], passage: NDArray[np.uint8]) -> list[float]:
    """One passage, number by number."""
    dim = query.shape[1]
    result = []
    for token in query.tolist():
        best = -1.0
        for code in passage.tolist():
            bits = "".join(f"{byte:08b}" for byte in code)
            total = sum(value if bit == "1" else -value for value, bit in zip(token, bits, strict=False))
            best = max(best, total / dim**0.5)
        result.append(best)
    return result


@given(
    seed=st.integers(0, 2**32 - 1),
    lengths=st.lists(st.integers(0, 4), max_size=6),
    tokens=st.integers(0, 4),
    dim=st.integers(1, 20),
)
def test_passages_together_score_as_one_at_a_time(seed: int, lengths: list[int], tokens: int, dim: int) -> None:
    rng = np.random.default_rng(seed)
    query = TokenCoder(np.zeros(dim, dtype=np.float32)).queries(rng.normal(size=(tokens, dim)).astype(np.float32))
    passages = [rng.integers(0, 256, size=(length, (dim + 7) // 8), dtype=np.uint8) for length in lengths]
    codes = np.concatenate([np.zeros((0, (dim + 7) // 8), dtype=np.uint8), *passages])
    together = max_similarities(query, codes, lengths_of(*lengths))
    assert together.shape == (tokens, len(lengths))
    for number, passage in enumerate(passages):
        alone = max_similarities(query, passage, lengths_of(len(passage)))
        assert together[:, number] == pytest.approx(alone[:, 0], abs=1e-5)
        assert together[:, number] == pytest.approx(brute_force(query, passage), abs=1e-5)
    assert (np.abs(together) <= 1 + 1e-5).all()
