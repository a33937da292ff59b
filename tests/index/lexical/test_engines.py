"""What holds for every lexical index, and that ours scores as rank-bm25 and bm25s do."""

from collections.abc import Callable, Sequence
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from eval.bench.bm25s_engine import Bm25sIndex
from index.lexical import Bm25Parameters, LexicalIndex, RankBm25Index, SegmentedBm25, TermLists, invert
from tests.index.lexical.lists import term_lists

Build = Callable[[TermLists, Bm25Parameters], LexicalIndex]


def own(lists: TermLists, parameters: Bm25Parameters) -> SegmentedBm25:
    """Our BM25 over one segment."""
    return SegmentedBm25([invert(lists)], [np.ones(len(lists), dtype=np.bool_)], parameters)


ENGINES: dict[str, Build] = {"own": own, "bm25s": Bm25sIndex, "rank-bm25": RankBm25Index}
PARAMETERS = Bm25Parameters()


@pytest.fixture(params=list(ENGINES))
def build(request: pytest.FixtureRequest) -> Build:
    return ENGINES[request.param]


CORPUS = [
    ["fire", "road", "fire", "camp"],
    ["road", "grain"],
    [],
    ["camp", "grain", "river", "school", "night"],
]


def by_hand(corpus: Sequence[Sequence[str]], terms: Sequence[str], parameters: Bm25Parameters) -> list[float]:
    """BM25+ less the part that is the same for all passages, from the formula."""
    k1, b = parameters.k1, parameters.b
    average = sum(map(len, corpus)) / len(corpus)
    scores = []
    for passage in corpus:
        score = 0.0
        for term in terms:
            tf, df = passage.count(term), sum(term in other for other in corpus)
            if tf:
                score += log((len(corpus) + 1) / df) * (k1 + 1) * tf / (k1 * (1 - b + b * len(passage) / average) + tf)
        scores.append(score)
    return scores


def test_a_score_computed_by_hand(build: Build) -> None:
    # n = 4, average length 11 / 4 = 2.75. "fire" is in one passage, twice, of length 4:
    # log(5 / 1) * 2.5 * 2 / (1.5 * (0.25 + 0.75 * 4 / 2.75) + 2) = 1.609438 * 5 / 4.011364 = 2.006098
    scores = build(term_lists(CORPUS), PARAMETERS).scores(["fire"])
    np.testing.assert_allclose(scores, [2.006098, 0, 0, 0], atol=1e-6)


@pytest.mark.parametrize("terms", [["fire"], ["road", "grain"], ["camp", "unknown", "night", "fire"]])
@pytest.mark.parametrize("parameters", [PARAMETERS, Bm25Parameters(k1=0.9, b=0.4, delta=0.5), Bm25Parameters(b=0)])
def test_scores_follow_the_formula(build: Build, terms: list[str], parameters: Bm25Parameters) -> None:
    scores = build(term_lists(CORPUS), parameters).scores(terms)
    np.testing.assert_allclose(scores, by_hand(CORPUS, terms, parameters), atol=1e-12)


def test_delta_cancels_out(build: Build) -> None:
    lists = term_lists(CORPUS)
    first = build(lists, Bm25Parameters(delta=1)).scores(["camp", "grain"])
    second = build(lists, Bm25Parameters(delta=0.25)).scores(["camp", "grain"])
    np.testing.assert_allclose(first, second, atol=1e-12)


@pytest.mark.parametrize("terms", [[], ["unknown"], ["", "unknown"]])
def test_unknown_terms_score_nothing(build: Build, terms: list[str]) -> None:
    scores = build(term_lists(CORPUS), PARAMETERS).scores(terms)
    assert scores.tolist() == [0.0] * 4
    assert scores.dtype == np.float64


def test_unknown_terms_change_nothing(build: Build) -> None:
    index = build(term_lists(CORPUS), PARAMETERS)
    assert index.scores(["road", "unknown"]).tolist() == index.scores(["road"]).tolist()


def test_one_passage(build: Build) -> None:
    (score,) = build(term_lists([["fire"]]), PARAMETERS).scores(["fire"])
    assert score == pytest.approx(log(2))


def test_idf(build: Build) -> None:
    index = build(term_lists(CORPUS), PARAMETERS)
    found = index.idf(["fire", "road", "grain", "unknown"])
    np.testing.assert_allclose(found, [log(5), log(5 / 2), log(5 / 2), log(5)], atol=1e-12)
    assert index.idf([]).tolist() == []


words = st.sampled_from([f"t{number}" for number in range(12)])
corpora = st.lists(st.lists(words, max_size=15), min_size=1, max_size=25).filter(any)


@settings(max_examples=80, deadline=None)
@given(corpora, st.lists(words, unique=True, max_size=6))
def test_all_engines_give_the_same_scores_and_0_just_where_nothing_matches(
    corpus: list[list[str]], terms: list[str]
) -> None:
    lists = term_lists(corpus)
    fast, peer, plain = (engine(lists, PARAMETERS).scores(terms) for engine in ENGINES.values())
    np.testing.assert_allclose(fast, plain, rtol=0, atol=1e-9)
    np.testing.assert_allclose(peer, plain, rtol=0, atol=1e-9)
    matching = [any(term in passage for term in terms) for passage in corpus]
    for scores in (fast, peer, plain):
        assert (scores > 0).tolist() == matching
        assert (scores == 0).tolist() == [not match for match in matching]


def random_corpus(seed: int, passages: int) -> list[list[str]]:
    """Passages of words whose frequencies fall off as in a language."""
    chance = np.random.default_rng(seed)
    lengths = chance.integers(0, 60, size=passages)
    return [[f"w{word}" for word in chance.zipf(1.4, size=length) if word < 3000] for length in lengths]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_ten_best_of_many_passages_are_the_same(seed: int) -> None:
    corpus = random_corpus(seed, 600)
    lists = term_lists(corpus)
    fast, plain = own(lists, PARAMETERS), RankBm25Index(lists, PARAMETERS)
    reference = BM25Plus(corpus, k1=1.5, b=0.75, delta=1.0)
    chance = np.random.default_rng(seed)
    for _ in range(15):
        terms = list(dict.fromkeys(f"w{word}" for word in chance.zipf(1.4, size=6)))
        scores, expected = fast.scores(terms), plain.scores(terms)
        np.testing.assert_allclose(scores, expected, rtol=0, atol=1e-9)
        full = reference.get_scores(terms)
        np.testing.assert_allclose(full - full.min(), expected - expected.min(), rtol=0, atol=1e-9)
        best, expected_best = (
            np.lexsort((np.arange(len(corpus)), -np.round(values, 9)))[:10] for values in (scores, expected)
        )
        assert best.tolist() == expected_best.tolist()
        assert scores[best[0]] > 0
