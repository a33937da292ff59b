"""The languages of questions and of their gold answers."""

from collections.abc import Sequence

from index.loading import detect_language
from index.loading.language import contradicts, normalise_language


def question_language(declared: str | None, text: str) -> str:
    """The language of a question: as declared, else as its letters tell.

    Args:
        declared: A language in any spelling, or None.
        text: The question.

    Returns:
        An ISO 639-1 code, or "und".

    >>> question_language("Arabic", "من؟"), question_language(None, "Who attacked the bridge at Rasvina?")
    ('ar', 'en')
    >>> question_language(None, "Who?")
    'und'
    """
    return detect_language(text) if declared is None else normalise_language(declared) or "und"


def answer_language(declared: str | None, text: str, lang: str, answers: Sequence[str]) -> str:
    """The language that gold answers are normalised in.

    Args:
        declared: As the dataset has it, or None.
        text: The question.
        lang: The question's ISO 639-1 code.
        answers: The gold answers.

    Returns:
        As declared; else "ar" for answers in Arabic script to a question in another; else the question's language.

    >>> answer_language(None, "Who did it?", "en", ["تنظيم الدولة"]), answer_language(None, "Who?", "en", ["Zarfan"])
    ('ar', 'en')
    >>> answer_language(None, "چه کسی؟", "fa", ["تنظيم الدولة"])
    'fa'
    """
    if declared is not None:
        return normalise_language(declared) or "und"
    if not answers or not contradicts("ar", text):
        return lang
    return "ar" if detect_language(" ".join(answers), among=("ar", lang)) == "ar" else lang
