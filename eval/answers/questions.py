"""Questions that say what they are about: which collection, and what kind of answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.datasets.beir import read_queries
from eval.datasets.identity import name_of
from eval.datasets.reading import read_lines
from eval.datasets.types import DatasetError, Question


@dataclass(frozen=True, slots=True)
class AnnotatedQuestion:
    """A question with what its author says of it.

    Attributes:
        question: As asked, with its gold answers.
        collection: The reports that it is about.
        kind: "who", "when", "how many" …, or "" where it is not said.
        note: What makes it hard, or "".
    """

    question: Question
    collection: str
    kind: str = ""
    note: str = ""


def read_annotated(path: Path) -> tuple[AnnotatedQuestion, ...]:
    """The questions of a ``queries.jsonl`` whose metadata may also hold ``collection``, ``kind`` and ``note``.

    Args:
        path: As ``read_queries`` takes it. Without ``collection`` a question is about what the file is called.

    Raises:
        DatasetError: A line is no question, or says neither what the answers are nor that there is none.
    """
    questions = read_queries(path)
    told = [json.loads(line).get("metadata") or {} for _, line in read_lines(path)]
    annotated = []
    for question, metadata in zip(questions, told, strict=True):
        if question.answerable is None or (question.answerable and not question.answers):
            raise DatasetError(f"{path}: {question.query_id} has no answers; give some, or answerable: false")
        annotated.append(
            AnnotatedQuestion(
                question,
                _text(metadata, "collection") or name_of(path),
                _text(metadata, "kind"),
                _text(metadata, "note"),
            )
        )
    return tuple(annotated)


def _text(metadata: Mapping[str, object], name: str) -> str:
    value = metadata.get(name)
    return value if isinstance(value, str) else ""
