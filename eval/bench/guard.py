"""The figures that must not fall: a baseline in the repository, and what is said when one does."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.measures.types import Part
from eval.results import Report, Results
from index.errors import MustanadError

BASELINE = "baseline.json"
_EXACT = {"citations verbatim": 1.0, "citations uncited": 0.0}
_UNGUARDED = {"words", "Judged@10"}


@dataclass(frozen=True, slots=True)
class Guarded:
    """A figure of the baseline.

    Attributes:
        value: As it was measured.
        low: Lower end of its 95 % interval.
        high: Upper end.
        higher_is_better: Which way is good.
    """

    value: float
    low: float
    high: float
    higher_is_better: bool


Baseline = dict[str, dict[str, Guarded]]
"""Guarded figures by key, by dataset."""

_BASELINE = TypeAdapter(Baseline)


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure that got worse by more than chance explains.

    Attributes:
        dataset: Where.
        key: Which.
        before: The baseline.
        now: What was measured, or None where it is not measured any more.
    """

    dataset: str
    key: str
    before: Guarded
    now: float | None

    def __str__(self) -> str:
        """One line for a person."""
        bound = f"{self.before.low:.4f}–{self.before.high:.4f}"
        now = "not measured any more" if self.now is None else f"{self.now:.4f}"
        return f"{self.dataset}, {self.key}: {now}; the baseline is {self.before.value:.4f} ({bound})"


def baseline_of(results: Results) -> Baseline:
    """The figures of results that are guarded: all but times and those that are neither good nor bad."""
    return {
        report.dataset: {
            figure.key: Guarded(
                round(figure.value, 6), round(figure.low, 6), round(figure.high, 6), figure.higher_is_better
            )
            for figure in report.figures
            if figure.part is not Part.LATENCY and figure.name not in _UNGUARDED
        }
        for report in results.reports
    }


def fallen(results: Results, baseline: Baseline) -> list[Fall]:
    """The figures that are worse than the baseline's interval, or that must be exact and are not.

    Args:
        results: What was measured now.
        baseline: What was measured before.

    Returns:
        In the order of the baseline; empty when all is well.
    """
    measured = {report.dataset: _values(report) for report in results.reports}
    falls = []
    for dataset, figures in baseline.items():
        for key, before in figures.items():
            now = measured.get(dataset, {}).get(key)
            if now is None or _is_worse(key, now, before):
                falls.append(Fall(dataset, key, before, now))
    return falls


def _values(report: Report) -> dict[str, float]:
    return {figure.key: figure.value for figure in report.figures}


def _is_worse(key: str, now: float, before: Guarded) -> bool:
    if key in _EXACT:
        return now != _EXACT[key]
    # The baseline is rounded: what is measured again alike must not fail for a digit that was dropped.
    return now < before.low - 1e-6 if before.higher_is_better else now > before.high + 1e-6


def read_baseline(path: Path | None = None) -> Baseline:
    """The baseline of the repository, or of a file.

    Raises:
        MustanadError: There is none, or it is not one.
    """
    where = path or Path(str(files("eval.bench"))) / BASELINE
    try:
        return _BASELINE.validate_json(where.read_bytes())
    except OSError as error:
        raise MustanadError(f"{where} cannot be read ({error.strerror}); write it with --update") from error
    except ValidationError as error:
        raise MustanadError(f"{where} is not a baseline; write it anew with --update") from error


def write_baseline(results: Results, path: Path | None = None) -> Path:
    """Make what was measured the baseline."""
    where = path or Path(str(files("eval.bench"))) / BASELINE
    where.write_bytes(_BASELINE.dump_json(baseline_of(results), indent=1) + b"\n")
    return where
