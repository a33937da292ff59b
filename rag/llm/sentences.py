"""The sentences of a written answer, each with the numbers it cites."""

from dataclasses import dataclass

import regex

from index.text.sentences import sentence_spans

_ITEM = r"(?:passages?\s+|sources?\s+|\^)?\p{Nd}{1,4}"
_MARK = regex.compile(rf"[\[［【]\s*({_ITEM}(?:\s*[,،;–-]\s*{_ITEM})*)\s*[\]］】]", regex.IGNORECASE)
_PART = regex.compile(r"(\p{Nd}+)(?:\s*([–-])\s*(?:passages?\s+|sources?\s+|\^)?(\p{Nd}+))?", regex.IGNORECASE)
_LIST = regex.compile(r"(?m)^[ \t]*(?:[-*•#]+|\p{Nd}{1,2}[.)])[ \t]+")
_EMPHASIS = regex.compile(r"\*\*|__|`")
_BLANKS = " \t"
_STOP = regex.compile(r"[.!?؟۔।。…]\Z")
_OPENING = regex.compile(r"\s*[\p{Lu}\p{Lo}]")
_LETTER = regex.compile(r"\p{L}")
_LONGEST_RANGE = 20


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence as it was written.

    Attributes:
        text: The sentence without citation marks.
        cites: The numbers it cites, each once, in the order written.
    """

    text: str
    cites: tuple[int, ...]


def cited_sentences(text: str, lang: str) -> list[CitedSentence]:
    """Split a written answer into sentences.

    A citation may stand before or after the full stop, as ``[1][2]``, ``[1, 2]``, ``[1-3]`` or in digits of any script.
    One after the stop belongs to the sentence before it; one that opens a line, to the sentence it opens.

    Args:
        text: What a language model wrote.
        lang: ISO 639-1 code of its language.

    Returns:
        The sentences that hold a letter, in order.

    >>> cited_sentences("Rain fell [1]. Snow, too. [2][3] Hail fell [1, ٤].", "en")  # doctest: +NORMALIZE_WHITESPACE
    [CitedSentence(text='Rain fell.', cites=(1,)), CitedSentence(text='Snow, too.', cites=(2, 3)),
     CitedSentence(text='Hail fell.', cites=(1, 4))]
    """
    bare, marks = _without_marks(_EMPHASIS.sub("", _LIST.sub("", text)))
    spans = sentence_spans(bare, lang)
    cites: list[dict[int, None]] = [{} for _ in spans]
    for place, numbers, opens in marks:
        before = [i for i, (start, _) in enumerate(spans) if start < place or (start == place and opens)]
        if spans:
            cites[before[-1] if before else 0].update(dict.fromkeys(numbers))
    return [
        CitedSentence(" ".join(bare[start:end].split()), tuple(numbers))
        for (start, end), numbers in zip(spans, cites, strict=True)
        if _LETTER.search(bare, start, end)
    ]


def _without_marks(text: str) -> tuple[str, list[tuple[int, tuple[int, ...], bool]]]:
    """The text without marks; for each mark its place in it, its numbers, and whether it opens a line."""
    parts: list[str] = []
    marks: list[tuple[int, tuple[int, ...], bool]] = []
    length = done = 0
    for match in _MARK.finditer(text):
        kept = text[done : match.start()]
        opens = not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        # A mark that opens a line takes the blanks after it along, another one those before it.
        done = match.end()
        if opens:
            while text[done : done + 1] in _BLANKS and done < len(text):
                done += 1
            joined = bool(marks) and marks[-1][2] and not kept.strip()
            kept = "" if joined else kept
        else:
            kept = kept.rstrip(_BLANKS)
        kept = _after_stop(parts, kept)
        parts.append(kept)
        length += len(kept)
        marks.append((length, _numbers(match[1]), opens))
    parts.append(_after_stop(parts, text[done:]))
    return "".join(parts), marks


def _after_stop(parts: list[str], text: str) -> str:
    """What follows a mark, parted from a stop before it: "at 5 p.m. [1] Rain fell" are two sentences."""
    before = next((part for part in reversed(parts) if part), "")
    return "\n\n" + text.lstrip() if _STOP.search(before) and _OPENING.match(text) else text


def _numbers(inside: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for first, dash, last in _PART.findall(inside):
        start, end = int(first), int(last) if dash else int(first)
        numbers.extend(range(start, min(end, start + _LONGEST_RANGE) + 1) if start <= end else (start, end))
    return tuple(dict.fromkeys(numbers))
