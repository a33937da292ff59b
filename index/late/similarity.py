"""The similarity of a question to passages by their tokens."""

import numpy as np
from numpy.typing import NDArray


def max_similarities(
    query: NDArray[np.float32], codes: NDArray[np.uint8], lengths: NDArray[np.int64]
) -> NDArray[np.float32]:
    """How near the nearest token of each passage is to each token of a question.

    MaxSim of Khattab and Zaharia, "ColBERT: Efficient and effective passage search via contextualized late interaction
    over BERT", SIGIR 2020, before its sum over the question's tokens.

    Args:
        query: A question's tokens as ``TokenCoder.queries`` gives them, ``(m, dim) float32``.
        codes: The tokens of the passages one after another, ``(sum(lengths), ceil(dim / 8)) uint8``.
        lengths: Tokens of each passage, ``(n,) int64``; a passage of 0 tokens scores -1.

    Returns:
        ``(m, n) float32``: the inner product of the question's token with the signs of a passage's, over the square
        root of dim, the largest of the passage.

    Raises:
        ValueError: The codes are of another width.
    """
    similarities = np.full((len(query), len(lengths)), -1, dtype=np.float32)
    filled = np.flatnonzero(lengths)
    if len(query) == 0 or len(filled) == 0:
        return similarities
    dim = query.shape[1]
    if codes.shape[1] != (dim + 7) // 8:
        raise ValueError(f"codes of {codes.shape[1]} bytes for token vectors of {dim} numbers")
    bits = np.unpackbits(codes, axis=1, count=dim).astype(np.float32)
    products = (2 * (query @ bits.T) - query.sum(axis=1, keepdims=True)) / np.float32(np.sqrt(dim))
    starts = np.concatenate([[0], np.cumsum(lengths[filled])[:-1]])
    similarities[:, filled] = np.maximum.reduceat(products, starts, axis=1)
    return similarities
