"""What happened: the best sentences of several reports, in the order in which they were published."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from index.types import ScoredPassage
from rag.choosing import Chosen, choose
from rag.claims import Evidence
from rag.kinds.claiming import claims_of
from rag.kinds.diversity import diverse
from rag.kinds.types import Material, Outcome
from rag.reading.copies import with_copies
from rag.reading.protocol import Reading
from rag.reading.question_kind import subject
from rag.types import Citation, Claim

SENTENCES = 6
PER_REPORT = 2
_DEEPER = 4  # as many passages are looked at, for each that is read, to find several reports
_POOL = 24
# With one sentence that passes the threshold, others tell more of the same from half of it and a quarter of the best.
_OF_THRESHOLD, _OF_BEST = 0.5, 0.25
_MIN_WORDS = 5


def choose_widely(question: str, search: Callable[[str, int], list[ScoredPassage]], count: int) -> Chosen:
    """The best passage of each report, then the second best of each, until there are as many as are read."""
    found = choose(question, search, _DEEPER * count)
    return Chosen(spread(found.read, count), found.copies)


def spread(passages: Sequence[ScoredPassage], count: int) -> tuple[ScoredPassage, ...]:
    """The first passages of as many reports as there are, best first, ranked from 1."""
    seen: dict[str, int] = {}
    turns: list[tuple[int, int]] = []
    for place, hit in enumerate(passages):
        turn = seen[hit.document.doc_id] = seen.get(hit.document.doc_id, 0) + 1
        turns.append((turn, place))
    places = sorted(place for _, place in sorted(turns)[:count])
    return tuple(dataclasses.replace(passages[place], rank=rank) for rank, place in enumerate(places, start=1))


def overview(material: Material) -> Outcome:
    """Sentences of several reports that tell of the subject, unlike each other, one or two of each report.

    The sentences are read with the subject in place of the question, since what is asked is no word that reports use
    ("what happened"). Where none passes the reader's threshold, there is no overview; with one that does, sentences
    with half of the threshold, and a quarter of the best confidence, are near enough. They stand in the order of
    publication, within a day the likelier first; undated ones come last.
    """
    reader = material.sentences
    readings = reader.read(subject(material.question), material.chosen.read)
    best = max((reading.confidence for reading in readings), default=0.0)
    if best < reader.threshold:
        return Outcome(Evidence((), (), best), reader.name, None, readings[0].text if readings else None)
    least = max(_OF_THRESHOLD * reader.threshold, _OF_BEST * best)
    near = [one for one in readings if one.confidence >= least and _tells(one.text)][:_POOL]
    if not near:
        near = [max(readings, key=lambda one: one.confidence)]
    taken = diverse(
        np.array([one.confidence for one in near]),
        reader.embedder.embed_passages([one.text for one in near]),
        [one.found.original_id for one in near],
        SENTENCES,
        PER_REPORT,
    )
    told = sorted((near[place] for place in taken), key=_by_day)
    evidence = _one_by_one(material, told, best)
    text = " ".join(f"{claim.answer} {''.join(f'[{n}]' for n in claim.citations)}" for claim in evidence.claims)
    return Outcome(evidence, reader.name, text, None)


def _tells(text: str) -> bool:
    return len(text.split()) >= _MIN_WORDS


def _by_day(reading: Reading) -> tuple[date, float]:
    return reading.found.document.published or date.max, -reading.confidence


def _one_by_one(material: Material, told: Sequence[Reading], confidence: float) -> Evidence:
    """Each sentence as a claim with its stance and speaker, in this order; its copies are cited with it."""
    claims: list[Claim] = []
    citations: list[Citation] = []
    for reading in told:
        alone = claims_of(material.question, with_copies([reading], material.chosen.copies), 0.0)
        first = len(citations)
        citations += [dataclasses.replace(one, number=one.number + first) for one in alone.citations]
        claims += [
            dataclasses.replace(claim, citations=tuple(number + first for number in claim.citations))
            for claim in alone.claims
        ]
    return Evidence(tuple(claims), tuple(citations), confidence)
