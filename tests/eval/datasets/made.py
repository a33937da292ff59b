"""Datasets written by hand."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

QUESTION = {"_id": "q1", "text": "Who attacked the bridge at Rasvina?"}
ANSWERED = {**QUESTION, "metadata": {"lang": "en", "answers": ["Zarfan Brigades"], "answerable": True}}
REPORT = "The Zarfan Brigades attacked the bridge at Rasvina."


def write(path: Path, content: str) -> Path:
    """Write a text file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def write_rows(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Write JSON Lines."""
    return write(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_beir(
    folder: Path,
    questions: Sequence[Mapping[str, Any]] = (ANSWERED,),
    qrels: str | None = "query-id\tcorpus-id\tscore\nq1\td1\t1\n",
    corpus: Sequence[Mapping[str, Any]] | None = ({"_id": "d1", "text": REPORT},),
) -> Path:
    """Write a BEIR folder; what is None is left out."""
    write_rows(folder / "queries.jsonl", questions)
    if qrels is not None:
        write(folder / "qrels" / "test.tsv", qrels)
    if corpus is not None:
        write_rows(folder / "corpus.jsonl", corpus)
    return folder


def write_squad(path: Path, *articles: Mapping[str, Any]) -> Path:
    """Write a SQuAD file."""
    return write(path, json.dumps({"version": "1.1", "data": articles}, ensure_ascii=False))


def article(*paragraphs: tuple[str, Sequence[Mapping[str, Any]]], title: str = "Bridge") -> dict[str, Any]:
    """An article of contexts with their questions."""
    return {"title": title, "paragraphs": [{"context": context, "qas": list(qas)} for context, qas in paragraphs]}


def asked(query_id: str, *answers: tuple[str, int], **more: object) -> dict[str, Any]:
    """A question of a SQuAD file, with texts and offsets of its answers."""
    found = [{"text": text, "answer_start": start} for text, start in answers]
    return {"id": query_id, "question": "Who attacked the bridge at Rasvina?", "answers": found, **more}
