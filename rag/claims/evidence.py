"""From readings to claims: what the reports answer, how many sources say so, and whether they contradict each other."""

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from index.bridges import Aliases
from index.types import ScoredPassage
from rag.attribution import attribute
from rag.claims.changes import changes_of
from rag.claims.citing import cite_answer, cite_speaker
from rag.claims.context import sentence_around
from rag.claims.corroboration import corroborating
from rag.claims.merging import Group, distinct, merge
from rag.claims.passing import NEAR_TOLD, NEAR_UNNAMED, passing_readings
from rag.claims.relations import Answering, answering, is_sentence, relation
from rag.claims.sources import sources_of
from rag.claims.testimony import denials, telling_mentions
from rag.reading.asks_speaker import asks_for_speaker
from rag.reading.protocol import Reading
from rag.reading.question_kind import question_kind
from rag.types import Change, Citation, Claim, QuestionKind, Stance
from rag.values.comparing import Relation
from rag.values.names import shipped_aliases
from rag.values.words import plain

MOST_CLAIMS = 5
NEAR = 0.6
NEAR_ELSEWHERE = 0.4
_COPIED_WORDS = 8  # two reports that share a sentence of so many have it from one hand
_PEOPLE = (QuestionKind.WHO, QuestionKind.WHOM)
_COMPARED = (*_PEOPLE, QuestionKind.HOW_MANY, QuestionKind.WHEN)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer is put together from.

    Attributes:
        claims: Best evidence first.
        citations: Numbered from 1 in the order of the claims, each with its own stance and speaker.
        confidence: Of the first claim's best citation; without claims, the highest that any reading had.
        conflict: Whether the reports contradict each other: two claims cannot both be right, or one that a report
            makes is denied; asked for yes or no, whether somebody denies what somebody else claims or blames them for.
        changes: Asked when or how many: what was reported from when to when, if more than one answer was.
        more: How many claims there are besides those shown.
    """

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    confidence: float
    conflict: bool = False
    changes: tuple[Change, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class _Cited:
    """An answer with how its report presents it."""

    answer: Answering
    citation: Citation
    counts: float

    @property
    def found(self) -> ScoredPassage:
        return self.answer.reading.found

    @property
    def denies(self) -> bool:
        return self.citation.stance is Stance.DENIED


@dataclass(frozen=True, slots=True)
class _Position:
    """One claim before it is written down: its citations, the best first, and those of them that speak for it."""

    cited: tuple[_Cited, ...]
    support: tuple[_Cited, ...]
    sources: int
    evidence: float

    @property
    def denied(self) -> bool:
        """Whether nothing but denials speak of it."""
        return self.support[0].denies

    @property
    def unnamed(self) -> bool:
        """Whether it names nobody in particular: "unknown gunmen"."""
        name = self.cited[0].answer.name
        return name is not None and name.nobody

    @property
    def disputed(self) -> bool:
        return len(self.support) < len(self.cited)


def claims_from(
    question: str, readings: Sequence[Reading], threshold: float, aliases: Aliases | None = None
) -> Evidence:
    """The claims that the readings make.

    Readings that pass the threshold and say the same are one claim with several citations: of the same words, figure,
    day or name, in any language (see ``relation`` and ``merge``). A report is cited once for each stance it takes on a
    claim; where it tells it both plainly and as somebody's word, that word comes first. Asked who, a report that is
    read to tell it only plainly is looked through for such words, and every report for a denial by the one who is
    blamed (see ``telling_mentions`` and ``denials``). Further reports of the same event that say the same are cited
    though the reader is less sure of them (see ``corroborating``). Of whole sentences one is taken from a report and
    its copies, since the next one seldom answers otherwise; again a denial is taken besides.

    Claims are ordered by evidence, ``1 - Π (1 - c)`` over their independent sources, where ``c`` is the highest
    confidence among a source's citations (see ``sources_of``; reports that share a sentence are of one source), and
    counts no more than that of a reading that the reader puts before it: the probability that at least one of the
    sources is read rightly, if each errs by itself. Equal ones stand as the reader has them. A denial is no support: it
    counts for a claim only where nothing but denials speak of it, and such claims come last, unless the question asks
    who denies.

    Shown are the first five claims that a citation supports with at least 60 % of the confidence of the first reading,
    or 40 % where it is from a report that no claim before it cites; the others are counted as ``more``. Asked who, more
    are shown that are told as somebody's word (see ``passing_readings``), and who is named stands before "gunmen".

    Of the figures in one sentence the surest is taken: "12 were killed and 30 wounded" answers once how many.

    Args:
        question: In any language.
        readings: The best first.
        threshold: Least confidence of a reading.
        aliases: Names that go together; None for those that ship with the project.

    Returns:
        No claims where no reading passes the threshold.
    """
    kind = question_kind(question)
    known = aliases or shipped_aliases()
    asks_speaker = asks_for_speaker(question)
    passing = passing_readings(readings, threshold, kind in _PEOPLE and not asks_speaker, known)
    passing = (*passing, *corroborating(question, readings, passing, known))
    if not passing:
        return Evidence((), (), max((reading.confidence for reading in readings), default=0.0))
    answers = distinct([answering(reading, place, kind, known) for place, reading in enumerate(passing)])
    if kind is QuestionKind.HOW_MANY:
        answers = _one_figure_of_each_sentence(answers)

    @cache
    def between(one: Answering, other: Answering) -> Relation:
        return relation(one, other, passing)

    cited = _cite(answers, cite_speaker if asks_speaker else cite_answer)
    asks_who = question if kind in _PEOPLE else None
    groups = _one_sentence_of_each_report(merge(answers, between), cited)
    asks_for_denial = attribute(question, "und").stance is Stance.DENIED
    positions = [_position(group, cited, asks_who, asks_for_denial, known) for group in groups]

    unnamed = set().union(*(_reports(position) for position in positions if position.unnamed))

    def order(one: _Position) -> tuple[bool, bool, float, int]:
        # Who is named goes before "gunmen", but not where another report names them and is unsure.
        sure = one.cited[0].answer.reading.confidence >= threshold
        behind = asks_who is not None and (one.unnamed or not (sure or unnamed & _reports(one)))
        return one.denied and not asks_for_denial, behind, -one.evidence, one.cited[0].answer.place

    positions.sort(key=order)
    near = _near(positions, passing[0].confidence)
    shown = near[:MOST_CLAIMS]
    claims, citations = _write(shown)
    return Evidence(
        claims=claims,
        citations=citations,
        confidence=shown[0].support[0].answer.reading.confidence,
        conflict=_contradict(near, between if kind in _COMPARED else None)
        or (kind is QuestionKind.YES_NO and _both_sides(near)),
        changes=changes_of(claims, citations, [each.cited[0].answer.value for each in shown]),
        more=len(positions) - len(shown),
    )


def _cite(answers: Iterable[Answering], cite: Callable[[ScoredPassage, int, int], Citation]) -> dict[int, _Cited]:
    """Each answer cited, by its place."""
    cited = {}
    counts = 1.0
    for answer in answers:
        reading = answer.reading
        counts = min(counts, reading.confidence)
        cited[answer.place] = _Cited(answer, cite(reading.found, reading.start, reading.end), counts)
    return cited


def _near(positions: Sequence[_Position], best: float) -> list[_Position]:
    """The claims that are sure enough beside the surest reading; see ``claims_from``."""
    kept: list[_Position] = []
    seen: set[str] = set()
    for position in positions:
        reports = _reports(position)
        told = position.cited[0].citation.stance is not Stance.REPORTED
        least = NEAR if reports & seen else NEAR_TOLD if told else NEAR_ELSEWHERE
        if told and any(other.unnamed and reports & _reports(other) for other in positions):
            least = NEAR_UNNAMED
        if max(one.answer.reading.confidence for one in position.cited) >= best * least:
            kept.append(position)
            seen |= reports
    return kept


def _reports(position: _Position) -> set[str]:
    return {one.found.document.doc_id for one in position.cited}


def _one_figure_of_each_sentence(answers: Sequence[Answering]) -> list[Answering]:
    kept: list[Answering] = []
    seen: set[tuple[str, int, int]] = set()
    for answer in answers:
        document = answer.reading.found.document
        sentence = (document.doc_id, *sentence_around(document, answer.reading.start, answer.reading.end))
        if sentence not in seen:
            kept.append(answer)
            seen.add(sentence)
    return kept


def _one_sentence_of_each_report(groups: Sequence[Group], cited: dict[int, _Cited]) -> list[Group]:
    """The groups in the reader's order, without sentences from reports that a better sentence was taken from."""
    kept: list[Group] = []
    seen: set[tuple[str, bool]] = set()
    for group in sorted(groups, key=lambda group: group[0].place):
        texts = {(cited[answer.place].found.original_id, cited[answer.place].denies) for answer in group}
        if is_sentence(group[0].reading) and group[0].value is None:
            if texts <= seen:
                continue
            seen |= texts
        kept.append(group)
    return kept


def _position(
    group: Group, cited: dict[int, _Cited], asks_who: str | None, asks_for_denial: bool, aliases: Aliases
) -> _Position:
    once: dict[tuple[str, Stance | None], _Cited] = {}
    first: dict[str, int] = {}
    for answer in group:
        one = cited[answer.place]
        once.setdefault((one.found.document.doc_id, one.citation.stance), one)
        first.setdefault(one.found.document.doc_id, answer.place)

    if asks_who is not None:
        _add_testimony(once, asks_who, aliases)

    def rank(one: _Cited) -> tuple[bool, int, int, int]:
        # Where a report tells it both plainly and as somebody's word, its plain words rest on that word; of words, the
        # actor's own goes before what others say of it.
        told = first[one.found.document.doc_id]
        stance = one.citation.stance
        plainly = 0 if stance is Stance.CLAIMED else 2 if stance is Stance.REPORTED else 1
        return one.denies is not asks_for_denial, told, plainly, one.answer.place

    everything = sorted(once.values(), key=rank)
    affirming = [one for one in everything if not one.denies]
    support = affirming or everything
    if asks_for_denial:
        support = [one for one in everything if one.denies] or everything
    best: dict[str, float] = {}
    for one, source in zip(support, _sources(everything, support), strict=True):
        best[source] = max(best.get(source, 0.0), one.counts)
    missing = 1.0
    for counts in best.values():
        missing *= 1 - counts
    return _Position(tuple(everything), tuple(support), len(best), 1 - missing)


def _add_testimony(once: dict[tuple[str, Stance | None], _Cited], question: str, aliases: Aliases) -> None:
    """Cite what reports that are read to tell it only plainly also tell as somebody's word, and denials in any."""
    told = {doc_id for doc_id, stance in once if stance is not Stance.REPORTED}
    for one in list(once.values()):
        plainly = one.citation.doc_id not in told and one.citation.speaker is None
        for start, end in telling_mentions(one.answer, question):
            citation = cite_answer(one.found, start, end)
            if plainly:
                once.setdefault((citation.doc_id, citation.stance), _Cited(one.answer, citation, one.counts))
        for start, end in denials(one.answer, aliases):
            citation = cite_answer(one.found, start, end)
            if citation.stance is Stance.DENIED:
                once.setdefault((citation.doc_id, citation.stance), _Cited(one.answer, citation, one.counts))
                break


def _sources(everything: Sequence[_Cited], support: Sequence[_Cited]) -> list[str]:
    """The source of each citation; one long sentence in the same words in two reports is of one source."""
    source = sources_of(one.found for one in everything)
    by_sentence: dict[str, str] = {}
    sources = []
    for one in support:
        named = source[one.found.document.doc_id]
        sentence = plain(one.found.document.text[one.citation.sentence_start : one.citation.sentence_end])
        long = len(sentence.split()) >= _COPIED_WORDS
        sources.append(by_sentence.setdefault(sentence, named) if long else named)
    return sources


def _write(positions: Sequence[_Position]) -> tuple[tuple[Claim, ...], tuple[Citation, ...]]:
    claims: list[Claim] = []
    citations: list[Citation] = []
    for position in positions:
        first = len(citations) + 1
        citations += [
            dataclasses.replace(one.citation, number=number) for number, one in enumerate(position.cited, start=first)
        ]
        best = citations[first - 1]
        claims.append(
            Claim(
                answer=best.quote,
                stance=best.stance or Stance.REPORTED,
                speaker=best.speaker,
                citations=tuple(range(first, len(citations) + 1)),
                independent_sources=position.sources,
                disputed=position.disputed,
            )
        )
    return tuple(claims), tuple(citations)


def _contradict(positions: Sequence[_Position], between: Callable[[Answering, Answering], Relation] | None) -> bool:
    """Whether a claim is disputed, or two that are not denied cannot both be right."""
    if any(position.disputed for position in positions):
        return True
    affirmed = [position for position in positions if not position.denied]
    return between is not None and any(
        any(
            between(*sorted((one.answer, other.answer), key=lambda answer: answer.place)) is Relation.DIFFERENT
            for one in mine.support
            for other in theirs.support
        )
        and not _told_together(mine, theirs)
        for mine, theirs in combinations(affirmed, 2)
    )


def _both_sides(positions: Sequence[_Position]) -> bool:
    """Whether somebody denies, and somebody else claims, blames or suspects."""
    stances = {position.cited[0].citation.stance for position in positions}
    return Stance.DENIED in stances and not stances <= {Stance.DENIED, Stance.REPORTED}


def _told_together(mine: _Position, theirs: _Position) -> bool:
    """Whether one sentence names both in the same voice: "the army blamed the ELN and the FARC"."""
    return any(
        one.answer.name is not None
        and one.found.document.doc_id == other.found.document.doc_id
        and one.citation.sentence_start == other.citation.sentence_start
        and one.citation.stance is other.citation.stance
        for one in mine.support
        for other in theirs.support
    )
