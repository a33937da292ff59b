"""Ablations: the same questions with every combination of some settings."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.configuration import Configuration, Variant, show
from eval.datasets.types import Dataset
from eval.embedders import RememberingEmbedder, remembering
from eval.evaluating import evaluate
from eval.indexing import index_folder, open_index
from eval.measures.types import Figure
from eval.results import Environment
from eval.running.run import Plan
from index.embedding import load_embedder
from index.errors import MustanadError
from index.progress import Progress
from index.store import read_manifest
from index.store.layout import Layout

RETRIEVAL_KEYS = ("RR@10", "nDCG@10", "Success@1", "R@10", "R@100", "passages RR@10")
ANSWER_KEYS = ("F1", "holds", "coverage", "abstention AUROC", "citations precision")


@dataclass(frozen=True, slots=True)
class SweepRow:
    """A variant measured on a dataset.

    Attributes:
        dataset: The dataset's name.
        values: What the variant sets, by name, as written.
        figures: By key; empty where the variant was refused.
        refused: Why its settings do not go together, or "".
    """

    dataset: str
    values: Mapping[str, str]
    figures: Mapping[str, Figure]
    refused: str = ""


def sweep(
    datasets: Sequence[Dataset],
    variants: Sequence[Variant],
    plan: Plan,
    root: Path | None,
    folder: Path,
    progress: Progress,
) -> list[SweepRow]:
    """Measure every variant on every dataset. A question is embedded once for all variants of a model.

    Args:
        datasets: The datasets.
        variants: From ``configuration.variants``.
        plan: What to ask.
        root: The index; None for one of each dataset's own reports.
        folder: Where indexes of their own are kept.
        progress: Is told how far the work has come.

    Returns:
        A row for each dataset and variant, datasets outermost.

    Raises:
        MustanadError: No variant can be measured, or an index cannot be opened.
    """
    if all(variant.configuration is None for variant in variants):
        raise MustanadError(f"no combination of the sweep can be measured: {variants[0].refused}")
    embedders: dict[tuple[str | None, str | None], RememberingEmbedder] = {}
    rows = []
    for dataset in datasets:
        for variant in variants:
            values = {name: show(value) for name, value in variant.values.items()}
            if variant.configuration is None:
                rows.append(SweepRow(dataset.name, values, {}, variant.refused))
                continue
            opened = (variant.configuration.model or _model_of(root), variant.configuration.engine)
            if opened not in embedders:
                model, engine = opened
                embedders[opened] = remembering(load_embedder(model, engine=engine))
            figures = _figures(dataset, variant.configuration, plan, root, folder, progress, embedders[opened])
            rows.append(SweepRow(dataset.name, values, figures))
    return rows


def _model_of(root: Path | None) -> str | None:
    """The model an index was built with; None for the default model."""
    return read_manifest(root).model.name if root is not None and Layout(root).manifest.exists() else None


def _figures(
    dataset: Dataset,
    configuration: Configuration,
    plan: Plan,
    root: Path | None,
    folder: Path,
    progress: Progress,
    embedder: RememberingEmbedder,
) -> dict[str, Figure]:
    where = root or index_folder(dataset, folder, configuration)
    reports, _ = open_index(where, [dataset], configuration, progress, embedder)
    with reports:
        report = evaluate(reports, dataset, plan=plan, progress=progress)
    return {figure.key: figure for figure in report.figures}


def sweep_table(rows: Sequence[SweepRow], plan: Plan) -> tuple[list[str], list[list[str]]]:
    """Header and rows of what was measured; the best value of each column of a dataset is followed by a star."""
    rows = [row for row in rows if not row.refused]
    wanted = (*(RETRIEVAL_KEYS if plan.search else ()), *(ANSWER_KEYS if plan.ask else ()))
    keys = [key for key in wanted if any(key in row.figures for row in rows)]
    axes = list(rows[0].values) if rows else []
    best = {
        (row.dataset, key): max(r.figures[key].value for r in rows if r.dataset == row.dataset and key in r.figures)
        for row in rows
        for key in keys
        if key in row.figures
    }
    table = []
    for row in rows:
        cells = [row.dataset, *row.values.values()]
        for key in keys:
            if key not in row.figures:
                cells.append("–")
                continue
            value = row.figures[key].value
            cells.append(f"{value:.4f}{'*' if value >= best[row.dataset, key] else ' '}")
        table.append(cells)
    return ["dataset", *axes, *keys], table


def refusals(rows: Sequence[SweepRow]) -> list[str]:
    """Which combinations were not measured, and why; one line each."""
    return list(
        dict.fromkeys(
            f"{' '.join(f'{name}={value}' for name, value in row.values.items())}: {row.refused}"
            for row in rows
            if row.refused
        )
    )


def save_sweep(path: Path, rows: Sequence[SweepRow], environment: Environment, created: str) -> None:
    """Write a sweep as JSON: for each row its values and figures with their intervals."""
    content = {
        "created": created,
        "versions": dict(environment.versions),
        "rows": [
            {
                "dataset": row.dataset,
                "values": dict(row.values),
                "refused": row.refused,
                "figures": {
                    key: {"value": figure.value, "low": figure.low, "high": figure.high, "n": figure.n}
                    for key, figure in row.figures.items()
                },
            }
            for row in rows
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
