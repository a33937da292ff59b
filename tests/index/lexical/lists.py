"""Term lists for the tests of lexical indexes."""

from collections.abc import Sequence

import numpy as np

from index.lexical import TermLists


def term_lists(corpus: Sequence[Sequence[str]]) -> TermLists:
    """The term lists of passages given as words."""
    vocabulary: dict[str, int] = {}
    numbers = [vocabulary.setdefault(term, len(vocabulary)) for passage in corpus for term in passage]
    offsets = np.cumsum([0, *(len(passage) for passage in corpus)], dtype=np.int64)
    return TermLists(tuple(vocabulary), np.asarray(numbers, dtype=np.int32), offsets)
