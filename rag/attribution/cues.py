"""Cues: the words that present a claim, the negations that cancel them, and the clauses they stand in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.attribution.lexicon import Lexicon, Side
from rag.types import Stance

_NEGATION_REACH = 4
_QUESTION_REACH = 40  # characters of "it is not known who …" in which a cue is still of that question
_PAUSE = frozenset(",،;؛:.")
# Commas and full stops inside numbers and abbreviations ("1,500", "Col. Lopez", "U.S.") part nothing.
_SOFT = re.compile(r"[,،](?!\d)|—|(?<!\S)-{1,2}(?!\S)|:(?!\d)")
_HARD = re.compile(r"[;؛!?؟…]|(?<=\w{4})\.(?!\w)|\.$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of folded text between two boundaries.

    Attributes:
        start: First character.
        end: One past the last.
        hung: Whether it hangs on the clause before it (a comma, "which"), rather than standing by itself ("but").
        relative: Whether a relative word opens it.
    """

    start: int
    end: int
    hung: bool
    relative: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that present a claim.

    Attributes:
        stance: The stance they tell; ``Stance.REPORTED`` for a speech verb.
        side: Where the words that name the holder stand.
        start: First character in the folded text.
        end: One past the last.
        clause: Number of the clause they stand in.
    """

    stance: Stance
    side: Side
    start: int
    end: int
    clause: int


def find_cues(text: str, lexicon: Lexicon) -> tuple[list[Cue], list[Clause]]:
    """Find the cues of a folded text that are not negated, and its clauses.

    A negated claim or speech verb, and a negated denial of the fact, say nothing certain. A negated claim of
    responsibility and a negated speech verb are dropped, which leaves the sentence ``reported``. A negated accusation,
    suspicion or denial ("did not blame", "is not believed", "did not deny") becomes ``suspected``: somebody is named,
    and that is never a plain report.

    Args:
        text: Folded text.
        lexicon: The language's cue words.

    Returns:
        The cues and the clauses, each in the order of the text.
    """
    found = _longest_first(text, lexicon)
    clauses = split_clauses(text, found, lexicon)
    cues = []
    for cue in found:
        number = next(i for i, clause in enumerate(clauses) if cue.start < clause.end)
        if not _is_negated(text, cue, clauses[number], lexicon):
            cues.append(replace(cue, clause=number))
        elif cue.stance not in (Stance.CLAIMED, Stance.REPORTED):
            cues.append(replace(cue, clause=number, stance=Stance.SUSPECTED))
    return cues, clauses


def says_nobody(text: str, lexicon: Lexicon) -> bool:
    """Whether a folded text says that nobody claimed responsibility, or that it is not known who did it.

    False where it presents a claim, an accusation or a suspicion besides.
    """
    found = _longest_first(text, lexicon)
    clauses = split_clauses(text, found, lexicon)
    unknown = [match.span() for match in lexicon.unknown.finditer(text)]
    presented = [
        cue
        for cue in found
        if cue.stance is not Stance.REPORTED
        and not any(start < cue.end and _is_of_question(text[end : cue.start], lexicon) for start, end in unknown)
    ]
    claims = any(cue.stance is Stance.CLAIMED for cue in presented)
    return (bool(unknown) or claims) and all(
        _is_negated(text, cue, next(clause for clause in clauses if cue.start < clause.end), lexicon)
        for cue in presented
    )


def _is_of_question(between: str, lexicon: Lexicon) -> bool:
    """Whether what follows "it is not known who …" after these words is still that question: "was behind it"."""
    near = len(between) <= _QUESTION_REACH and _PAUSE.isdisjoint(between)
    return near and lexicon.contrast.search(between) is None


def _longest_first(text: str, lexicon: Lexicon) -> list[Cue]:
    matches = [
        Cue(stance, side, match.start(), match.end(), 0)
        for stance, side, pattern in lexicon.cues
        for match in pattern.finditer(text)
        if match.end() > match.start()
    ]
    kept: list[Cue] = []
    # The longest match wins; between equals the lexicon's order of stances decides.
    for cue in sorted(matches, key=lambda c: c.start - c.end):
        if all(cue.end <= other.start or cue.start >= other.end for other in kept):
            kept.append(cue)
    return sorted(kept, key=lambda c: c.start)


def split_clauses(text: str, cues: Sequence[Cue], lexicon: Lexicon) -> list[Clause]:
    """Split a folded text into clauses that tile it, each boundary mark closing the clause before it.

    Args:
        text: Folded text.
        cues: Its cues; no boundary falls inside one.
        lexicon: The language's words that open a clause.

    Returns:
        The clauses, at least one.
    """
    # Boundary offset -> (hung, relative); a word that stands by itself overrules a comma before it.
    cuts: dict[int, tuple[bool, bool]] = {}
    for match in _SOFT.finditer(text):
        cuts[match.end()] = (True, False)
    for match in lexicon.relative.finditer(text):
        cuts[match.start()] = (True, True)
    for match in _HARD.finditer(text):
        cuts[match.end()] = (False, False)
    for match in lexicon.contrast.finditer(text):
        cuts[match.start()] = (False, False)
    for left, right in pairwise(cues):
        between = list(lexicon.coordinator.finditer(text, left.end, right.start + 1))
        if between:
            cuts[between[-1].start()] = (False, False)
    for cue in cues:
        for offset in range(cue.start + 1, cue.end):
            cuts.pop(offset, None)
    clauses: list[Clause] = []
    start, hung, relative = 0, False, False
    for offset in sorted(cuts):
        if text[start:offset].strip(" ,،\"'«»)]—-"):
            clauses.append(Clause(start, offset, hung, relative))
            start, (hung, relative) = offset, cuts[offset]
        else:
            relative |= cuts[offset][1]
            hung &= cuts[offset][0]
    if start < len(text) or not clauses:
        clauses.append(Clause(start, len(text), hung, relative))
    return clauses


def _is_negated(text: str, cue: Cue, clause: Clause, lexicon: Lexicon) -> bool:
    if lexicon.negated.search(text, cue.start, cue.end):
        return True
    if any(_near(text[match.end() : cue.start]) for match in lexicon.negation.finditer(text, clause.start, cue.start)):
        return True
    after = lexicon.negation_after.finditer(text, cue.end, clause.end)
    return any(_near(text[cue.end : match.start()]) for match in after)


def _near(between: str) -> bool:
    return len(between.split()) <= _NEGATION_REACH
