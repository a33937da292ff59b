"""How many sources say something, independently of each other."""

from collections.abc import Iterable
from datetime import date

from index.types import ScoredPassage
from rag.values.words import plain


def sources_of(reports: Iterable[ScoredPassage]) -> dict[str, str]:
    """The source that each report is counted under.

    A report that is a copy of another counts under the source of the original; where the original is not among the
    reports, under the source of the copy that was published first. Sources are compared without case and punctuation.
    A report whose source is unknown is a source of its own. Two sources that quote the same speaker are two.

    Args:
        reports: A passage of each.

    Returns:
        Source by doc_id; equal for reports that are not independent.
    """
    passages = {found.document.doc_id: found for found in reports}
    earliest = sorted(
        passages.values(), key=lambda found: (found.document.published or date.max, found.document.doc_id)
    )
    original: dict[str, ScoredPassage] = {}
    for found in earliest:
        text = found.original_id
        original.setdefault(text, passages.get(text, found))
    return {doc_id: _source(original[found.original_id]) for doc_id, found in passages.items()}


def independent_sources(reports: Iterable[ScoredPassage]) -> int:
    """How many sources these reports are of; see ``sources_of``."""
    return len(set(sources_of(reports).values()))


def _source(found: ScoredPassage) -> str:
    named = plain(found.document.source)
    return f"source {named}" if named else f"report {found.original_id}"
