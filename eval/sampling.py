"""A part of a dataset's questions."""

import dataclasses
import hashlib

from eval.datasets.types import Dataset


def sample(dataset: Dataset, limit: int | None) -> Dataset:
    """So many of a dataset's questions, evenly spread over it; the same ones every time.

    Args:
        dataset: The dataset.
        limit: How many; None, or more than there are, for all.

    Returns:
        A dataset of its own, with a fingerprint of its own.
    """
    total = len(dataset.questions)
    if limit is None or limit >= total:
        return dataset
    questions = tuple(dataset.questions[number * total // limit] for number in range(limit))
    fingerprint = hashlib.sha256(f"{dataset.fingerprint} {limit}".encode("ascii")).hexdigest()
    return dataclasses.replace(dataset, questions=questions, fingerprint=fingerprint)
