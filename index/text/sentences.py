"""Sentence boundaries in any script, as character offsets into the text."""

from collections.abc import Iterator, Sequence

import regex
import sentencex

Span = tuple[int, int]

# sentencex knows abbreviations by language; these are the ones reports use that it cuts in any language it is given.
# Single letters (initials, "د.", "г.") are left whole in every script.
_ABBREVIATIONS = (
    r"هـ|гг|ул|им|т\.е|т\.д|т\.п|тыс|млн|млрд|руб|"
    r"Dr|Mr|Mrs|Ms|Prof|St|Gen|Lt|Col|Maj|Capt|Sgt|Gov|Sen|Rev|Hon|Nos|vs|"
    r"Mme|Mlle|Sra?|bzw|Nr|Doç|Yrd|Alb|Org|Korg"
)
_KEEPS_WHOLE = regex.compile(rf"(?<![\p{{L}}\p{{M}}])(?:{_ABBREVIATIONS}|\p{{L}})\.\s*$")
# The white space before a line break is no part of the stop: looking for it would be quadratic in long runs of spaces.
_HARD_STOP = regex.compile(r"؛\s*|\n\s*")
_PARAGRAPH_STOP = regex.compile(r"؛\s*|\n[^\S\n]*+\n\s*")
_FINAL = regex.compile(r"[.!?؟۔。…:؛»\"”)]\s*$")


def sentence_spans(text: str, lang: str = "en") -> list[Span]:
    """The sentences of a text, trimmed of surrounding white space.

    Sentences end at ``. ! ? ؟ ؛ ۔ 。 ।`` and at line breaks; abbreviations, initials and decimals stay whole. In text
    that is wrapped at a fixed width, single line breaks are taken for spaces.

    Args:
        text: Any text.
        lang: ISO 639-1 code, for the abbreviations of the language.

    Returns:
        Half-open (start, end) offsets in code points, in order, not overlapping, none empty. Every character that is
        not white space lies in exactly one of them.

    Examples:
        >>> text = "بلغ 3.14 كيلو. هل نفذ؟ نعم؛ لا."
        >>> [text[start:end] for start, end in sentence_spans(text, "ar")]
        ['بلغ 3.14 كيلو.', 'هل نفذ؟', 'نعم؛', 'لا.']
    """
    stop = _PARAGRAPH_STOP if _is_hard_wrapped(text) else _HARD_STOP
    spans: list[Span] = []
    for start, end in _split_at(text, stop):
        spans.extend(_sentences_of_block(text, start, end, lang))
    return spans


def _split_at(text: str, stop: regex.Pattern[str]) -> Iterator[Span]:
    start = 0
    for match in stop.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _sentences_of_block(text: str, start: int, end: int, lang: str) -> Iterator[Span]:
    """The sentences of one block without hard stops inside."""
    block = text[start:end]
    cuts = [start + cut for cut in _cuts(block, lang)]
    for left, right in zip([start, *cuts], [*cuts, end], strict=True):
        trimmed = trim(text, left, right)
        if trimmed[0] < trimmed[1]:
            yield trimmed


def _cuts(block: str, lang: str) -> list[int]:
    """Offsets inside a block where one sentence ends and the next begins."""
    boundaries: Sequence[dict[str, int]] = sentencex.get_sentence_boundaries(lang, block)
    cuts = []
    for boundary in boundaries[:-1]:
        end = boundary["end_index"]
        before = block[max(0, end - 24) : end]
        if not _KEEPS_WHOLE.search(before):
            cuts.append(end)
    return cuts


def _is_hard_wrapped(text: str) -> bool:
    """Whether lines break at a fixed width rather than where sentences or paragraphs end."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 6 or max(map(len, lines)) > 100:
        return False
    long = [line for line in lines if len(line) >= 45]
    open_ended = [line for line in long if not _FINAL.search(line)]
    return len(long) >= 0.6 * len(lines) and len(open_ended) >= 0.6 * len(long)


def trim(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends; an empty span where there is nothing else.

    Examples:
        >>> trim("  ab ", 0, 5)
        (2, 4)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
