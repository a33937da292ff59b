"""What an engine gave for one question: the row that every measure is computed from, and that is written to disk."""

from dataclasses import dataclass

from rag.types import Stance


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document in a result list.

    Attributes:
        doc_id: The document.
        score: The engine's score of its best passage.
    """

    doc_id: str
    score: float


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage in a result list.

    Attributes:
        passage_id: The passage.
        doc_id: Its document.
        start: First character in the document.
        end: One past the last.
        score: The engine's score.
        covers: Whether it holds a gold answer, whole; see ``eval.running.gold``.
        excerpt: Its first characters, for people; "" beyond the first places.
    """

    passage_id: str
    doc_id: str
    start: int
    end: int
    score: float
    covers: bool
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class JudgedCitation:
    """A citation of an answer, judged against document and gold.

    Attributes:
        number: As shown.
        doc_id: The document.
        passage_id: The passage.
        start: First character of the quote.
        end: One past the last.
        quote: The words.
        verbatim: Whether ``document.text[start:end]`` is the quote.
        relevant: Whether the document is judged relevant.
        holds_answer: Whether its passage holds a gold answer.
        stance: How this report presents the claim, where citations have a stance of their own; else None.
    """

    number: int
    doc_id: str
    passage_id: str
    start: int
    end: int
    quote: str
    verbatim: bool
    relevant: bool
    holds_answer: bool
    stance: Stance | None = None

    @property
    def supported(self) -> bool:
        """Whether the passage holds a gold answer or comes from a relevant document."""
        return self.relevant or self.holds_answer


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim of an answer.

    Attributes:
        answer: In the report's words.
        stance: How it is presented.
        speaker: Who says so, or None.
        citations: Numbers of its citations.
    """

    answer: str
    stance: Stance
    speaker: str | None
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An engine's answer to one question.

    Attributes:
        text: The answer, or None when it abstained.
        withheld: What it would have answered, when it abstained; None where it would not tell or read nothing.
        confidence: From 0 to 1.
        claims: Best first; empty when it abstained.
        citations: Of the claims; empty when it abstained (the nearest passages rest no claim).
        retrieve_ms: Milliseconds spent searching.
        read_ms: Milliseconds spent reading.
        total_ms: Milliseconds in all.
    """

    text: str | None
    withheld: str | None
    confidence: float
    claims: tuple[ClaimRow, ...]
    citations: tuple[JudgedCitation, ...]
    retrieve_ms: float
    read_ms: float
    total_ms: float

    @property
    def abstained(self) -> bool:
        """Whether no answer was given."""
        return self.text is None

    @property
    def best_text(self) -> str | None:
        """The answer, or what it would have been."""
        return self.text if self.text is not None else self.withheld


@dataclass(frozen=True, slots=True)
class Row:
    """All that one question gave.

    Attributes:
        query_id: The question.
        documents: Best first, up to 100; empty where searching was left out.
        passages: Best first, up to 100.
        units: How many relevant documents hold a gold answer: what passage-level recall divides by.
        search_ms: Milliseconds of the search for passages.
        answer: The answer, or None where asking was left out.
        without: The answer to the same question with its relevant documents left out, when no document answers it;
            None where that was not asked.
    """

    query_id: str
    documents: tuple[FoundDocument, ...] = ()
    passages: tuple[FoundPassage, ...] = ()
    units: int = 0
    search_ms: float = 0.0
    answer: AnswerRow | None = None
    without: AnswerRow | None = None
