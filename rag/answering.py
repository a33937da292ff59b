"""From readings to an answer: claims with who says so, citations that are checked, or an abstention."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from index.types import ScoredPassage
from rag.attribution import attribute
from rag.reading.protocol import Reading
from rag.types import Citation, Claim

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_MAX_CLAIMS = 3
_NEAR = 0.6
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer is put together from.

    Attributes:
        claims: Best evidence first.
        citations: Numbered from 1 in the order of the claims.
        confidence: Of the first claim; without claims, the highest that any reading had.
    """

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    confidence: float


def claims_from(readings: Sequence[Reading], threshold: float) -> Evidence:
    """The claims that the best readings make.

    Readings of the same words are one claim with several citations: copies of one text, which count as one source.
    The first reading that passes the threshold answers. Besides it, those are kept that pass the threshold and whose
    confidence is at least 60 % of the first's, one from each report, three at most: reports that disagree are shown
    side by side. Reports that are copies of one text count as one report, so that a sentence which a copy words a
    little differently does not stand as what another source says.

    Args:
        readings: The best first.
        threshold: Least confidence of a claim.

    Returns:
        No claims where no reading passes the threshold.
    """
    passing = [reading for reading in readings if reading.confidence >= threshold]
    if not passing:
        return Evidence((), (), max((reading.confidence for reading in readings), default=0.0))
    least = _NEAR * passing[0].confidence
    groups = _same_words([reading for reading in passing if reading.confidence >= least])
    claims: list[Claim] = []
    citations: list[Citation] = []
    seen: set[str] = set()
    for group in groups:
        if len(claims) == _MAX_CLAIMS:
            break
        if any(_original(reading.found) in seen for reading in group):
            continue
        seen.update(_original(reading.found) for reading in group)
        numbers = []
        for reading in group:
            citations.append(cite(reading.found, reading.start, reading.end, len(citations) + 1))
            numbers.append(len(citations))
        claims.append(_claim(group[0], tuple(numbers)))
    return Evidence(tuple(claims), tuple(citations), passing[0].confidence)


def nearest_passages(passages: Sequence[ScoredPassage]) -> tuple[Citation, ...]:
    """The best passages as citations, for an answer that abstains."""
    return tuple(
        cite(found, found.passage.start, found.passage.end, number)
        for number, found in enumerate(passages[:_NEAREST], start=1)
    )


def cite(found: ScoredPassage, start: int, end: int, number: int) -> Citation:
    """The citation of a stretch of a report.

    Raises:
        ValueError: The stretch lies outside the report.
    """
    document = found.document
    if not 0 <= start < end <= len(document.text):
        raise ValueError(f"{document.doc_id}[{start}:{end}] lies outside its text of {len(document.text)} characters")
    return Citation(
        number=number,
        doc_id=document.doc_id,
        passage_id=found.passage.passage_id,
        start=start,
        end=end,
        quote=document.text[start:end],
        title=document.title,
        source=document.source,
        published=document.published,
        url=document.url,
        lang=document.lang,
        copy_of=found.copy_of,
    )


def _claim(reading: Reading, citations: tuple[int, ...]) -> Claim:
    attribution = attribute(reading.text, reading.found.document.lang)
    speaker = reading.text[slice(*attribution.speaker)] if attribution.speaker else None
    # Every reading of a claim has the same words, so they are copies of one text: one source.
    return Claim(reading.text, attribution.stance, speaker, citations, independent_sources=1)


def _original(found: ScoredPassage) -> str:
    """The report that a passage's report is a copy of, or itself."""
    return found.copy_of or found.document.doc_id


def _same_words(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Readings grouped by their words, in order of the first of each group; a report is in a group once."""
    groups: dict[str, dict[str, Reading]] = {}
    for reading in readings:
        group = groups.setdefault(_key(reading.text), {})
        group.setdefault(reading.found.document.doc_id, reading)
    return [list(group.values()) for group in groups.values()]


def _key(text: str) -> str:
    """The words of a text without case, marks of width and punctuation."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
