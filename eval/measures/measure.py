"""All measures of a dataset's questions at once."""

from collections.abc import Sequence

from eval.datasets.types import Question
from eval.measures.abstention import abstention_figures
from eval.measures.answers import answer_figures
from eval.measures.attribution import attribution_figures
from eval.measures.citations import citation_figures
from eval.measures.latency import latency_figures
from eval.measures.retrieval import document_figures, passage_figures
from eval.measures.types import Figure
from eval.running.rows import Row

_FAMILIES = (
    document_figures,
    passage_figures,
    answer_figures,
    abstention_figures,
    attribution_figures,
    citation_figures,
    latency_figures,
)


def measure(questions: Sequence[Question], rows: Sequence[Row]) -> tuple[Figure, ...]:
    """Every figure that the rows allow.

    Args:
        questions: A dataset's questions.
        rows: What an engine gave, matched with the questions by id; a question without a row was not asked.

    Returns:
        The figures of documents, passages, answers, abstention, attribution, citations and latency, in this order;
        none of a family that has nothing to measure.

    Raises:
        ValueError: A row has no question, or an attribution is unknown.
    """
    return tuple(figure for family in _FAMILIES for figure in family(questions, rows))
