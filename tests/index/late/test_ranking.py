from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from index.late import TokenCoder, late_scores
from index.late.coder import random_rotation

ROOT = np.sqrt(8)
# The question's first token is rotated onto the first axis, its second one onto the second.
TOKENS: NDArray[np.float32] = random_rotation(8).T[:2].copy()
WEIGHTS = np.array([0.75, 0.25])
CODES = (0b11000000, 0b10000000, 0b01000000, 0b00000000)


@dataclass
class Told:
    """A store of passages of one token each, or of those told."""

    languages: list[int]
    samples: Mapping[int, list[int]]
    codes: list[list[int]] = field(default_factory=lambda: [[code] for code in CODES])
    token_coder: TokenCoder | None = field(default_factory=lambda: TokenCoder(np.zeros(8, dtype=np.float32)))
    removed: tuple[int, ...] = ()

    @property
    def row_languages(self) -> NDArray[np.int32]:
        return np.array(self.languages, dtype=np.int32)

    @property
    def live(self) -> NDArray[np.bool_]:
        return np.isin(np.arange(len(self.languages)), list(self.removed), invert=True)

    @property
    def language_samples(self) -> Mapping[int, NDArray[np.int64]]:
        return {language: np.array(rows, dtype=np.int64) for language, rows in self.samples.items()}

    def token_codes(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        found = [self.codes[row] for row in rows.tolist()]
        flat = np.array([code for codes in found for code in codes], dtype=np.uint8).reshape(-1, 1)
        return flat, np.array([len(codes) for codes in found], dtype=np.int64)


def rows(*numbers: int) -> NDArray[np.int64]:
    return np.array(numbers, dtype=np.int64)


def test_tokens_count_by_their_weights() -> None:
    store = Told([0, 0, 0, 0], {})  # in one language no sample is looked at
    assert late_scores(store, TOKENS, WEIGHTS, rows(0, 1, 2, 3)) * ROOT == pytest.approx([1, 0.5, -0.5, -1], abs=1e-6)
    assert late_scores(store, TOKENS, WEIGHTS, rows(2, 0)) * ROOT == pytest.approx([-0.5, 1], abs=1e-6)


def test_each_token_finds_its_own_nearest_one() -> None:
    store = Told([0], {}, [[0b01000000, 0b10000000]])
    assert late_scores(store, TOKENS, WEIGHTS, rows(0)) * ROOT == pytest.approx([1], abs=1e-6)


def test_what_a_language_scores_on_average_is_taken_off_where_there_are_several() -> None:
    store = Told([4, 4, 7, 7], {4: [0, 1], 7: [2, 3], 9: [0]})
    # the averages are (1 + 0.5) / 2 and (-0.5 - 1) / 2, that of all is 0: two fifths of each are taken off
    assert late_scores(store, TOKENS, WEIGHTS, rows(0, 1, 2, 3)) * ROOT == pytest.approx(
        [0.7, 0.2, -0.2, -0.7], abs=1e-6
    )
    assert late_scores(store, TOKENS, WEIGHTS, rows(3, 0)) * ROOT == pytest.approx([-0.7, 0.7], abs=1e-6)
    # among the passages of one language the average would change nothing
    assert late_scores(store, TOKENS, WEIGHTS, rows(2, 3)) * ROOT == pytest.approx([-0.5, -1], abs=1e-6)


def test_removed_passages_do_not_count_in_a_languages_average() -> None:
    codes = [[CODES[row]] for row in (0, 1, 2, 3, 3, 3, 3)]
    with_removed = Told([4, 4, 7, 7, 7, 7, 7], {4: [0, 1], 7: [2, 3]}, codes, removed=(4, 5, 6))
    without = Told([4, 4, 7, 7], {4: [0, 1], 7: [2, 3]})
    found = [late_scores(store, TOKENS, WEIGHTS, rows(0, 1, 2, 3)) for store in (with_removed, without)]
    assert found[0] == pytest.approx(found[1], abs=1e-9)


def test_the_average_of_many_passages_is_taken_off_in_full() -> None:
    many = [4] * 3000 + [7] * 3000
    store = Told(many, {4: [0, 1], 7: [3000, 3001]}, [[CODES[row % 2 + 2 * (row >= 3000)]] for row in range(6000)])
    assert late_scores(store, TOKENS, WEIGHTS, rows(0, 1, 3000, 3001)) * ROOT == pytest.approx(
        [0.25, -0.25, 0.25, -0.25], abs=1e-3
    )


def test_samples_of_different_sizes_go_to_their_own_language() -> None:
    store = Told([1, 2, 1, 2], {1: [0], 2: [1, 3, 3]})
    # 1 for the first language, (0.5 - 1 - 1) / 3 for the second, 0.25 for all
    assert late_scores(store, TOKENS, WEIGHTS, rows(0, 1, 2, 3)) * ROOT == pytest.approx(
        [0.45, 0.55, -1.05, -0.95], abs=1e-6
    )


def test_the_only_passage_of_a_language_is_not_compared_with_itself() -> None:
    store = Told([1, 2, 2, 2], {1: [0], 2: [1, 2, 3]})
    scores = late_scores(store, TOKENS, WEIGHTS, rows(0, 1, 2, 3))
    assert scores.argmax() == 0


def test_an_index_without_token_codes_is_an_error() -> None:
    with pytest.raises(ValueError, match="the index keeps no token codes"):
        late_scores(Told([0], {}, token_coder=None), TOKENS, WEIGHTS, rows(0))
