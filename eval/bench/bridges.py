"""``python -m eval.bench.bridges QUERIES=GOLD …``: what bridges between languages do for BM25 over whole reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click
import numpy as np
from numpy.typing import NDArray

from eval.datasets import Dataset, DatasetError, load_dataset
from eval.reporting import text_table
from index.bridges import Aliases, Expansion, SkeletonIndex, combine, expand, load_aliases
from index.lexical import Bm25Parameters, RankBm25Index, TermLists
from index.text.analysis import FoldingAnalyzer
from index.types import Document
from rag.cli.main import in_one_line

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class BridgeFigures:
    """What one setting of the bridges gives.

    Attributes:
        bridges: "none", "aliases", "transliteration" or "both".
        rr: Mean RR@10.
        bridged: Questions with at least one bridge.
        alternatives: How many other names were searched, over all questions.
        held: Of these, the share that a relevant report holds.
    """

    bridges: str
    rr: float
    bridged: int
    alternatives: int
    held: float


def measure_bridges(dataset: Dataset) -> tuple[BridgeFigures, ...]:
    """RR@10 of BM25+ without bridges, with each kind, and with both.

    Args:
        dataset: Questions with judgements, over reports.

    Returns:
        One for each setting.

    Raises:
        DatasetError: The dataset brings no reports, or no judgements.
    """
    if dataset.corpus is None or not any(question.relevant_docs for question in dataset.questions):
        raise DatasetError(f"{dataset.name} has no reports or no judgements; name a BEIR folder, or QUERIES=GOLD")
    documents = [document for document in dataset.corpus.documents() if isinstance(document, Document)]
    analyzer = FoldingAnalyzer()
    lists = _term_lists([analyzer.terms(document.text, document.lang) for document in documents])
    index, known = RankBm25Index(lists, Bm25Parameters()), frozenset(lists.vocabulary)
    parts: dict[str, NDArray[np.float64]] = {}
    langs = sorted({document.lang for document in documents})
    shipped, skeletons = load_aliases(), SkeletonIndex.build(lists.vocabulary)
    settings: Mapping[str, tuple[Aliases | None, SkeletonIndex | None]] = {
        "none": (None, None), "aliases": (shipped, None), "transliteration": (None, skeletons),
        "both": (shipped, skeletons),
    }  # fmt: skip
    figures = []
    for name, (aliases, names) in settings.items():
        reciprocals, held, bridged = [], [], 0
        for question in dataset.questions:
            if not question.relevant_docs:
                continue
            relevant = np.array([document.doc_id in question.relevant_docs for document in documents])
            expansion = expand(question.text, analyzer, langs, known, aliases, names)
            parts.update({term: index.scores([term]) for term in known.intersection(expansion.terms) - parts.keys()})
            reciprocals.append(_reciprocal_rank(combine(parts, expansion), relevant))
            held += _held(expansion, parts, relevant)
            bridged += bool(expansion.used)
        share = float(np.mean(held)) if held else 0.0
        figures.append(BridgeFigures(name, float(np.mean(reciprocals)), bridged, len(held), share))
    return tuple(figures)


def _term_lists(passages: Sequence[Sequence[str]]) -> TermLists:
    vocabulary: dict[str, int] = {}
    numbers = [vocabulary.setdefault(term, len(vocabulary)) for terms in passages for term in terms]
    offsets = np.cumsum([0, *map(len, passages)], dtype=np.int64)
    return TermLists(tuple(vocabulary), np.asarray(numbers, dtype=np.int32), offsets)


def _reciprocal_rank(scores: NDArray[np.float64], relevant: NDArray[np.bool_]) -> float:
    best = np.argsort(-np.round(scores, 9), kind="stable")[:_DEPTH]
    places = np.flatnonzero(relevant[best] & (scores[best] > 0))
    return 1 / (1 + int(places[0])) if len(places) else 0.0


def _held(expansion: Expansion, parts: Mapping[str, NDArray[np.float64]], relevant: NDArray[np.bool_]) -> list[bool]:
    """For each other name searched, whether a relevant report holds all of its terms."""
    return [
        bool((relevant & np.all([parts[term] > 0 for term in alternative.terms], axis=0)).any())
        for name in expansion.names
        for alternative in name.alternatives
    ]


@click.command("bridges")
@click.argument("datasets", nargs=-1, required=True)
def bridges(datasets: tuple[str, ...]) -> None:
    """Measure the bridges on datasets: BEIR folders, or QUERIES=GOLD for questions in another language."""
    in_one_line(lambda: _print(datasets))


def _print(specs: Sequence[str]) -> None:
    header = ["dataset", "bridges", "RR@10", "questions bridged", "names added", "held by a relevant report"]
    rows = []
    for dataset in map(load_dataset, specs):
        for one in measure_bridges(dataset):
            counts = [f"{one.rr:.4f}", str(one.bridged), str(one.alternatives), f"{one.held:.3f}"]
            rows.append([dataset.name, one.bridges, *counts])
    click.echo(text_table(header, rows))


if __name__ == "__main__":
    bridges()
