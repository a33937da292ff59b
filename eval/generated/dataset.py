"""The generated dataset: invented reports with their questions, the same bytes from a seed on every machine."""

import hashlib
import json
from dataclasses import asdict

from eval.datasets.types import Dataset, DocumentCorpus, Question
from eval.generated.questions import ask
from eval.generated.reports import write_reports
from eval.generated.world import make_world
from index.types import Document


def generated_dataset(seed: int = 7, incidents: int = 40) -> Dataset:
    """Invented reports on invented incidents, in Arabic and English, and questions on them.

    Nothing in it happened and no name in it is real. About three reports an incident; a quarter of the incidents have
    no known perpetrator, so that the question who did it has no answer although reports are relevant to it.

    Args:
        seed: The same seed gives the same dataset everywhere.
        incidents: How many incidents, from 1 to 60.

    Returns:
        The dataset, named "generated". ``attribution`` of a who-question holds the stances that the reports take.

    Raises:
        ValueError: If ``incidents`` is out of range.
    """
    world = make_world(seed, incidents)
    reports = write_reports(world)
    documents = tuple(report.document for report in reports)
    questions = ask(world, reports)
    return Dataset("generated", questions, DocumentCorpus(documents), _fingerprint(documents, questions))


def _fingerprint(documents: tuple[Document, ...], questions: tuple[Question, ...]) -> str:
    content = {"documents": [asdict(document) for document in documents], "questions": [asdict(q) for q in questions]}
    canonical = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
