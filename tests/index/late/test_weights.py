from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.late import token_weights
from tests.fakes import HashEmbedder

Rarity = Callable[[Sequence[str]], NDArray[np.float64]]


def known(**rarities: float) -> Rarity:
    """The rarity of words told; any other word is an error."""
    return lambda words: np.array([rarities[word] for word in words], dtype=np.float64)


def spans(*offsets: tuple[int, int]) -> NDArray[np.int32]:
    return np.array(offsets, dtype=np.int32).reshape(-1, 2)


def test_each_token_counts_as_the_word_it_is_of() -> None:
    rarity = known(Who=1, attacked=2, Apopa=5)
    # Who | attacked | Ap | opa | ?
    offsets = spans((0, 3), (4, 12), (13, 15), (15, 18), (18, 19))
    weights = token_weights("Who attacked Apopa?", offsets, rarity)
    assert weights.tolist() == pytest.approx([1 / 13, 2 / 13, 5 / 13, 5 / 13, 0])


def test_a_token_across_words_counts_as_the_rarest() -> None:
    weights = token_weights("in Apopa now", spans((0, 8), (8, 12)), known(**{"in": 1, "Apopa": 6, "now": 2}))
    assert weights.tolist() == pytest.approx([0.75, 0.25])


def test_a_token_with_the_space_before_it_is_of_its_own_word_alone() -> None:
    weights = token_weights("rare as", spans((0, 4), (4, 7)), known(rare=9, **{"as": 1}))
    assert weights.tolist() == pytest.approx([0.9, 0.1])


def test_apostrophes_and_marks_are_within_words() -> None:
    asked: list[str] = []

    def rarity(words: Sequence[str]) -> NDArray[np.float64]:
        asked.extend(words)
        return np.ones(len(words))

    token_weights("l’Élysée, الهُدنةُ 2024 don't", spans((0, 8)), rarity)
    assert asked == ["l’Élysée", "الهُدنةُ", "2024", "don't"]


@pytest.mark.parametrize("question", ["?!", "bridge?"])
def test_where_no_token_counts_all_count_alike(question: str) -> None:
    offsets = spans(*[(place, place + 1) for place in range(len(question))])
    weights = token_weights(question, offsets, lambda words: np.zeros(len(words)))
    assert weights.tolist() == pytest.approx([1 / len(question)] * len(question))


def test_no_tokens_have_no_weights() -> None:
    assert token_weights("bridge", spans(), known(bridge=2)).shape == (0,)


@given(question=st.text(max_size=60), seed=st.integers(0, 2**32 - 1))
def test_weights_are_shares_of_1_and_follow_the_rarity(question: str, seed: int) -> None:
    offsets = HashEmbedder().token_offsets(question)
    rng = np.random.default_rng(seed)
    weights = token_weights(question, offsets, lambda words: rng.exponential(size=len(words)))
    assert weights.shape == (len(offsets),)
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1 if len(offsets) else 0)
    doubled = np.random.default_rng(seed)
    again = token_weights(question, offsets, lambda words: 2 * doubled.exponential(size=len(words)))
    assert again == pytest.approx(weights)
