"""What a replay found, and how it is told."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from rag.serialise import Json
from rag.visible import plain


class Verdict(StrEnum):
    """``IDENTICAL``: passages, scores, claims and citations. ``SAME_EVIDENCE``: all but scores. Else ``DIFFERENT``."""

    IDENTICAL = "identical"
    SAME_EVIDENCE = "same_evidence"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A passage that is new, gone or moved; ``before`` and ``after`` are its ranks, None where it is not read."""

    kind: str
    doc_id: str
    start: int
    end: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """A citation held against the index as it is now.

    Attributes:
        number: Of the citation.
        doc_id: Its report.
        document: "same", "changed" (another hash) or "gone".
        holds: Whether the quote, and the speaker's words, are still at their offsets.
    """

    number: int
    doc_id: str
    document: str
    holds: bool


@dataclass(frozen=True, slots=True)
class ReplayedTurn:
    """A question asked again.

    Attributes:
        question: The question that was searched.
        same_passages: Whether the same passages came back in the same order.
        same_scores: Whether with the same ranks and scores.
        same_answer: Whether claims and citations are the same; None where a language model wrote, which cannot be
            replayed.
        passages: Which passages differ.
        answer: What of claims and citations differs, a line each.
        quotes: Every citation of the pack.
    """

    question: str
    same_passages: bool
    same_scores: bool
    same_answer: bool | None
    passages: tuple[PassageChange, ...]
    answer: tuple[str, ...]
    quotes: tuple[QuoteCheck, ...]

    @property
    def verdict(self) -> Verdict:
        """The turn's own."""
        if not self.same_passages or self.same_answer is False or not all(quote.holds for quote in self.quotes):
            return Verdict.DIFFERENT
        return Verdict.IDENTICAL if self.same_scores else Verdict.SAME_EVIDENCE


@dataclass(frozen=True, slots=True)
class Replay:
    """A pack asked again.

    Attributes:
        same_index: Whether the index has the same fingerprint.
        same_model: Whether its embedding model has.
        same_reader: Whether the reader is the same.
        same_settings: Whether the search works alike.
        same_version: Whether the program is of the same version.
        turns: In the pack's order.
    """

    same_index: bool
    same_model: bool
    same_reader: bool
    same_settings: bool
    same_version: bool
    turns: tuple[ReplayedTurn, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of the turns'."""
        order = list(Verdict)
        return max((turn.verdict for turn in self.turns), key=order.index)


def replay_to_json(replay: Replay) -> Json:
    """The object that ``mustanad replay --json`` prints."""
    fields = asdict(replay)
    for turn, shown in zip(replay.turns, fields["turns"], strict=True):
        shown["verdict"] = turn.verdict.value
    return {"verdict": replay.verdict.value, **fields}


_VERDICTS = {
    Verdict.IDENTICAL: "Identical: the same passages, scores, claims and citations come back.",
    Verdict.SAME_EVIDENCE: "Same evidence, other scores: the same passages come back in the same order.",
    Verdict.DIFFERENT: "Different: see what differs.",
}


def replay_lines(replay: Replay) -> list[str]:
    """A replay for a person to read, a line each."""
    lines = [_VERDICTS[replay.verdict]]
    for name, same in (
        ("index", replay.same_index), ("embedding model", replay.same_model), ("reader", replay.same_reader),
        ("search settings", replay.same_settings), ("mustanad version", replay.same_version),
    ):  # fmt: skip
        lines.append(f"  {name}: {'the same' if same else 'another'}")
    for number, turn in enumerate(replay.turns, start=1):
        lines.append(f"{number}. {_line(turn.question)}: {turn.verdict.value.replace('_', ' ')}")
        if turn.same_answer is None:
            lines.append("   written by a language model, which cannot be replayed: only the evidence is compared")
        for change in turn.passages:
            ranks = f"rank {change.before or '–'} → {change.after or '–'}"
            lines.append(f"   passage {change.kind}: {_line(change.doc_id)}[{change.start}:{change.end}], {ranks}")
        lines.extend(f"   {_line(one)}" for one in turn.answer)
        for quote in turn.quotes:
            if quote.document != "same" or not quote.holds:
                held = "its words are still there" if quote.holds else "its words are not there any more"
                lines.append(f"   citation [{quote.number}]: report {_line(quote.doc_id)} is {quote.document}; {held}")
    return lines


def _line(text: str) -> str:
    return " ".join(plain(text).split())
