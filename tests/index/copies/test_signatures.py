"""MinHash signatures, and the bands made of them."""

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.copies.banding import band_hashes, matches, sorted_bands
from index.copies.signatures import BANDS, PERMUTATIONS, signature

FIRST, SUM = [695757984, 745339307, 187040253, 408976548], 100443048676
SETS = st.sets(st.integers(1, 2**64 - 1), min_size=1, max_size=60)


def shingles(values: set[int]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.asarray(sorted(values), dtype=np.uint64)


def test_the_values_never_change() -> None:
    """Indexes on disk hold them: another version of datasketch must give the same, or the format be raised."""
    made = signature(np.asarray([1, 2, 3, 2**63 + 5], dtype=np.uint64))
    assert made.dtype == np.uint32
    assert made[:4].tolist() == FIRST
    assert int(made.astype(np.uint64).sum()) == SUM


@given(SETS)
def test_a_set_agrees_with_itself_in_every_band(values: set[int]) -> None:
    made = signature(shingles(values))
    assert np.array_equal(made, signature(shingles(values)))
    hashes = band_hashes(np.asarray([made, made]))
    assert np.array_equal(hashes[:, 0], hashes[:, 1])


@given(SETS, SETS)
def test_the_signature_of_a_union_is_the_smaller_of_both(first: set[int], second: set[int]) -> None:
    one, other = signature(shingles(first)), signature(shingles(second))
    assert np.array_equal(signature(shingles(first | second)), np.minimum(one, other))


def test_agreement_estimates_jaccard_similarity() -> None:
    rng = np.random.default_rng(3)
    errors = []
    for _ in range(50):
        values = rng.integers(1, 2**63, 300, dtype=np.uint64)
        agreeing = (signature(values[:200]) == signature(values[100:])).mean()
        errors.append(agreeing - 100 / 300)
    assert abs(np.mean(errors)) < 0.02
    assert np.std(errors) < 0.06  # sqrt(1/3 * 2/3 / 126) = 0.042


def test_matches_are_the_documents_that_share_a_band() -> None:
    rng = np.random.default_rng(4)
    made = rng.integers(0, 2**32, (40, PERMUTATIONS), dtype=np.uint32)
    made[7, :3], made[30, 60:63], made[31, 61:64] = made[2, :3], made[2, 60:63], made[2, 61:64]
    hashes = band_hashes(made)
    bands, documents = sorted_bands(hashes, np.arange(40, dtype=np.int32))
    assert bands.shape == documents.shape == (BANDS, 40)
    assert matches(bands, documents, hashes[:, 2]).tolist() == [2, 7, 30]


def test_a_search_does_not_import_datasketch() -> None:
    code = "import sys, rag, index.store; sys.exit('datasketch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
