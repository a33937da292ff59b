"""Datasets in SQuAD's form, 1.1 and 2.0: each context becomes a report."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, ValidationError

from eval.datasets.identity import name_of
from eval.datasets.reading import Id, Loaded, Record, SomeText, Text, explain, read_text
from eval.datasets.types import DatasetError, DocumentCorpus, GoldSpan, Question
from index.loading import detect_language
from index.loading.language import contradicts
from index.types import Document

_FORMS = {
    "data": "a list of articles, as in SQuAD 1.1 or 2.0",
    "title": "a text",
    "paragraphs": 'a list of {"context": "…", "qas": […]}',
    "context": "a text that is not empty",
    "qas": 'a list of {"id": "…", "question": "…", "answers": […]}',
    "id": "a text that is not empty, or a whole number",
    "question": "a text that is not empty",
    "answers": 'a list of {"text": "…", "answer_start": 0}',
    "text": "a text that is not empty",
    "answer_start": "a number of characters, 0 or more",
    "is_impossible": "true or false",
    "": 'an object such as {"data": […]}, as in SQuAD 1.1 or 2.0',
}


class _Answer(Record):
    text: SomeText
    answer_start: int = Field(ge=0)


class _Asked(Record):
    id: Id
    question: SomeText
    answers: list[_Answer] = Field(default_factory=list)
    is_impossible: bool = False


class _Paragraph(Record):
    context: SomeText
    qas: list[_Asked] = Field(default_factory=list)


class _Article(Record):
    title: Text = ""
    paragraphs: list[_Paragraph]


class _File(Record):
    data: list[_Article]


class _Place(NamedTuple):
    """A paragraph and where it stands.

    Attributes:
        where: Such as ``data[3].paragraphs[2]``.
        doc_id: The id of its document.
        paragraph: The paragraph.
    """

    where: str
    doc_id: str
    paragraph: _Paragraph


def load_squad(path: Path) -> Loaded:
    """Load a SQuAD file.

    A context is the document ``NAME-ARTICLE-PARAGRAPH``, counted from 0; contexts that are equal are one document. It
    is relevant to the questions asked of it, those without answer included. Offsets are taken as they are: they are
    checked where the questions are asked (``repair_spans``). Languages are told by article, from its contexts and from
    its questions, since one question or sentence is often too short to tell.

    Args:
        path: The JSON file.

    Returns:
        Its questions, and its contexts as reports.

    Raises:
        DatasetError: The file cannot be read or is not in SQuAD's form; names the place in it.
    """
    articles = _read(path)
    documents: dict[str, Document] = {}
    questions: dict[str, Question] = {}
    for article, places in zip(articles, _places(articles, name_of(path)), strict=True):
        lang = detect_language("\n".join(paragraph.context for paragraph in article.paragraphs))
        asked_lang = detect_language("\n".join(asked.question for place in places for asked in place.paragraph.qas))
        for where, doc_id, paragraph in places:
            made = Document(doc_id, paragraph.context, article.title, lang=_context_language(paragraph.context, lang))
            document = documents.setdefault(paragraph.context, made)
            for number, asked in enumerate(paragraph.qas):
                place = f"{path}: {where}.qas[{number}]"
                if asked.id in questions:
                    raise DatasetError(f"{place}: the id {asked.id} occurs twice; give each question its own")
                questions[asked.id] = _question(asked, document, asked_lang, place)
    if not questions:
        raise DatasetError(f"{path} holds no questions; each paragraph lists its own under qas")
    return Loaded(tuple(questions.values()), DocumentCorpus(tuple(documents.values())))


def _read(path: Path) -> list[_Article]:
    try:
        return _File.model_validate(json.loads(read_text(path))).data
    except ValidationError as error:
        raise DatasetError(f"{path}: {explain(error, _FORMS)}; correct the file") from error
    except json.JSONDecodeError as error:
        message = f"{path}:{error.lineno}: not JSON ({error.msg}, column {error.colno}); correct the file"
        raise DatasetError(message) from error
    except (ValueError, RecursionError) as error:
        raise DatasetError(f"{path}: not JSON that can be read; give a file in the form of SQuAD") from error


def _places(articles: Sequence[_Article], name: str) -> list[list[_Place]]:
    """The paragraphs of each article; ids are padded so that they sort as the paragraphs stand."""
    wide = max(2, len(str(len(articles) - 1)))
    deep = max([2, *(len(str(len(article.paragraphs) - 1)) for article in articles)])
    return [
        [
            _Place(f"data[{first}].paragraphs[{second}]", f"{name}-{first:0{wide}d}-{second:0{deep}d}", paragraph)
            for second, paragraph in enumerate(article.paragraphs)
        ]
        for first, article in enumerate(articles)
    ]


def _context_language(context: str, lang: str) -> str:
    """The article's language, unless the context is plainly in another."""
    return detect_language(context) if contradicts(lang, context) else lang


def _question(asked: _Asked, document: Document, lang: str, place: str) -> Question:
    if not (asked.answers or asked.is_impossible):
        raise DatasetError(f"{place}: answers is empty; give an answer, or is_impossible: true")
    answers = () if asked.is_impossible else tuple(asked.answers)
    return Question(
        query_id=asked.id,
        text=asked.question,
        lang=_context_language(asked.question, lang),
        relevant={document.doc_id: 1},
        answers=tuple(dict.fromkeys(answer.text for answer in answers)),
        answer_lang=document.lang,
        answerable=not asked.is_impossible,
        spans=tuple(dict.fromkeys(GoldSpan(document.doc_id, each.answer_start, each.text) for each in answers)),
    )
