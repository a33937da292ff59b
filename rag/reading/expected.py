"""The kind of answer that a question expects, for the features of readers."""

from enum import StrEnum

from rag.reading.question_kind import question_kind
from rag.types import QuestionKind


class Expected(StrEnum):
    """The kind of answer a question expects."""

    PERSON = "person"
    TIME = "time"
    PLACE = "place"
    NUMBER = "number"
    OTHER = "other"


_EXPECTED = {
    QuestionKind.WHO: Expected.PERSON,
    QuestionKind.WHOM: Expected.PERSON,
    QuestionKind.WHEN: Expected.TIME,
    QuestionKind.WHERE: Expected.PLACE,
    QuestionKind.HOW_MANY: Expected.NUMBER,
}


def expected_answer(question: str) -> Expected:
    """The kind of answer a question expects.

    Args:
        question: In any of the languages of ``question_kinds.toml``.

    Returns:
        ``Expected.OTHER`` where it asks for none of the four.

    Examples:
        >>> expected_answer("كم عدد القتلى؟"), expected_answer("Who carried out the attack?")
        (<Expected.NUMBER: 'number'>, <Expected.PERSON: 'person'>)
    """
    return _EXPECTED.get(question_kind(question), Expected.OTHER)
