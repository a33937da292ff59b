"""What an evaluation gives: reports, one for each dataset, with all that is needed to read them later."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.datasets.types import Question
from eval.measures.types import Figure
from eval.running.rows import Row
from index.errors import MustanadError

FORMAT = 1
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Environment:
    """Where and with what something was measured.

    Attributes:
        versions: Version by the name of a distribution, and "python".
        system: Operating system and architecture.
        processor: The processor's model.
        cores: How many this process may use.
        memory_gb: Main memory.
    """

    versions: Mapping[str, str]
    system: str
    processor: str
    cores: int
    memory_gb: float


@dataclass(frozen=True, slots=True)
class StanceTable:
    """How well each stance was told.

    Attributes:
        name: Of which answers: "gold spans" or "own answers".
        scores: By gold stance: "precision", "recall", "f1", "support" and "asked" of ``StanceScore``.
        confusion: Counts by gold stance and by given stance; "none" is given where nothing right was.
    """

    name: str
    scores: Mapping[str, Mapping[str, float]]
    confusion: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured on one dataset.

    Attributes:
        dataset: Its name.
        dataset_fingerprint: SHA-256 (hex) of its content.
        engine: What answered: model and its fingerprint, index, search settings; by name.
        questions: As asked, with what is known of their answers.
        rows: What the engine gave, one for each question, in their order.
        figures: The measures.
        notes: What a reader must know, one clear line each ("retrieval is not measured: …").
        seconds: How long the questions took, those of an interrupted run included.
        stance_tables: How well each stance was told, where a reader was measured on a dataset that attributes answers.
    """

    dataset: str
    dataset_fingerprint: str
    engine: Mapping[str, Value]
    questions: tuple[Question, ...]
    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    stance_tables: tuple[StanceTable, ...] = ()

    def figure(self, key: str) -> Figure:
        """The figure of this key, such as "RR@10", "F1", "passages RR@10" or "abstention AUROC".

        Raises:
            KeyError: It was not measured here; the message lists what was.
        """
        for figure in self.figures:
            if figure.key == key:
                return figure
        raise KeyError(f"{key} was not measured on {self.dataset}; there are {', '.join(f.key for f in self.figures)}")

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from eval.reporting import notebook_html

        return notebook_html(self)


@dataclass(frozen=True, slots=True)
class Results:
    """The reports of one run: the content of ``results/NAME.json``.

    Attributes:
        name: The run's name.
        created: ISO time, UTC.
        configuration: What was asked for, by name.
        environment: Where it was measured.
        reports: One for each dataset.
        format: Version of this form.
    """

    name: str
    created: str
    configuration: Mapping[str, Value]
    environment: Environment
    reports: tuple[Report, ...]
    format: int = field(default=FORMAT)


_RESULTS = TypeAdapter(Results)


def save_results(results: Results, path: Path) -> None:
    """Write results as JSON, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.tmp")
    unfinished.write_bytes(_RESULTS.dump_json(results, indent=1) + b"\n")
    os.replace(unfinished, path)


def load_results(path: Path) -> Results:
    """Read results.

    Raises:
        MustanadError: The file cannot be read, or is not such a file.
    """
    try:
        results = _RESULTS.validate_json(path.read_bytes())
    except OSError as error:
        raise MustanadError(
            f"{path} cannot be read ({error.strerror}); give a file that mustanad eval wrote"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise MustanadError(
            f"{path} is not a file that mustanad eval wrote ({place}: {first['msg']}); run the evaluation again"
        ) from error
    if results.format != FORMAT:
        raise MustanadError(f"{path} has format {results.format}, this version reads {FORMAT}; run it again")
    return results


def report_of(results: Results, dataset: str) -> Report | None:
    """The report of a dataset, or None where it was not measured."""
    return next((report for report in results.reports if report.dataset == dataset), None)


def datasets_of(results: Sequence[Results]) -> list[str]:
    """The datasets that all results have, in the order of the first."""
    common = set.intersection(*({report.dataset for report in each.reports} for each in results))
    return [report.dataset for report in results[0].reports if report.dataset in common]
