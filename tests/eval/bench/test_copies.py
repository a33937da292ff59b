"""The measurement of copies, and the variants it is made on."""

from random import Random

import pytest

from eval.bench.copies import measure_copies
from eval.bench.copy_variants import COPIES, NOT_COPIES, bulletins, templates
from index.types import Document

REPORT = Document(
    "a", "Two men died. Five were hurt on 3 March. Shops closed. Schools closed. Trains stopped. All went home."
)
OTHERS = [Document(name, f"Report {name} says this. And that.", title=f"Title {name}") for name in "bcde"]


def test_variants_by_hand() -> None:
    rng = Random(1)  # noqa: S311
    cut = COPIES["the last third cut"](rng, REPORT, OTHERS)
    assert cut == "Two men died. Five were hurt on 3 March. Shops closed. Schools closed. "
    assert (
        COPIES["the second half cut"](rng, REPORT, OTHERS) == "Two men died. Five were hurt on 3 March. Shops closed. "
    )
    headed = COPIES["another headline and dateline"](rng, REPORT, OTHERS)
    assert headed is not None
    assert headed.startswith("Title ")
    assert headed.endswith(REPORT.text)
    digest = NOT_COPIES["a digest of four reports"](rng, REPORT, OTHERS)
    assert digest is not None
    assert digest.count("And that.") == 3
    assert NOT_COPIES["a digest of four reports"](rng, REPORT, OTHERS[:2]) is None
    assert NOT_COPIES["other numbers"](rng, REPORT, OTHERS) is None  # one number only: it may be a dateline's


@pytest.mark.parametrize("name", templates())
def test_bulletins_have_all_slots_filled(name: str) -> None:
    made = bulletins(Random(2), name)  # noqa: S311
    assert len(set(made)) == 8
    assert not any("{" in text or "\\" in text for text in made)


def test_copies_are_told_from_what_is_none() -> None:
    figures = measure_copies(lookup_reports=1000)
    assert figures.precision > 0.98
    assert figures.recall > 0.98
    assert figures.unlike_found == 0
    assert {variant.name for variant in figures.variants if variant.copies} == set(COPIES)
    assert figures.bytes_per_report < 1200
