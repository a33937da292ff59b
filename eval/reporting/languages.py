"""Figures by the language of the question."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.measures.types import Figure
from eval.reporting.formats import figures_by_key
from eval.results import Report

LANGUAGE_KEYS = (
    "RR@10",
    "nDCG@10",
    "R@10",
    "passages RR@10",
    "passages R@10",
    "F1",
    "EM",
    "holds",
    "abstention coverage",
    "abstention false-answers",
    "attribution stance-accuracy",
    "citations precision",
)
"""Keys that are looked at by language, where they are means over questions."""


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """One language.

    Attributes:
        lang: ISO 639-1 code, or "und".
        n: How many questions are in it.
        means: The mean of each measure over these questions, None where none of them has a value.
    """

    lang: str
    n: int
    means: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class LanguageTable:
    """Figures by language.

    Attributes:
        figures: The measures, one for each column.
        rows: The languages, that with most questions first.
    """

    figures: tuple[Figure, ...]
    rows: tuple[LanguageRow, ...]


def by_language(report: Report, keys: Sequence[str] = LANGUAGE_KEYS) -> LanguageTable:
    """The means of a report's measures over the questions of each language.

    Args:
        report: What was measured.
        keys: Measures to look at; those that were not measured, or are no mean over questions, are left out.
    """
    known = figures_by_key(report)
    figures = tuple(known[key] for key in keys if key in known and known[key].per_query)
    ids: dict[str, list[str]] = {}
    for question in report.questions:
        ids.setdefault(question.lang, []).append(question.query_id)
    ordered = sorted(ids, key=lambda lang: (-len(ids[lang]), lang))
    return LanguageTable(
        figures,
        tuple(
            LanguageRow(lang, len(ids[lang]), tuple(_mean(figure, ids[lang]) for figure in figures)) for lang in ordered
        ),
    )


def _mean(figure: Figure, query_ids: Sequence[str]) -> float | None:
    values = [figure.per_query[query_id] for query_id in query_ids if query_id in figure.per_query]
    return sum(values) / len(values) if values else None
