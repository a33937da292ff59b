"""What a dataset is called, and the fingerprint of its content."""

import dataclasses
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

import regex

from eval.datasets.types import Corpus, DatasetError, DocumentCorpus, FileCorpus, Question
from index.loading import SourceFile, discover

_UNFIT = regex.compile(r"[^\p{L}\p{M}\p{N}._-]+")
_LANGUAGE = regex.compile(r"[a-z]{2}")


def clean_name(name: str) -> str:
    """A name fit for a file name and for a column of a TREC file: letters of any script, digits, dots, ``-`` and ``_``.

    >>> clean_name("my reports, v1.2"), clean_name("تقارير/رقة"), clean_name("../")
    ('my-reports-v1.2', 'تقارير-رقة', 'dataset')
    """
    return _UNFIT.sub("-", name).strip("-.") or "dataset"


def name_of(path: Path) -> str:
    """The name of the dataset in a folder or file.

    A folder that is named by a language takes its parent's name before its own, and ``queries.jsonl`` that of its
    folder. The dots of a file's name become dashes.

    >>> name_of(Path("data/arcd")), name_of(Path("data/xquad/ar")), name_of(Path("data/xquad.ar.json"))
    ('arcd', 'xquad-ar', 'xquad-ar')
    >>> name_of(Path("data/seed/queries.jsonl"))
    'seed'
    """
    whole = Path(os.path.abspath(path))
    if whole.name == "queries.jsonl":
        whole = whole.parent
    elif not whole.is_dir() and whole.suffix:
        return clean_name(whole.stem.replace(".", "-"))
    return clean_name(f"{whole.parent.name}-{whole.name}" if _LANGUAGE.fullmatch(whole.name) else whole.name)


def name_over(asked: str, answered: str) -> str:
    """The name of one dataset's questions over another's reports.

    >>> name_over("xquad-en", "xquad-ar"), name_over("mine", "xquad-ar")
    ('xquad-en-over-ar', 'mine-over-xquad-ar')
    """
    family, _, lang = answered.rpartition("-")
    asked_family, _, asked_lang = asked.rpartition("-")
    agree = family and family == asked_family and _LANGUAGE.fullmatch(lang) and _LANGUAGE.fullmatch(asked_lang)
    return f"{asked}-over-{lang if agree else answered}"


def fingerprint(questions: Sequence[Question], corpus: Corpus | None) -> str:
    """SHA-256 (hex) of a dataset's content, wherever it lies and whatever it is called.

    Args:
        questions: In their order, with all that is known of them.
        corpus: The reports: the names and bytes of files, sorted by name, or the content of documents.

    Raises:
        DatasetError: A file of the corpus cannot be read.
    """
    content = {"questions": [dataclasses.asdict(question) for question in questions], "corpus": _content(corpus)}
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


def _content(corpus: Corpus | None) -> list[list[str]]:
    """Name and hash of each report or file of reports."""
    if isinstance(corpus, DocumentCorpus):
        return sorted([document.doc_id, document.content_hash] for document in corpus.made)
    if isinstance(corpus, FileCorpus):
        return sorted(
            [entry.relative, _hash(entry.path)] for entry in discover(corpus.paths) if isinstance(entry, SourceFile)
        )
    return []


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror}); check its permissions") from error
