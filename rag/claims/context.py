"""The sentence that a quote stands in, and how it presents the quote."""

from functools import lru_cache

import regex

from index.loading.datelines import Dateline, find_dateline
from index.text.sentences import sentence_spans
from index.types import Document
from rag.attribution import attribute
from rag.types import Attribution, Stance
from rag.values.names import names_same

_AROUND = 2000  # characters each side of a quote in which sentences are looked for
_CLOSING = "\"'”’»)] "
_SEMICOLON = "؛"
# "That" words with which a sentence after an Arabic semicolon hangs on the verb before it.
_GOES_ON = regex.compile(r"و?(?:ب?[أا]ن|إن)(?:ه|ها|هم)?(?!\w)")
_TAGS = regex.compile(r"\s*(?:\[[^\[\]\n]{1,60}\]\s*)+")
Span = tuple[int, int]


def sentence_around(document: Document, start: int, end: int) -> Span:
    """The sentences that a stretch of a report stands in: mostly one.

    Args:
        document: The report.
        start: First character of the stretch.
        end: One past the last.

    Returns:
        Start and end in the report's text; they hold the stretch. A dateline before it is left out.
    """
    left, right = _window(document.text, start, end)
    spans = [
        span for span in _sentences(document.text, document.lang, left, right) if span[0] < end and start < span[1]
    ]
    first = min([start, *(span[0] for span in spans)])
    last = max([end, *(span[1] for span in spans)])
    return _after_dateline(document.text, first, start), last


def attribute_in(document: Document, start: int, end: int) -> Attribution:
    """How a report presents a stretch of it, and who says so.

    The sentence around the stretch is read. Where one whom it quotes speaks of itself ("The Brigade said that Brigade
    fighters attacked"), the plain report is a claim. Where the sentence before it ends in a colon ("وقال:", "The army
    said:"), or in an Arabic semicolon after which the sentence goes on with "that", both are read as one.

    Args:
        document: The report.
        start: First character of the stretch.
        end: One past the last.

    Returns:
        The stance, and the offsets in the report's text of the words that name the speaker.
    """
    first, last = sentence_around(document, start, end)
    text = document.text[first:last]
    whole = start - first <= 1 and last - end <= 1
    found = attribute(text, document.lang, None if whole else (start - first, end - first))
    if (
        found.stance is Stance.REPORTED
        and found.speaker is None
        and (before := _hung_on(document, first, end)) is not None
    ):
        joined = document.text[before:last].replace(_SEMICOLON, "،")
        first = before
        found = attribute(joined, document.lang, (start - first, end - first))
    if found.speaker is None:
        return found
    speaker = found.speaker[0] + first, found.speaker[1] + first
    own = found.stance is Stance.REPORTED and not (speaker[0] < end and start < speaker[1])
    if own and names_same(document.text[slice(*speaker)], document.text[start:end], document.lang):
        return Attribution(Stance.CLAIMED, speaker)
    return Attribution(found.stance, speaker)


def _hung_on(document: Document, first: int, end: int) -> int | None:
    """Where the sentence before begins, if the one at ``first`` hangs on it."""
    spans = _sentences(document.text, document.lang, *_window(document.text, first, end))
    before = max((span for span in spans if span[1] <= first), default=None)
    if before is None:
        return None
    words = document.text[before[0] : before[1]].rstrip(_CLOSING)
    goes_on = words.endswith(_SEMICOLON) and _GOES_ON.match(document.text, first)
    return before[0] if words.endswith(":") or goes_on else None


def _after_dateline(text: str, first: int, start: int) -> int:
    """The sentence's start without place, day and agency, and a wire service's tags in brackets, before the quote."""
    dateline = _dateline(text)
    begin = dateline.end if dateline and first < dateline.end <= start else first
    tags = _TAGS.match(text, begin, start)
    begin = tags.end() if tags else begin
    while begin < start and text[begin].isspace():
        begin += 1
    return begin


@lru_cache(maxsize=256)
def _dateline(text: str) -> Dateline | None:
    return find_dateline(text)


def _window(text: str, start: int, end: int) -> Span:
    """A stretch of text around a quote, cut at line breaks where there are some."""
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if left and (cut := text.find("\n", left, start)) >= 0:
        left = cut + 1
    if right < len(text) and (cut := text.rfind("\n", end, right)) >= 0:
        right = cut
    return left, right


@lru_cache(maxsize=512)
def _sentences(text: str, lang: str, left: int, right: int) -> tuple[Span, ...]:
    return tuple((start + left, end + left) for start, end in sentence_spans(text[left:right], lang))
