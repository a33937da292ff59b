"""How well documents are ranked, measured by ir_measures."""

from collections.abc import Callable
from dataclasses import dataclass

import ir_measures
from ir_measures import RR, R, Success, nDCG
from tqdm import tqdm

from eval.beir import Dataset
from index.types import ScoredPassage

MEASURES = (RR @ 10, nDCG @ 10, Success @ 1, R @ 10)
_DOCUMENTS = 10

Run = dict[str, dict[str, float]]
Search = Callable[[str, int], list[ScoredPassage]]


@dataclass(frozen=True, slots=True)
class RetrievalFigures:
    """Means over the questions of a dataset.

    Attributes:
        dataset: Its name.
        questions: How many questions were measured.
        means: Mean by the name of the measure.
    """

    dataset: str
    questions: int
    means: dict[str, float]


def retrieve(search: Search, dataset: Dataset, documents: int = _DOCUMENTS) -> Run:
    """The documents that a search ranks best for each question.

    Args:
        search: Question and number of documents to the best passage of each, best first.
        dataset: The questions.
        documents: How many for each question.

    Returns:
        Score by document id, by query id.
    """
    run: Run = {}
    for query_id, text in tqdm(dataset.queries.items(), desc=dataset.name, unit=" questions", disable=None, delay=1):
        # ir_measures breaks ties by document id: the rank is given as the score, so that it keeps the search's order.
        run[query_id] = {hit.document.doc_id: -float(rank) for rank, hit in enumerate(search(text, documents))}
    return run


def measure_run(run: Run, dataset: Dataset) -> RetrievalFigures:
    """The measures of a run, by ir_measures."""
    means = ir_measures.calc_aggregate(MEASURES, dataset.qrels, run)
    ordered = {str(measure): float(means[measure]) for measure in MEASURES}
    return RetrievalFigures(dataset.name, len(dataset.queries), ordered)
