"""Stretches of a report marked in its text: the words that are cited, and the words that name who says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from ui.escaping import attribute, inline
from ui.strings import ENGLISH, Strings

MarkKind = Literal["quote", "speaker"]
_KINDS = ("quote", "speaker")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a report that is marked.

    Attributes:
        start: First character in the report's text.
        end: One past the last.
        kind: "quote" for cited words, "speaker" for those that name who says so.
        number: 1-based; a quote's is part of its id in the page.
    """

    start: int
    end: int
    kind: MarkKind
    number: int


def checked_marks(text: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks, without the blank space that they begin with.

    Args:
        text: The whole text of the report.
        marks: In any order; they may overlap.

    Raises:
        ValueError: A mark lies outside the text, is empty or of no known kind, or two quotes have one number.
    """
    numbers: set[int] = set()
    checked = []
    for mark in marks:
        if mark.kind not in _KINDS:
            raise ValueError(f"{mark.kind!r} is no kind of mark; there are {', '.join(_KINDS)}")
        if not 0 <= mark.start < mark.end <= len(text):
            raise ValueError(f"the mark {mark.start}-{mark.end} lies outside the report's {len(text)} characters")
        if mark.kind == "quote" and mark.number in numbers:
            raise ValueError(f"two quotes have the number {mark.number}")
        if mark.kind == "quote":
            numbers.add(mark.number)
        stretch = text[mark.start : mark.end]
        if not stretch.strip():
            raise ValueError(f"the mark {mark.start}-{mark.end} holds nothing but blank space")
        checked.append(replace(mark, start=mark.end - len(stretch.lstrip())))
    return tuple(checked)


def marked_html(
    text: str, marks: Sequence[Mark], strings: Strings = ENGLISH, offset: int = 0, *, anchors: bool = False
) -> str:
    """A stretch of a report as HTML with its marks; speakers are marked within quotes.

    Where quotes overlap, each part is a ``<mark>`` of its own; ``data-hits`` has the numbers of all that hold it.

    Args:
        text: The stretch.
        marks: Offsets in the whole report; what lies outside the stretch is left out.
        strings: The catalogue, for the labels that screen readers read.
        offset: Where the stretch begins in the report.
        anchors: Whether quotes get ids (``m-hit-N``) where they begin.
    """
    quotes = [mark for mark in marks if mark.kind == "quote"]
    speakers = [mark for mark in marks if mark.kind == "speaker"]
    parts = []
    for held, pieces in groupby(_pieces(text, marks, offset), key=lambda piece: _holding(quotes, piece)):
        spans = list(pieces)
        body = _speakers(text, spans, speakers, strings, offset)
        if held:
            begun = [mark.number for mark in held if mark.start == spans[0][0]]
            body = _quote(body, [mark.number for mark in held], begun, strings, anchors=anchors)
        parts.append(body)
    return "".join(parts)


def _pieces(text: str, marks: Sequence[Mark], offset: int) -> Iterator[tuple[int, int]]:
    """The stretch cut wherever a mark begins or ends, in offsets of the report."""
    last = offset + len(text)
    edges = {edge for mark in marks for edge in (mark.start, mark.end) if offset < edge < last}
    cuts = sorted({offset, last} | edges)
    return pairwise(cuts)


def _holding(marks: Sequence[Mark], piece: tuple[int, int]) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark.start <= piece[0] and piece[1] <= mark.end)


def _speakers(
    text: str, pieces: Sequence[tuple[int, int]], speakers: Sequence[Mark], strings: Strings, offset: int
) -> str:
    parts = []
    for named, group in groupby(pieces, key=lambda piece: bool(_holding(speakers, piece))):
        spans = list(group)
        first, last = spans[0][0], spans[-1][1]
        words = inline(text[first - offset : last - offset])
        if named:
            begins = any(mark.start == first for mark in speakers)
            words = f'<mark class="m-speaker"{_label(strings.mark_speaker, begins)}>{words}</mark>'
        parts.append(words)
    return "".join(parts)


def _quote(body: str, numbers: Sequence[int], begun: Sequence[int], strings: Strings, *, anchors: bool) -> str:
    ids = [f' id="m-hit-{number}"' for number in begun] if anchors else []
    hits = f' data-hits="{" ".join(map(str, numbers))}"' if anchors else ""
    more = "".join(f"<span{each}></span>" for each in ids[1:])
    first = ids[0] if ids else ""
    overlap = " m-overlap" if len(numbers) > 1 else ""
    label = _label(strings.mark_quote, bool(begun))
    return f'<mark class="m-quote{overlap}"{first}{hits}{label}>{more}{body}</mark>'


def _label(words: str, begins: bool) -> str:
    # Shown by the style sheet to screen readers only: in the text it would be copied, and tell a block's direction.
    return f' data-label="{attribute(words)}"' if begins else ""
