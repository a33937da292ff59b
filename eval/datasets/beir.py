"""Datasets in BEIR's form: ``queries.jsonl``, ``qrels/test.tsv``, and ``corpus.jsonl`` or plain reports beside them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from eval.datasets.language import answer_language, question_language
from eval.datasets.reading import Id, Loaded, Record, SomeText, Text, explain, read_lines
from eval.datasets.trec import read_qrels
from eval.datasets.types import Corpus, DatasetError, FileCorpus, GoldSpan, Question
from index.loading import SourceFile, discover

QUERIES = "queries.jsonl"

_FORMS = {
    "_id": 'a text or a whole number, such as "q1"',
    "text": "a text that is not empty",
    "metadata": "an object",
    "lang": 'the code of a language, such as "ar"',
    "answer_lang": 'the code of a language, such as "ar"',
    "answers": "a list of texts, none empty",
    "answerable": "true or false",
    "attribution": "a list of texts",
    "spans": 'a list of {"doc_id": "…", "start": 0, "text": "…"}',
    "doc_id": "the id of a document",
    "start": "a number of characters, 0 or more",
    "": 'an object such as {"_id": "…", "text": "…"}',
}


def _without_nulls(value: object) -> object:
    """Metadata where null is as good as absent."""
    if value is None:
        return {}
    return {key: entry for key, entry in value.items() if entry is not None} if isinstance(value, dict) else value


class _Span(Record):
    doc_id: SomeText
    start: int = Field(ge=0)
    text: SomeText


class _Metadata(Record):
    lang: Text | None = None
    answer_lang: Text | None = None
    answers: list[SomeText] = Field(default_factory=list)
    answerable: bool | None = None
    spans: list[_Span] = Field(default_factory=list)
    attribution: list[Text] = Field(default_factory=list)


class _Row(Record):
    query_id: Id = Field(alias="_id")
    text: SomeText
    metadata: Annotated[_Metadata, BeforeValidator(_without_nulls)] = _Metadata()


def load_beir(folder: Path) -> Loaded:
    """Load a BEIR folder, or a folder of plain reports with a ``queries.jsonl``.

    Every question is kept, judged or not. Without ``corpus.jsonl``, ``qrels/test.tsv`` may be missing where a question
    says whether it has an answer: then nothing is judged.

    Args:
        folder: The folder.

    Returns:
        Its questions and reports.

    Raises:
        DatasetError: A file is missing, or a line is not what it should be.
    """
    questions = read_queries(folder / QUERIES)
    qrels = folder / "qrels" / "test.tsv"
    if qrels.exists():
        questions = with_judgements(questions, read_qrels(qrels), qrels)
    elif (folder / "corpus.jsonl").exists() or not has_answers(questions):
        raise DatasetError(
            f"{qrels} is missing; write it (query-id, corpus-id, score, by tabs), or give another file of judgements "
            f"as {folder}=FILE"
        )
    return Loaded(questions, folder_corpus(folder))


def read_queries(path: Path) -> tuple[Question, ...]:
    """The questions of a ``queries.jsonl``, nothing judged.

    Args:
        path: One ``{"_id": "…", "text": "…", "metadata": {…}}`` a line. Of the metadata, ``lang``, ``answer_lang``,
            ``answers``, ``answerable``, ``spans`` and ``attribution`` are read, none is needed, and null is as good as
            absent.

    Returns:
        The questions in the file's order; answers and spans that are repeated count once.

    Raises:
        DatasetError: The file cannot be read, a line is no question, or an id occurs twice; says which line.
    """
    questions: dict[str, Question] = {}
    for number, line in read_lines(path, "a dataset's folder holds its questions there"):
        place = f"{path}:{number}"
        question = _question(line, place)
        if question.query_id in questions:
            raise DatasetError(f"{place}: the id {question.query_id} occurs twice; give each question its own")
        questions[question.query_id] = question
    return tuple(questions.values())


def with_judgements(
    questions: Sequence[Question], qrels: Mapping[str, Mapping[str, int]], source: Path
) -> tuple[Question, ...]:
    """Questions with what is relevant to each.

    Args:
        questions: The questions; those without judgement are kept.
        qrels: Relevance by document id, by question id.
        source: The file of the judgements, for the error.

    Returns:
        The questions in their order.

    Raises:
        DatasetError: A question that has judgements is not there.
    """
    known = {question.query_id for question in questions}
    unknown = [query_id for query_id in qrels if query_id not in known]
    if unknown:
        raise DatasetError(
            f"{source}: {len(unknown)} of {len(qrels)} judged questions are not among the questions "
            f"(first: {unknown[0]}); check that the ids agree"
        )
    return tuple(replace(question, relevant=dict(qrels.get(question.query_id, {}))) for question in questions)


def has_answers(questions: Sequence[Question]) -> bool:
    """Whether any question has a gold answer, or says that it has none."""
    return any(question.answers or question.answerable is not None for question in questions)


def folder_corpus(folder: Path) -> Corpus | None:
    """The reports of a folder: ``corpus.jsonl``, else all that can be loaded, else None."""
    corpus = folder / "corpus.jsonl"
    if corpus.exists():
        return FileCorpus((corpus,))
    return FileCorpus((folder,)) if any(isinstance(entry, SourceFile) for entry in discover([folder])) else None


def _question(line: str, place: str) -> Question:
    """The question of a line."""
    try:
        row = _Row.model_validate(json.loads(line))
    except ValidationError as error:
        raise DatasetError(f"{place}: {explain(error, _FORMS)}; correct the line") from error
    except (ValueError, RecursionError) as error:
        raise DatasetError(f"{place}: not JSON; each line must be {_FORMS['']}") from error
    known = row.metadata
    answers = tuple(dict.fromkeys(known.answers))
    lang = question_language(known.lang, row.text)
    return Question(
        query_id=row.query_id,
        text=row.text,
        lang=lang,
        answers=answers,
        answer_lang=answer_language(known.answer_lang, row.text, lang, answers),
        answerable=known.answerable,
        spans=tuple(dict.fromkeys(GoldSpan(span.doc_id, span.start, span.text) for span in known.spans)),
        attribution=tuple(known.attribution),
    )
