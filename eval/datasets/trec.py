"""TREC's files: judgements (qrels) and runs; and judgements as BEIR writes them."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from eval.datasets.reading import read_lines
from eval.datasets.types import DatasetError

Value = TypeVar("Value", int, float)

_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]+")


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read judgements.

    Args:
        path: Lines of TREC (``query-id iteration doc-id relevance``, by white space) or of BEIR (``query-id``,
            ``corpus-id``, ``score``, by tabs, with or without these names as the first line). With tabs, a document's
            id may hold spaces.

    Returns:
        Relevance by document id, by question id, in the file's order.

    Raises:
        DatasetError: The file cannot be read, holds no judgement, or a line is none; says which line.
    """
    judged: dict[str, dict[str, int]] = {}
    for position, (number, line) in enumerate(read_lines(path)):
        place = f"{path}:{number}"
        columns = _judgement(line)
        if columns is None:
            raise DatasetError(
                f"{place}: not a judgement; each line must be query-id, corpus-id, score, by tabs, or TREC's query-id, "
                "iteration, doc-id, relevance"
            )
        query_id, doc_id, relevance = columns
        if position == 0 and query_id == "query-id":
            continue
        if not _WHOLE_NUMBER.fullmatch(relevance):
            raise DatasetError(f"{place}: the relevance {relevance!r} is not a whole number; write one, 0 for none")
        _add(judged, query_id, doc_id, int(relevance), place, "judged")
    if not judged:
        raise DatasetError(f"{path} holds no judgements; write one a line below the names of the columns")
    return judged


def read_run(path: Path) -> dict[str, dict[str, float]]:
    """Read a TREC run.

    Args:
        path: Lines of ``query-id Q0 doc-id rank score tag``, by white space. The scores are what counts; the ranks are
            passed over, as trec_eval does.

    Returns:
        Score by document id, by question id, in the file's order.

    Raises:
        DatasetError: The file cannot be read, or a line is not such a line; says which.
    """
    run: dict[str, dict[str, float]] = {}
    for number, line in read_lines(path):
        place = f"{path}:{number}"
        columns = line.split()
        if len(columns) != 6:
            raise DatasetError(
                f"{place}: {len(columns)} columns; each line must be query-id, Q0, doc-id, rank, score, tag"
            )
        query_id, _, doc_id, _, score, _ = columns
        _add(run, query_id, doc_id, _score(score, place), place, "ranked")
    return run


def write_run(path: Path, run: Mapping[str, Sequence[tuple[str, float]]], tag: str = "mustanad") -> None:
    """Write a TREC run.

    The order given is what is written: trec_eval, and ir_measures through it, hold scores as 32-bit floats, go by them
    and not by the ranks, and break ties by document id. So scores are written as 32-bit floats, to the last digit, and
    one that is not below the score before it is written as the next 32-bit float below that.

    Args:
        path: The file; an older one is replaced.
        run: For each question id the documents' ids with their scores, best first. A question without documents is not
            written, for the form has no line for it.
        tag: Names the run.

    Raises:
        DatasetError: An id or the tag is empty or holds white space, a document occurs twice for a question, a score is
            no finite 32-bit number, or the file cannot be written.
    """
    lines = []
    for query_id, ranked in run.items():
        names = [doc_id for doc_id, _ in ranked]
        if len(set(names)) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise DatasetError(f"{query_id}: the document {twice} is ranked twice; keep its best place only")
        scores = _falling([score for _, score in ranked], query_id)
        for rank, (doc_id, score) in enumerate(zip(names, scores, strict=True), start=1):
            lines.append(_line(query_id, "Q0", doc_id, str(rank), repr(score), tag))
    _write(path, lines)


def write_qrels(path: Path, qrels: Mapping[str, Mapping[str, int]]) -> None:
    """Write judgements as TREC does.

    Args:
        path: The file; an older one is replaced.
        qrels: Relevance by document id, by question id.

    Raises:
        DatasetError: An id is empty or holds white space, or the file cannot be written.
    """
    _write(
        path,
        [
            _line(query_id, "0", doc_id, str(relevance))
            for query_id, judged in qrels.items()
            for doc_id, relevance in judged.items()
        ],
    )


def _judgement(line: str) -> tuple[str, str, str] | None:
    """Question, document and relevance as written, or None."""
    by_tabs = [column.strip() for column in line.split("\t")]
    if len(by_tabs) == 3 and by_tabs[1] and all(len(column.split()) == 1 for column in by_tabs[::2]):
        return by_tabs[0], by_tabs[1], by_tabs[2]
    columns = line.split()
    return (columns[0], columns[2], columns[3]) if len(columns) == 4 else None


def _add(known: dict[str, dict[str, Value]], query_id: str, doc_id: str, value: Value, place: str, done: str) -> None:
    of_question = known.setdefault(query_id, {})
    if doc_id in of_question:
        raise DatasetError(f"{place}: the document {doc_id} is {done} twice for {query_id}; keep one of the lines")
    of_question[doc_id] = value


def _score(text: str, place: str) -> float:
    try:
        score = float(text)
    except ValueError:
        score = math.nan
    if not math.isfinite(score):
        raise DatasetError(f"{place}: the score {text!r} is not a finite number; write one")
    return score


def _falling(scores: Iterable[float], query_id: str) -> list[float]:
    """The scores as 32-bit floats, each below the one before.

    >>> _falling([2.0, 2.0, 1.0], "q1")
    [2.0, 1.9999998807907104, 1.0]
    """
    fallen: list[float] = []
    above = np.float32(np.inf)
    for score in scores:
        with np.errstate(over="ignore"):
            rounded = np.float32(score)
            above = min(rounded, np.nextafter(above, np.float32(-np.inf)))
        if not (np.isfinite(rounded) and np.isfinite(above)):
            raise DatasetError(f"{query_id}: the score {score} is no finite 32-bit number; a run cannot hold it")
        fallen.append(float(above))
    return fallen


def _line(*columns: str) -> str:
    for column in columns:
        if column.split() != [column]:
            raise DatasetError(
                f"{column!r} is empty or holds white space, which parts a TREC file's columns; rename it"
            )
    return " ".join(columns) + "\n"


def _write(path: Path, lines: Iterable[str]) -> None:
    try:
        path.write_bytes("".join(lines).encode())
    except UnicodeEncodeError as error:
        raise DatasetError(
            f"{path} is not written: {error.object[error.start]!r} in an id is half of a character"
        ) from error
    except OSError as error:
        raise DatasetError(f"{path} cannot be written ({error.strerror}); check the folder") from error
