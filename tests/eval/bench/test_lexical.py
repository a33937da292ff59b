"""The engines on made-up passages, small."""

import numpy as np
import pytest

from eval.bench.lexical import made_up, measure_lexical


def test_the_engines_agree_and_are_timed() -> None:
    figures = measure_lexical(passages=200)
    assert (figures.passages, figures.same_top_ten, figures.queries) == (200, 80, 80)
    assert set(figures.milliseconds) == {"mustanad", "bm25s", "rank-bm25"}
    assert all(taken > 0 for taken in figures.milliseconds.values())
    assert figures.ratio == pytest.approx(figures.milliseconds["rank-bm25"] / figures.milliseconds["mustanad"])


def test_made_up_passages_are_the_same_every_time() -> None:
    lists, queries = made_up(np.random.default_rng(7), 50)
    again, same = made_up(np.random.default_rng(7), 50)
    assert queries == same
    assert np.array_equal(lists.terms, again.terms)
    assert (len(lists.terms), len(lists.offsets), len(queries)) == (50 * 60, 51, 100)
