"""The messages that a language model is sent."""

import secrets
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.loading.language import NEWS_LANGUAGES, detect_language
from index.types import ScoredPassage
from rag.conversation.types import Turn
from rag.llm.data_text import as_data

ABSTENTION = "NO_ANSWER_IN_PASSAGES"
"""What a model writes when the passages hold no answer."""

_NO_NAME = "whatever that is"
_SHOWN_TURNS = 6
_FAMILIAR = ("ar", "de", "en", "es", "fa", "fr", "ru", "tr")


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent.

    Attributes:
        system: What the model is told.
        user: The question and the data.
        lang: ISO 639-1 code of the language to answer in, or "und".
    """

    system: str
    user: str
    lang: str


def answering_prompt(
    question: str, passages: Sequence[ScoredPassage], draw: Callable[[], str] = lambda: secrets.token_hex(8)
) -> Prompt:
    """The prompt that asks for an answer from passages.

    Args:
        question: In any language.
        passages: Numbered from 1 in this order.
        draw: Draws a fence; drawn again while any text holds it.

    Returns:
        The prompt, whose passages stand one a line between two lines with the fence.
    """
    lines = [_numbered(number, found) for number, found in enumerate(passages, start=1)]
    fence = _fence(draw, [question, *lines])
    lang = language_of(question, [found.document.lang for found in passages])
    system = _templates()["writing"].format(fence=fence, abstention=ABSTENTION, language=language_name(lang))
    data = "\n".join([f"<<<PASSAGES {fence}>>>", *lines, f"<<<END {fence}>>>"])
    return Prompt(system.strip(), f"{data}\n\nQuestion: {as_data(question)}", lang)


def standalone_prompt(
    history: Sequence[Turn], question: str, draw: Callable[[], str] = lambda: secrets.token_hex(8)
) -> Prompt:
    """The prompt that asks for a question that stands alone; arguments and fence as for ``answering_prompt``."""
    lines: list[str] = []
    for turn in history[-_SHOWN_TURNS:]:
        lines.append(f"Question: {as_data(turn.searched)}")
        lines.append(f"Answer: {as_data(turn.answer) if turn.answer else 'none'}")
    fence = _fence(draw, [question, *lines])
    lang = language_of(question, [])
    system = _templates()["standalone"].format(fence=fence, language=language_name(lang))
    data = "\n".join([f"<<<CONVERSATION {fence}>>>", *lines, f"<<<END {fence}>>>"])
    return Prompt(system.strip(), f"{data}\n\nLast question: {as_data(question)}", lang)


def language_of(text: str, langs: Sequence[str]) -> str:
    """The language of a question or an answer, among the likely ones: to tell all apart takes seconds and a gigabyte.

    Args:
        text: The text.
        langs: ISO 639-1 codes of the passages' languages.

    Returns:
        An ISO 639-1 code, or "und".

    >>> language_of("من نفذ الهجوم؟", ["en"]), language_of("Who attacked the bridge in Tolnara?", ["ar"])
    ('ar', 'en')
    """
    return detect_language(text, [lang for lang in (*_FAMILIAR, *langs) if lang in NEWS_LANGUAGES])


def language_name(lang: str) -> str:
    """The English name of a language, or words that stand for it where there is none.

    >>> language_name("fa"), language_name("und")
    ('Persian', 'whatever that is')
    """
    return _names().get(lang, _NO_NAME)


def _numbered(number: int, found: ScoredPassage) -> str:
    document = found.document
    parts = [
        f"title: {as_data(document.title)}" if document.title else "",
        f"source: {as_data(document.source)}" if document.source else "",
        f"published: {document.published.isoformat()}" if document.published else "",
    ]
    head = "; ".join(part for part in parts if part)
    return f"[{number}] " + (f"({head}) " if head else "") + f"text: {as_data(found.passage.text)}"


def _fence(draw: Callable[[], str], texts: Sequence[str]) -> str:
    fence = draw()
    while any(fence in text for text in texts):
        fence = draw()
    return fence


@cache
def _templates() -> dict[str, str]:
    texts: dict[str, str] = tomllib.loads(files("rag.llm").joinpath("prompt.toml").read_text(encoding="utf-8"))
    return texts


@cache
def _names() -> dict[str, str]:
    tables = tomllib.loads(files("rag.llm").joinpath("languages.toml").read_text(encoding="utf-8"))
    names: dict[str, str] = tables["names"]
    return names
