"""What an answer is made of: claims, who says them, and citations that are the report's own words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.types import Bridged, ScoredPassage


class Stance(StrEnum):
    """How the report presents a claim.

    ``REPORTED``: as a fact, in the report's own voice or a source's. ``CLAIMED``: the actor says so of itself.
    ``ACCUSED``: someone blames the actor. ``DENIED``: it is denied. ``SUSPECTED``: it is thought or presumed.
    """

    REPORTED = "reported"
    CLAIMED = "claimed"
    ACCUSED = "accused"
    DENIED = "denied"
    SUSPECTED = "suspected"


class QuestionKind(StrEnum):
    """What a question asks for, which decides what it is answered with."""

    WHO = "who"
    WHOM = "whom"
    WHEN = "when"
    WHERE = "where"
    HOW_MANY = "how_many"
    WHAT = "what"
    WHY = "why"
    HOW = "how"
    YES_NO = "yes_no"
    OVERVIEW = "overview"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Attribution:
    """The stance of a stretch of text, and who says so.

    Attributes:
        stance: How the claim is presented.
        speaker: Start and end, in the same text the stance was read from, of the words that name who says so;
            None where the text does not say.
    """

    stance: Stance
    speaker: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a report: ``quote == document.text[start:end]``, exact to the character.

    Attributes:
        number: 1-based number shown as [1].
        doc_id: The report.
        passage_id: The passage it was found in.
        start: First character of the quote in the report.
        end: One past its last character.
        quote: The characters themselves.
        title: The report's title.
        source: Who published it.
        published: When, or None.
        url: Where, or None.
        lang: The report's language.
        copy_of: The doc_id of the report that the report is a copy of, or None.
        stance: How the report presents the quote as an answer; None for a passage that answers nothing.
        speaker: The report's words that name who says so, or None where it does not say.
        speaker_start: First character of these words in the report, or None.
        speaker_end: One past their last character, or None.
        sentence_start: First character of the sentence that the quote stands in, or None for a whole passage.
        sentence_end: One past its last character, or None.
    """

    number: int
    doc_id: str
    passage_id: str
    start: int
    end: int
    quote: str
    title: str
    source: str
    published: date | None
    url: str | None
    lang: str
    copy_of: str | None = None
    stance: Stance | None = None
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    sentence_start: int | None = None
    sentence_end: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One answer that the reports give.

    Attributes:
        answer: The answer, in a report's words.
        stance: How its best citation presents it: a denial only where all of them are, or the question asks who denies;
            plain only where no other citation from the same report tells it as somebody's word.
        speaker: That citation's speaker: the words of the report that name who says so, or None.
        citations: Numbers of the citations it rests on, the best first; never empty. Each has its own stance.
        independent_sources: How many sources say it; reports of one source, and reports that are copies of one text,
            count once. Where some citations are denials, those that are none count.
        disputed: Whether some of its citations are denials and others are not.
    """

    answer: str
    stance: Stance
    speaker: str | None
    citations: tuple[int, ...]
    independent_sources: int
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A figure or day as it was reported over a stretch of time, between other figures or days.

    Attributes:
        answer: The claim's answer, in a report's words.
        value: The figure, with ``>=``, ``<=`` or ``~`` before a bound; or the day in ISO 8601, as far as it is told.
        first: The first day on which reports published it.
        last: The last one.
        citations: Numbers of the citations of those reports.
    """

    answer: str
    value: str
    first: date
    last: date
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence that a language model wrote, and whether the reports say so.

    Attributes:
        text: The sentence, without citation marks.
        citations: Numbers of the citations it rests on; empty where it is not supported.
        supported: Whether the words it cites say it; a sentence that is not supported is never shown as a fact.
        reason: Why it is not supported; None where it is.
    """

    text: str
    citations: tuple[int, ...]
    supported: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds spent on a question."""

    retrieve: float
    read: float
    total: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, or an abstention.

    Attributes:
        question: The question as asked.
        text: The answer, or None when it abstains.
        abstained: True when the reports hold no sufficient evidence.
        confidence: Calibrated probability in [0, 1] that the answer is right.
        engine: Which reader answered ("extractive", or an LLM's name).
        claims: What the reports say, best evidence first; empty when it abstains.
        withheld: When it abstains, what it would have quoted had the evidence sufficed; for measuring how well it
            abstains, never to be shown as an answer. None when it answers, or nothing was read.
        citations: The words the claims rest on; when it abstains, the nearest passages.
        passages: The passages that were read, best first, for showing context.
        timings_ms: Milliseconds spent.
        kind: What the question asks for.
        bridged: What the question's names also stood for in the search.
        searched: The question that was searched: in a conversation a follow-up is made whole first. Left empty, it
            becomes the question as asked.
        notes: What a reader should know of how the answer came about, one clear line each.
        conflict: Whether the reports contradict each other: two claims cannot both be right, or one is denied.
        changes: Asked when or how many: what was reported from when to when, where that changed; else empty.
        more: How many claims there are besides those shown.
        sentences: What a language model wrote, sentence by sentence, those marked that the reports do not support;
            empty where none wrote.
    """

    question: str
    text: str | None
    abstained: bool
    confidence: float
    engine: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    passages: tuple[ScoredPassage, ...]
    timings_ms: Timings
    withheld: str | None = None
    kind: QuestionKind = QuestionKind.OTHER
    bridged: tuple[Bridged, ...] = ()
    searched: str = ""
    notes: tuple[str, ...] = ()
    conflict: bool = False
    changes: tuple[Change, ...] = ()
    more: int = 0
    sentences: tuple[WrittenSentence, ...] = ()

    def __post_init__(self) -> None:
        if not self.searched:
            object.__setattr__(self, "searched", self.question)
