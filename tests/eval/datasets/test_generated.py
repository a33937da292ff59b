"""Invented reports as a dataset of the harness."""

import pytest

from eval.datasets import DatasetError, load_dataset
from eval.generated import generated_dataset


def test_generated_reports_are_named_by_their_seed() -> None:
    loaded = load_dataset("generated:11")
    assert loaded.name == "generated-11"
    assert loaded.fingerprint == generated_dataset(11).fingerprint != load_dataset("generated:12").fingerprint
    assert load_dataset("generated:11", name="unseen").name == "unseen"


@pytest.mark.parametrize("spec", ["generated:", "generated:x", "generated"])
def test_what_is_no_seed_is_no_dataset(spec: str) -> None:
    with pytest.raises(DatasetError, match="no such file"):
        load_dataset(spec)
