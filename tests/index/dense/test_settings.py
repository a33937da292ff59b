from typing import Any

import pytest

from index.dense import DenseSettings


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"exact_up_to": 0}, "exact_up_to is 0; it must be at least 1"),
        ({"lists_per_root": 0.0}, "lists_per_root is 0.0; it must be above 0"),
        ({"sample_per_list": 10}, "sample_per_list is 10; clustering needs 39"),
        ({"iterations": 0}, "iterations is 0; clustering takes at least 1 step"),
        ({"probed": 0.0}, "probed is 0.0; it is a share"),
        ({"probed": 1.5}, "probed is 1.5; it is a share"),
        ({"block": 0}, "block is 0; it must be at least 1 row"),
    ],
)
def test_settings_that_make_no_sense_are_refused(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        DenseSettings(**change)


def test_lists_begin_just_above_the_bound() -> None:
    settings = DenseSettings(exact_up_to=100, lists_per_root=2.0)
    assert [settings.lists(rows) for rows in (0, 1, 100, 101, 10_000)] == [0, 0, 0, 20, 200]


def test_a_search_scans_a_share_but_never_few_rows() -> None:
    settings = DenseSettings(exact_up_to=100, probed=0.1)
    assert [settings.scanned(rows) for rows in (101, 500, 501, 10_000)] == [50, 50, 50, 1000]
