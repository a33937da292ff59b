import numpy as np

from index.lexical.cache import ArrayCache


def test_what_was_not_used_for_longest_is_dropped() -> None:
    cache: ArrayCache[str] = ArrayCache(3 * 80)
    for key in "abc":
        cache.put(key, np.full(10, ord(key), dtype=np.float64))
    assert cache.get("a") is not None
    cache.put("d", np.zeros(10))
    assert cache.get("b") is None
    assert [key for key in "abcd" if cache.get(key) is not None] == ["a", "c", "d"]


def test_an_array_put_again_counts_once() -> None:
    cache: ArrayCache[str] = ArrayCache(2 * 80)
    for _ in range(5):
        cache.put("a", np.zeros(10))
    cache.put("b", np.ones(10))
    assert cache.get("a") is not None
    assert cache.get("b") is not None


def test_an_array_larger_than_all_room_is_not_kept() -> None:
    cache: ArrayCache[str] = ArrayCache(80)
    cache.put("a", np.zeros(11))
    assert cache.get("a") is None
