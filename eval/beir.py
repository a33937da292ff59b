"""Datasets in BEIR's form: ``queries.jsonl`` and ``qrels/test.tsv`` (``corpus.jsonl`` is loaded as any report is)."""

import json
from dataclasses import dataclass
from pathlib import Path

from index.errors import MustanadError


class DatasetError(MustanadError):
    """A dataset is not in the form it should be; the message says which file and line."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions and which documents are relevant to each.

    Attributes:
        name: The folder's name.
        queries: Question by query id.
        qrels: Relevance by document id, by query id; graded, 0 is not relevant.
    """

    name: str
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


def load_beir(queries: Path, qrels: Path | None = None) -> Dataset:
    """Load a BEIR folder's questions and judgements.

    Args:
        queries: A folder with ``queries.jsonl``.
        qrels: A folder with ``qrels/test.tsv`` for the same query ids; None for the same folder.

    Returns:
        The dataset, with only those questions that have a relevant document.

    Raises:
        DatasetError: A file is missing or a line is not what it should be.
    """
    questions = _queries(queries / "queries.jsonl")
    judged = _qrels((qrels or queries) / "qrels" / "test.tsv")
    unknown = next((query_id for query_id in judged if query_id not in questions), None)
    if unknown is not None:
        raise DatasetError(f"{queries / 'queries.jsonl'} lacks the question {unknown}, which has judgements")
    kept = {
        query_id: text
        for query_id, text in questions.items()
        if any(grade > 0 for grade in judged.get(query_id, {}).values())
    }
    if not kept:
        raise DatasetError(f"{queries}: no question has a relevant document; check that the ids agree")
    return Dataset(queries.name, kept, {query_id: judged[query_id] for query_id in kept})


def _queries(path: Path) -> dict[str, str]:
    questions: dict[str, str] = {}
    for number, line in _lines(path):
        try:
            row = json.loads(line)
            query_id, text = str(row["_id"]), row["text"]
            if not isinstance(text, str):
                raise TypeError(f"the text is {type(text).__name__}")
        except (ValueError, KeyError, TypeError) as error:
            message = f'{path}:{number}: not a question; each line must be {{"_id": "…", "text": "…"}}'
            raise DatasetError(message) from error
        if query_id in questions:
            raise DatasetError(f"{path}:{number}: the id {query_id} occurs twice; give each question its own")
        if not text.strip():
            raise DatasetError(f"{path}:{number}: the question {query_id} has no text; write one or leave it out")
        questions[query_id] = text
    return questions


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        if number == 1 and line.startswith("query-id"):
            continue
        try:
            query_id, doc_id, relevance = line.split("\t")
            judged.setdefault(query_id, {})[doc_id] = int(relevance)
        except ValueError as error:
            message = f"{path}:{number}: not a judgement; each line must be query-id, corpus-id, score, by tabs"
            raise DatasetError(message) from error
    return judged


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror}); a BEIR folder must hold it") from error
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path} is not UTF-8 text; save it as UTF-8") from error
    lines = [(number, line) for number, line in enumerate(content.split("\n"), start=1) if line.strip()]
    if not lines:
        raise DatasetError(f"{path} is empty")
    return lines
