"""Filters as a choice among the documents of a segment."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.store.segment import Segment
from index.types import Filters


def passing(segment: Segment, filters: Filters) -> NDArray[np.bool_]:
    """Which documents of a segment a filter allows, deleted ones included.

    Args:
        segment: The segment.
        filters: What may be found.

    Returns:
        ``(n_documents,) bool``.
    """
    passed = np.ones(segment.document_count, dtype=np.bool_)
    days = segment.document_days  # 0 where the day is unknown
    if filters.since:
        passed &= days >= filters.since.toordinal()
    if filters.until:
        passed &= (days > 0) & (days <= filters.until.toordinal())
    if filters.sources:
        sources = {source.casefold() for source in filters.sources}
        passed &= _having(segment.document_sources, segment.sources, lambda source: source.casefold() in sources)
    if filters.langs:
        langs = {lang.casefold() for lang in filters.langs}
        passed &= _having(segment.document_languages, segment.languages, lambda lang: lang in langs)
    if filters.doc_ids:
        chosen = np.zeros_like(passed)
        chosen[segment.numbers(filters.doc_ids)] = True
        passed &= chosen
    if filters.without:
        passed[segment.numbers(filters.without)] = False
    return passed


def _having(places: NDArray[np.int32], values: Sequence[str], wanted: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Which places, ``(n,)``, are those of wanted values."""
    chosen = np.fromiter((wanted(value) for value in values), dtype=np.bool_, count=len(values))
    mask: NDArray[np.bool_] = chosen[places]
    return mask
