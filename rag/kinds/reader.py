"""Answers with what the reader finds."""

from rag.kinds.claiming import outcome_of
from rag.kinds.types import Material, Outcome
from rag.reading.copies import with_copies


def by_reader(material: Material) -> Outcome:
    """What the reader finds, and the same words in copies of the reports it reads."""
    reader = material.reader
    found = reader.read(material.question, material.chosen.read)
    return outcome_of(material.question, with_copies(found, material.chosen.copies), reader.threshold, reader.name)
