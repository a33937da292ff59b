"""Gold spans that do not stand where a dataset says: moved or left out."""

import re
from collections.abc import Callable
from dataclasses import replace

from eval.datasets.types import GoldSpan, Question

_NEAR = 2


def repair_spans(question: Question, text_of: Callable[[str], str | None]) -> tuple[Question, int]:
    """Make a question's spans agree with the documents.

    Published datasets have offsets that miss, and loading a report can drop a character before them (U+FEFF). A span
    whose characters are elsewhere in its document exactly once, or exactly once within two characters of its place, is
    moved there; one whose place is in doubt, or whose document is unknown, is left out. The answers stay as they are.

    Args:
        question: The question.
        text_of: The text of a document by its id, or None where there is no such document.

    Returns:
        The question with ``span.text == text_of(span.doc_id)[span.start:span.end]`` for each span, none twice, and how
        many spans were moved or left out.

    Examples:
        >>> asked = Question("q1", "Who?", spans=(GoldSpan("d1", 3, "Zarfan"), GoldSpan("d1", 0, "a")))
        >>> repaired, changed = repair_spans(asked, {"d1": "It was the Zarfan Brigades."}.get)
        >>> repaired.spans, changed
        ((GoldSpan(doc_id='d1', start=11, text='Zarfan'),), 2)
    """
    repaired = [_repair(span, text_of(span.doc_id)) for span in question.spans]
    changed = sum(new != old for new, old in zip(repaired, question.spans, strict=True))
    kept = tuple(dict.fromkeys(span for span in repaired if span is not None))
    return (question if kept == question.spans else replace(question, spans=kept)), changed


def _repair(span: GoldSpan, text: str | None) -> GoldSpan | None:
    """The span where it stands, or None."""
    if text is None:
        return None
    if text[span.start : span.end] == span.text:
        return span
    starts = [match.start() for match in re.finditer(f"(?={re.escape(span.text)})", text)]
    near = [start for start in starts if abs(start - span.start) <= _NEAR]
    sure = starts if len(starts) == 1 else near
    return replace(span, start=sure[0]) if len(sure) == 1 else None
