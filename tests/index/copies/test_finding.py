"""Pairs of copies among the texts of a new segment and older ones."""

from index.copies import outline
from tests.index.copies.texts import ARABIC, OTHER, REPRINT, UPDATE, WIRE, collection, made_up, pairs

COPY = frozenset({outline(WIRE).key, outline(REPRINT).key})


def test_in_one_segment() -> None:
    assert pairs(collection([WIRE, OTHER, REPRINT, ARABIC, UPDATE, "Photo: Reuters", ""])) == {COPY}


def test_against_older_segments() -> None:
    new = collection([OTHER, REPRINT])
    assert pairs(new, collection([ARABIC]), collection([UPDATE, WIRE])) == {COPY}
    assert pairs(new, collection([UPDATE, WIRE], deleted=[1])) == set()
    assert pairs(collection([ARABIC]), collection([WIRE]), collection([REPRINT])) == set()


def test_equal_texts_are_no_pair_but_pairs_of_each() -> None:
    assert pairs(collection([WIRE, WIRE]), collection([WIRE])) == set()
    assert pairs(collection([WIRE, REPRINT, WIRE]), collection([REPRINT])) == {COPY}


def test_order_does_not_matter() -> None:
    texts = [WIRE, OTHER, REPRINT, *(made_up(seed) for seed in range(20)), made_up(3)[:600], made_up(5)[200:]]
    found = pairs(collection(texts))
    assert len(found) == 3
    assert pairs(collection(texts[::-1])) == found
    assert pairs(collection(texts[:12]), collection(texts[12:])) | pairs(collection(texts[12:])) == found


def test_nothing_in_an_empty_segment() -> None:
    assert pairs(collection([]), collection([])) == set()
    assert pairs(collection([WIRE]), collection([])) == set()
    assert pairs(collection(["too short"]), collection(["too short"])) == set()
