"""Groups of copies with an original."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from index.copies import CopyGroups, Member, group_copies

A, B, C, D = 11, 22, 33, 44


def members(*given: tuple[str, int | None, int]) -> list[Member]:
    """From doc_id, day of March and key."""
    return [Member(doc_id, date(2024, 3, day) if day else None, key) for doc_id, day, key in given]


def test_the_first_published_is_the_original_then_by_doc_id() -> None:
    groups = group_copies(members(("x", None, A), ("z", 2, B), ("y", 2, A), ("w", 3, B), ("v", 1, C)), [(A, B)])
    assert groups.groups == {"y": ("y", "z", "w", "x")}
    assert groups.copies == 3
    assert groups.original_of("x") == "y"
    assert (groups.original_of("v"), groups.copies_of("v")) == ("v", ())
    assert groups.copies_of("y") == ("z", "w", "x")
    assert groups.copies_of("w") == ("y", "z", "x")


def test_every_member_is_a_copy_of_the_original_so_there_are_no_chains() -> None:
    chain = [(A, B), (B, C), (C, D)]
    groups = group_copies(members(("a", 1, A), ("b", 2, B), ("c", 3, C), ("d", 4, D)), chain)
    assert groups.groups == {"a": ("a", "b"), "c": ("c", "d")}
    groups = group_copies(members(("a", 2, A), ("b", 1, B), ("c", 3, C)), chain)
    assert groups.groups == {"b": ("b", "a", "c")}


def test_a_copy_of_two_originals_belongs_to_the_first() -> None:
    groups = group_copies(members(("a", 1, A), ("b", 2, B), ("c", 3, C)), [(B, C), (A, C)])
    assert groups.groups == {"a": ("a", "c")}


def test_texts_that_are_too_short_and_pairs_of_absent_ones_make_no_group() -> None:
    assert group_copies(members(("a", 1, 0), ("b", 1, 0), ("c", 1, A)), [(A, B)]) == CopyGroups({}, {})
    assert group_copies([], ()) == CopyGroups({}, {})


REPORTS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6)), max_size=12)
PAIRS = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda pair: pair[0] != pair[1]), max_size=10)


@given(REPORTS, PAIRS)
def test_order_does_not_change_the_groups(reports: Sequence[tuple[int, int]], pairs: list[tuple[int, int]]) -> None:
    made = members(*((f"r{number}", day or None, key) for number, (day, key) in enumerate(reports)))
    groups = group_copies(made, pairs)
    assert group_copies(made[::-1], [(second, first) for first, second in pairs[::-1]]) == groups
    keys = {member.doc_id: member.key for member in made}
    linked = {frozenset(pair) for pair in pairs}
    for original, group in groups.groups.items():
        assert len(group) == len(set(group)) > 1
        for doc_id in group:
            assert groups.original_of(doc_id) == original
            assert keys[doc_id] == keys[original] or frozenset({keys[doc_id], keys[original]}) in linked
    assert sorted(groups.originals) == sorted(doc_id for group in groups.groups.values() for doc_id in group)
