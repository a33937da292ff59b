"""Questions and rows with only what a measure looks at."""

from collections.abc import Mapping, Sequence

from eval.datasets.types import Question
from eval.measures.types import Figure
from eval.running.rows import AnswerRow, ClaimRow, FoundDocument, FoundPassage, JudgedCitation, Row
from rag.types import Stance


def question(
    query_id: str = "q1",
    *answers: str,
    lang: str = "en",
    answerable: bool | None = None,
    relevant: Mapping[str, int] | None = None,
    attribution: Sequence[str] = (),
) -> Question:
    return Question(
        query_id,
        "Who did it?",
        relevant=relevant or {},
        answers=answers,
        answer_lang=lang,
        answerable=answerable,
        attribution=tuple(attribution),
    )


def answer(
    text: str | None,
    withheld: str | None = None,
    confidence: float = 0.5,
    claims: Sequence[ClaimRow] = (),
    citations: Sequence[JudgedCitation] = (),
    read_ms: float = 1.0,
    total_ms: float = 2.0,
) -> AnswerRow:
    return AnswerRow(text, withheld, confidence, tuple(claims), tuple(citations), 1.0, read_ms, total_ms)


def claim(text: str, stance: Stance = Stance.REPORTED, citations: Sequence[int] = (1,)) -> ClaimRow:
    return ClaimRow(text, stance, None, tuple(citations))


def citation(
    number: int,
    doc_id: str,
    verbatim: bool = True,
    relevant: bool = False,
    holds: bool = False,
    stance: Stance | None = None,
) -> JudgedCitation:
    return JudgedCitation(number, doc_id, f"{doc_id}#0", 0, 5, "words", verbatim, relevant, holds, stance)


def documents(*doc_ids: str) -> tuple[FoundDocument, ...]:
    """In this order, all with the same score."""
    return tuple(FoundDocument(doc_id, 0.5) for doc_id in doc_ids)


def passages(*found: tuple[str, str, bool]) -> tuple[FoundPassage, ...]:
    """Of (passage id, document id, whether it covers an answer), in this order, all with the same score."""
    return tuple(FoundPassage(name, doc_id, 0, 9, 0.5, covers) for name, doc_id, covers in found)


def asked(query_id: str, given: AnswerRow | None, without: AnswerRow | None = None) -> Row:
    return Row(query_id, answer=given, without=without)


def by_name(figures: Sequence[Figure]) -> dict[str, Figure]:
    assert len({figure.name for figure in figures}) == len(figures)
    return {figure.name: figure for figure in figures}
