"""What a measure gives: a value for each question, or one for all, with an interval."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Part(StrEnum):
    """What of a system a measure looks at."""

    DOCUMENTS = "documents"
    PASSAGES = "passages"
    ANSWERS = "answers"
    ABSTENTION = "abstention"
    ATTRIBUTION = "attribution"
    CITATIONS = "citations"
    READER = "reader"
    LATENCY = "latency"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over a dataset.

    Attributes:
        part: What it looks at.
        name: The measure ("RR@10", "F1"); unique within its part.
        value: The value; a mean over questions unless the measure is one of a whole list (AUROC, macro-F1).
        low: Lower end of the 95 % bootstrap interval.
        high: Upper end.
        n: How many questions (or citations) it is over.
        higher_is_better: Which way is good.
        per_query: Value by query id where the measure is a mean; empty where it is not.
    """

    part: Part
    name: str
    value: float
    low: float
    high: float
    n: int
    higher_is_better: bool = True
    per_query: Mapping[str, float] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Name that is unique in a report: documents' and answers' measures by name alone, others with their part."""
        return self.name if self.part in (Part.DOCUMENTS, Part.ANSWERS) else f"{self.part} {self.name}"
