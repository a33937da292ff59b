import numpy as np

from eval.bench.vectors import Seeds, made_up_seeds, many, seeds_of


def test_made_up_seeds_lie_in_a_narrow_cone() -> None:
    seeds = made_up_seeds()
    np.testing.assert_allclose(np.linalg.norm(seeds.vectors, axis=1), 1, atol=1e-5)
    some = seeds.vectors[:500]
    products = (some @ some.T)[np.triu_indices(500, 1)]
    assert 0.7 < np.median(products) < 0.9
    assert (len(seeds.vectors), len(seeds.queries)) == (4_800, 200)
    assert set(seeds.languages.tolist()) == {0, 1, 2}


def test_made_vectors_are_near_a_seed_of_their_language_and_the_same_each_time() -> None:
    seeds = made_up_seeds(dim=32)
    blocks = list(many(seeds, 60_000))
    assert [len(vectors) for vectors, _ in blocks] == [50_000, 10_000]
    vectors, languages = blocks[1]
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for language in range(3):
        own = seeds.vectors[seeds.languages == language]
        assert np.median((vectors[languages == language][:300] @ own.T).max(axis=1)) > 0.9
    again = list(many(seeds, 60_000))
    assert all((a[0] == b[0]).all() for a, b in zip(blocks, again, strict=True))


def test_queries_are_no_seeds() -> None:
    vectors = np.eye(300, dtype=np.float32)
    seeds: Seeds = seeds_of(vectors, np.zeros(300, dtype=np.int32))
    assert len(seeds.vectors) == 100
    assert (seeds.queries @ seeds.vectors.T).max() < 0.2
