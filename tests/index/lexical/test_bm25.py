"""BM25 over segments scores as one index of all live passages built at once."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from index.lexical import Bm25Parameters, SegmentedBm25, bm25, invert
from tests.index.lexical.lists import term_lists
from tests.index.lexical.test_engines import random_corpus

Corpus = list[list[str]]
WORDS = [f"t{number}" for number in range(12)]


def by_rank_bm25(
    parts: Sequence[Corpus], live: Sequence[NDArray[np.bool_]], terms: Sequence[str]
) -> NDArray[np.float64]:
    """Scores of all rows by rank-bm25 over the live passages, less what a passage gets that matches nothing."""
    rows = np.concatenate([np.zeros(0, dtype=np.bool_), *live])
    passages = [passage for part in parts for passage in part]
    kept = [passage for passage, alive in zip(passages, rows, strict=True) if alive]
    scores = np.zeros(len(rows))
    if any(kept):
        engine = BM25Plus(kept, k1=1.5, b=0.75, delta=1.0)
        known = [term for term in terms if term in engine.idf]
        scores[rows] = engine.get_scores(known) - sum(engine.idf[term] for term in known)
    return scores


def best_of(scores: NDArray[np.float64], k: int, allowed: NDArray[np.bool_]) -> list[int]:
    rows = np.flatnonzero(allowed & (scores > 1e-12))
    found: list[int] = rows[np.lexsort((rows, -np.round(scores[rows], 9)))][:k].tolist()
    return found


corpora = st.lists(st.lists(st.sampled_from(WORDS), max_size=15), max_size=12)
terms_of_question = st.lists(st.sampled_from([*WORDS, "unknown"]), unique=True, max_size=6)


@pytest.mark.parametrize("shortcuts", [False, True])
def test_any_segments_score_as_rank_bm25_does(shortcuts: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if shortcuts:  # whatever saves work on long postings is tried on the shortest
        monkeypatch.setattr(bm25, "_LONG", 0)
        monkeypatch.setattr(bm25, "_FEW", 2)

    @settings(max_examples=150)
    @given(
        st.lists(st.tuples(corpora, st.integers(0, 2**12 - 1), st.integers(0, 2**12 - 1)), max_size=4),
        terms_of_question,
        st.integers(1, 12),
    )
    def check(parts: list[tuple[Corpus, int, int]], terms: list[str], k: int) -> None:
        corpus = [part for part, _, _ in parts]
        live = [bits(mask, len(part)) for part, mask, _ in parts]
        engine = SegmentedBm25([invert(term_lists(part)) for part in corpus], live)
        expected = by_rank_bm25(corpus, live, terms)
        scores = engine.scores(terms)
        np.testing.assert_allclose(scores, expected, rtol=0, atol=1e-9)
        assert (scores > 0).tolist() == (expected > 1e-12).tolist()
        rows = np.arange(len(expected))[::-1].astype(np.int64)
        np.testing.assert_allclose(engine.scores_at(terms, rows), expected[rows], rtol=0, atol=1e-9)
        allowed = np.concatenate(
            [np.zeros(0, dtype=np.bool_), *(bits(mask, len(part)) for part, _, mask in parts)]
        ) & np.concatenate([np.zeros(0, dtype=np.bool_), *live])
        found, found_scores = engine.best(terms, k, allowed)
        assert found.tolist() == best_of(expected, k, allowed)
        np.testing.assert_allclose(found_scores, expected[found], rtol=0, atol=1e-9)
        assert found.dtype == np.int64
        assert found_scores.dtype == np.float64

    check()


def bits(mask: int, count: int) -> NDArray[np.bool_]:
    return np.array([mask >> place & 1 for place in range(count)], dtype=np.bool_)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("cuts", [(), (100, 2900), (1000, 1010, 1500, 2000)])
def test_the_best_of_many_passages_are_those_of_rank_bm25(
    seed: int, cuts: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bm25, "_LONG", 50)
    chance = np.random.default_rng(seed)
    passages = random_corpus(seed, 3000)
    parts = [passages[start:end] for start, end in zip((0, *cuts), (*cuts, 3000), strict=True)]
    live = [chance.random(len(part)) < 0.9 for part in parts]
    live[-1][:] = True
    engine = SegmentedBm25([invert(term_lists(part)) for part in parts], live)
    allowed = np.concatenate(live)
    some = allowed & (chance.random(3000) < 0.5)
    few = allowed & (chance.random(3000) < 0.01)
    for _ in range(10):
        terms = list(dict.fromkeys(f"w{word}" for word in chance.zipf(1.4, size=6)))
        expected = by_rank_bm25(parts, live, terms)
        for within in (allowed, some, few):
            for k in (1, 10, 200):
                found, scores = engine.best(terms, k, within)
                assert found.tolist() == best_of(expected, k, within)
                np.testing.assert_allclose(scores, expected[found], rtol=0, atol=1e-9)


def test_common_words_are_not_added_up_once_they_cannot_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = [["the", "of"] + (["mine"] if row % 100 == 7 else []) for row in range(3000)]
    engine = SegmentedBm25([invert(term_lists(corpus))], [np.ones(3000, dtype=np.bool_)])
    looked_at: list[int] = []
    gains = SegmentedBm25._gains

    def noted(self: SegmentedBm25, place: int, term: bm25._Term) -> object:
        looked_at.append(term.frequency)
        return gains(self, place, term)

    monkeypatch.setattr(SegmentedBm25, "_gains", noted)
    found, _ = engine.best(["the", "mine", "of"], 10, np.ones(3000, dtype=np.bool_))
    assert found.tolist() == list(range(7, 1000, 100))
    assert looked_at == [30]
    engine.best(["the", "of"], 10, np.ones(3000, dtype=np.bool_))
    assert looked_at == [30, 3000, 3000]


def test_idf_counts_live_passages_of_all_segments() -> None:
    parts: list[Corpus] = [[["fire", "road"], ["fire"]], [["fire"], ["camp"], ["road"]]]
    live = [np.array([True, False]), np.array([True, True, True])]
    engine = SegmentedBm25([invert(term_lists(part)) for part in parts], live)
    # 4 live passages; fire and road are in 2 each, camp in 1; an unknown word counts as if it were in 1.
    np.testing.assert_allclose(engine.idf(["fire", "road", "camp", "x"]), np.log([5 / 2, 5 / 2, 5, 5]), atol=1e-12)
    assert (engine.passages, engine.total_length) == (4, 5)


def test_the_lists_are_those_of_the_live_passages() -> None:
    parts: list[Corpus] = [[["fire", "road"], ["grain"]], [["river", "fire", "fire"], []]]
    live = [np.array([True, False]), np.array([True, True])]
    lists = SegmentedBm25([invert(term_lists(part)) for part in parts], live).lists()
    found = [sorted(lists.vocabulary[term] for term in lists.of(row)) for row in range(len(lists))]
    assert found == [["fire", "road"], ["fire", "fire", "river"], []]


def test_words_looked_up_are_forgotten_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bm25, "_REMEMBERED", 3)
    engine = SegmentedBm25([invert(term_lists([["a", "b", "c", "d", "e"]]))], [np.ones(1, dtype=np.bool_)])
    expected = engine.scores(["a"]).tolist()
    for term in "abcdefgh":
        engine.scores([term])
        assert len(engine._terms) <= 3
    assert engine.scores(["a"]).tolist() == expected


def test_other_parameters() -> None:
    corpus = random_corpus(5, 50)
    parameters = Bm25Parameters(k1=0.9, b=0.4)
    engine = SegmentedBm25([invert(term_lists(corpus))], [np.ones(50, dtype=np.bool_)], parameters)
    plain = BM25Plus(corpus, k1=0.9, b=0.4, delta=0.0)
    np.testing.assert_allclose(engine.scores(["w1", "w3"]), plain.get_scores(["w1", "w3"]), rtol=0, atol=1e-9)
