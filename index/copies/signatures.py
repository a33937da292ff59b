"""MinHash signatures, by datasketch."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from datasketch import MinHash

ROWS_PER_BAND = 3
BANDS = 42
PERMUTATIONS = BANDS * ROWS_PER_BAND
_SEED = 1
_LOW_BITS = 0xFFFFFFFF


def signature(shingles: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """The MinHash signature of a set of shingles.

    The share of places at which two signatures agree estimates the Jaccard similarity of the sets, with a standard
    deviation of at most 0.045.

    Broder, A. Z. (1997). On the resemblance and containment of documents. Compression and Complexity of Sequences.

    Args:
        shingles: ``(n,) uint64``, n at least 1.

    Returns:
        ``(126,) uint32``, the same on every machine.
    """
    minhash = _empty().copy()
    minhash.update_batch(int(shingle) & _LOW_BITS for shingle in shingles)
    values: NDArray[np.uint32] = minhash.hashvalues
    return values


@cache
def _empty() -> "MinHash":
    # Only indexing needs it, and it brings SciPy: three quarters of a second that a search should not pay.
    from datasketch import MinHash

    # All that the values depend on is given: defaults of the library may change between versions.
    return MinHash(num_perm=PERMUTATIONS, seed=_SEED, scheme="affine32", hashfunc=int)
