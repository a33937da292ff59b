"""Made-up variants of reports: some are copies and some are not, and which is known."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from random import Random
from typing import Any

import regex

from eval.generated.drawing import between, pick, shuffled
from index.types import Document

Variant = Callable[[Random, Document, Sequence[Document]], str | None]
_WORD = regex.compile(r"[\p{L}\p{M}]{4,}")
_NUMBER = regex.compile(r"\p{Nd}+")
_ARABIC_MARK = regex.compile(r"[\u064B-\u0652]")
_SENTENCE_END = regex.compile(r"(?<=[.!?؟。])\s*(?=\S)")
_DATELINES = (
    "TOLNARA, March 3 (Sahil Press) — ",
    "Exclusive to our readers\nFrom our correspondent: ",
    "ناردوم (وكالة الساحل) - ",
    "By Staff Writers and Agencies\n\n",
    "(SP) - ",
)
_QUOTES = str.maketrans({"«": "“", "»": "”", "“": '"', "”": '"', '"': "'", "—": "-", "–": "-", "’": "'", "،": ","})


@cache
def templates() -> Mapping[str, Mapping[str, Any]]:
    """The templates of bulletins by name: the text with its slots, the places and the counts that fill them."""
    return tomllib.loads((files("eval.bench") / "bulletins.toml").read_text(encoding="utf-8"))


def bulletins(rng: Random, template: str, each: int = 8) -> list[str]:
    """Different bulletins of one template: no two are about the same place."""
    slots = templates()[template]
    made = []
    for place in shuffled(rng, slots["places"])[:each]:
        filled = slots["text"].replace("{place}", place)
        while "{number}" in filled:
            filled = filled.replace("{number}", str(between(rng, 3, 99)), 1)
        while "{count}" in filled:
            filled = filled.replace("{count}", pick(rng, slots["counts"]), 1)
        made.append(filled)
    return made


def other_head(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """Another headline and dateline before the same text."""
    return f"{pick(rng, others).title}\n\n{pick(rng, _DATELINES)}{report.text}"


def cut_end(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """The last third cut off."""
    found = _parts(report.text)
    return "".join(found[: max(1, round(len(found) * 2 / 3))])


def cut_half(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """The second half cut off."""
    found = _parts(report.text)
    return "".join(found[: max(1, round(len(found) / 2))])


def house_style(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """Other quotation marks, no Arabic vowel marks, capitals, and one word in thirty replaced."""
    text = _ARABIC_MARK.sub("", report.text.translate(_QUOTES))
    words = _WORD.findall(" ".join(other.text for other in others[:3]))
    return _WORD.sub(lambda match: pick(rng, words) if rng.random() < 1 / 30 else match.group(), text).upper()


def reprint(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """Another head, house style, the end cut, a line of the paper's own below: all at once."""
    cut = Document("", cut_end(rng, report, others))
    styled = Document("", house_style(rng, cut, others))
    return other_head(rng, styled, others) + "\n\nAdditional reporting by our correspondents. All rights reserved."


def background_added(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """A third more text, from another report: an update that changes no figure."""
    added = _parts(pick(rng, others).text)
    return report.text + "\n\n" + "".join(added[: max(1, len(added) // 3)])


def other_numbers(rng: Random, report: Document, others: Sequence[Document]) -> str | None:
    """The same text with other numbers: an update, or another report from the same template."""
    text = _NUMBER.sub(lambda match: str(int(match.group()) + between(rng, 1, 9)), report.text)
    return text if len(_NUMBER.findall(report.text)) > 1 else None


def follow_up(rng: Random, report: Document, others: Sequence[Document]) -> str:
    """Another report that quotes a third of this one."""
    return pick(rng, others).text + "\n\n" + "".join(_parts(report.text)[: max(1, len(_parts(report.text)) // 3)])


def digest(rng: Random, report: Document, others: Sequence[Document]) -> str | None:
    """The report with three others in one."""
    if len(others) < 3:
        return None
    return "\n\n".join([report.text, *(other.text for other in shuffled(rng, others)[:3])])


COPIES: Mapping[str, Variant] = {
    "another headline and dateline": other_head,
    "the last third cut": cut_end,
    "the second half cut": cut_half,
    "house style, 1 word in 30 replaced": house_style,
    "all of these": reprint,
    "a third more text, no figure changed": background_added,
}
NOT_COPIES: Mapping[str, Variant] = {
    "other numbers": other_numbers,
    "a follow-up that quotes a third": follow_up,
    "a digest of four reports": digest,
}


def _parts(text: str) -> list[str]:
    """The sentences of a text with the space after each; joined they are the text."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if end > start]
