"""The table of a reader's figures, for the README and the model card."""

from collections import Counter
from collections.abc import Sequence

from eval.measures.types import Figure
from eval.reporting.formats import MISSING, figures_by_key, number, with_interval
from eval.results import Report, Results

_COLUMNS = {
    "SQuAD-F1": "reader SQuAD-F1",
    "SQuAD-EM": "reader SQuAD-EM",
    "F1 (MLQA)": "reader F1",
    "overlap": "reader overlap",
    "holds": "reader holds",
    "AUROC": "abstention AUROC",
    "ECE": "abstention ECE",
    "AURC": "abstention AURC",
    "coverage": "abstention coverage",
    "8 passages p50, ms": "latency read-8 p50 ms",
}
_WITH_INTERVAL = ("reader SQuAD-F1", "reader overlap", "abstention AUROC")


def reader_table(results: Results) -> tuple[list[str], list[list[str]]]:
    """Header and rows, one for each dataset.

    Args:
        results: From ``measure_reader``.

    Returns:
        Names of the columns, and cells; a cell is "–" where a dataset lacks the figure.
    """
    rows = []
    for report in results.reports:
        known = figures_by_key(report)
        answerable = [question for question in report.questions if question.answerable]
        cells = [_cell(key, known.get(key)) for key in _COLUMNS.values()]
        rows.append([report.dataset, languages_of(report), str(len(answerable)), *cells])
    return ["dataset", "language", "questions", *_COLUMNS], rows


def languages_of(report: Report) -> str:
    """The language of most questions and of their answers: "ar", or "en → ar" where they differ."""
    asked = _most([question.lang for question in report.questions if question.answerable])
    answered = _most([question.answer_lang for question in report.questions if question.answerable])
    return asked if asked == answered else f"{asked} → {answered}"


def _most(langs: Sequence[str]) -> str:
    return Counter(langs).most_common(1)[0][0] if langs else "und"


def _cell(key: str, figure: Figure | None) -> str:
    if figure is None:
        return MISSING
    return with_interval(figure) if key in _WITH_INTERVAL else number(figure.name, figure.value)
