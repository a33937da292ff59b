"""A dataset from what names it: a folder, a file, or the questions of one with the reports of another."""

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from eval.datasets.beir import QUERIES, folder_corpus, has_answers, load_beir, read_queries, with_judgements
from eval.datasets.identity import clean_name, fingerprint, name_of, name_over
from eval.datasets.reading import Loaded
from eval.datasets.squad import load_squad
from eval.datasets.trec import read_qrels
from eval.datasets.types import Dataset, DatasetError, Question

_GENERATED = re.compile(r"generated:(\d{1,9})")


def load_dataset(spec: str, name: str | None = None) -> Dataset:
    """Load a dataset.

    Args:
        spec: One of

            * a BEIR folder, or a folder of reports with a ``queries.jsonl`` that holds answers;
            * a file in SQuAD's form (``.json``);
            * a ``queries.jsonl`` that holds answers, without reports;
            * ``generated:SEED``: the reports of ``eval.generated`` with their questions, invented from a whole number;
            * any other file: judgements of TREC or BEIR, without texts or reports, to measure a run by;
            * ``QUERIES=GOLD``: text and language of the questions from one of these, everything else from the other,
              matched by id. Where GOLD is a file of judgements, it gives these alone, and the rest is from QUERIES.

            A path that holds "=" and exists is one path.
        name: What to call it; None for a name made from the paths.

    Returns:
        The dataset.

    Raises:
        DatasetError: Something is missing or not in its form, or ids do not agree; one line says what and where.

    Examples:
        >>> load_dataset("data/xquad/en=data/xquad/ar").name  # doctest: +SKIP
        'xquad-en-over-ar'
    """
    seed = _GENERATED.fullmatch(spec)
    if seed is not None and not os.path.exists(spec):
        return _generated(int(seed[1]), name)
    asked, gold = _parts(spec)
    if gold is None:
        loaded, own_name = _load(asked), name_of(asked)
    else:
        loaded, own_name = _load_over(asked, gold), name_over(name_of(asked), name_of(gold))
    return Dataset(
        name=clean_name(own_name if name is None else name),
        questions=loaded.questions,
        corpus=loaded.corpus,
        fingerprint=fingerprint(loaded.questions, loaded.corpus),
    )


def _generated(seed: int, name: str | None) -> Dataset:
    from eval.generated import generated_dataset  # it is made of this package's types

    return replace(generated_dataset(seed), name=clean_name(name or f"generated-{seed}"))


def _parts(spec: str) -> tuple[Path, Path | None]:
    """The path of a spec, or the two of ``QUERIES=GOLD``, all of which exist."""
    equals = [place for place, char in enumerate(spec) if char == "="]
    pairs = [(spec[:place], spec[place + 1 :]) for place in equals if 0 < place < len(spec) - 1]
    if os.path.exists(spec):
        return Path(spec), None
    whole = next((pair for pair in pairs if all(map(os.path.exists, pair))), None)
    if whole is None:
        missing = next((path for path in (pairs[0] if pairs else (spec,)) if not os.path.exists(path)), spec)
        raise DatasetError(f"{missing}: no such file or folder; give a dataset's, or QUERIES=GOLD")
    return Path(whole[0]), Path(whole[1])


def _load(path: Path) -> Loaded:
    """Questions with their gold, and the reports."""
    if path.is_dir():
        return load_beir(path)
    match path.suffix.lower():
        case ".json":
            return load_squad(path)
        case ".jsonl":
            questions = read_queries(path)
            if not has_answers(questions):
                raise DatasetError(f"{path}: no question has answers or answerable; give judgements as {path}=FILE")
            return Loaded(questions, None)
        case _:
            qrels = read_qrels(path)
            return Loaded(tuple(Question(query_id, "", relevant=judged) for query_id, judged in qrels.items()), None)


def _load_asked(path: Path) -> Loaded:
    """Questions that need no gold, and the reports."""
    if path.is_dir():
        return Loaded(read_queries(path / QUERIES), folder_corpus(path))
    match path.suffix.lower():
        case ".json":
            return load_squad(path)
        case ".jsonl":
            return Loaded(read_queries(path), None)
        case _:
            raise DatasetError(
                f"{path} holds no questions; before = give a BEIR folder, a queries.jsonl or a SQuAD file"
            )


def _load_over(asked_path: Path, gold_path: Path) -> Loaded:
    """Questions of one with the gold of the other."""
    asked = _load_asked(asked_path)
    if not gold_path.is_dir() and gold_path.suffix.lower() not in {".json", ".jsonl"}:
        return Loaded(with_judgements(asked.questions, read_qrels(gold_path), gold_path), asked.corpus)
    gold = _load(gold_path)
    known = {question.query_id: question for question in gold.questions}
    asked_ids = [question.query_id for question in asked.questions]
    _must_hold(asked_path, asked_ids, known, gold_path)
    _must_hold(gold_path, known, asked_ids, asked_path)
    merged = (replace(known[each.query_id], text=each.text, lang=each.lang) for each in asked.questions)
    return Loaded(tuple(merged), gold.corpus)


def _must_hold(path: Path, ids: Iterable[str], wanted: Iterable[str], other: Path) -> None:
    """Check that one side has all questions of the other."""
    held = set(ids)
    missing = [query_id for query_id in wanted if query_id not in held]
    if missing:
        raise DatasetError(
            f"{path} lacks {len(missing)} of the questions of {other} (first: {missing[0]}); "
            "both must have the same ids"
        )
