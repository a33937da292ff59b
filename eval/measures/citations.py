"""Whether the citations are the reports' own words, and whether they bear the answers out.

The idea of citation precision and recall is that of Gao et al., "Enabling large language models to generate text with
citations" (ALCE), EMNLP 2023. There a model of entailment judges whether a passage supports a sentence; here gold
judgements do: a citation is supported where its document is judged relevant or its passage holds a gold answer, and
recall is over the relevant documents rather than over sentences.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.datasets.types import Question
from eval.measures.bootstrap import list_interval
from eval.measures.figures import is_answerable, mean_figures, pairs
from eval.measures.types import Figure, Part
from eval.running.rows import AnswerRow, Row


def citation_figures(questions: Sequence[Question], rows: Sequence[Row]) -> tuple[Figure, ...]:
    """The figures of the citations of given answers.

    - ``verbatim``: share of all citations whose quote is the text at its offsets; must be 1. n counts citations.
    - ``precision``: mean over answered answerable questions with a judgement of supported citations / citations; 0
      where an answer cites nothing.
    - ``recall``: mean over answered answerable questions with relevant documents of those cited / all of them.
    - ``uncited``: share of all claims that name no citation of the answer; must be 0. n counts claims.

    Args:
        questions: The questions.
        rows: What was given.

    Returns:
        The figures that have something to be over.

    Raises:
        ValueError: A row has no question.
    """
    given = [(question, row.answer) for question, row in pairs(questions, rows) if row.answer is not None]
    given = [(question, answer) for question, answer in given if not answer.abstained]
    judged = [pair for pair in given if is_answerable(pair[0]) and (pair[0].relevant_docs or pair[0].answers)]
    means = {
        "precision": {question.query_id: _precision(answer) for question, answer in judged},
        "recall": {
            question.query_id: _recall(question.relevant_docs, answer)
            for question, answer in judged
            if question.relevant_docs
        },
    }
    verbatim = [(sum(cited.verbatim for cited in answer.citations), len(answer.citations)) for _, answer in given]
    uncited = [(_uncited(answer), len(answer.claims)) for _, answer in given]
    return (
        *_share("verbatim", verbatim),
        *mean_figures(Part.CITATIONS, means),
        *_share("uncited", uncited, higher_is_better=False),
    )


def _precision(answer: AnswerRow) -> float:
    return float(np.mean([cited.supported for cited in answer.citations])) if answer.citations else 0.0


def _recall(relevant: frozenset[str], answer: AnswerRow) -> float:
    return len(relevant & {cited.doc_id for cited in answer.citations}) / len(relevant)


def _uncited(answer: AnswerRow) -> int:
    numbers = {cited.number for cited in answer.citations}
    return sum(numbers.isdisjoint(claim.citations) for claim in answer.claims)


def _share(name: str, counts: Sequence[tuple[int, int]], *, higher_is_better: bool = True) -> tuple[Figure, ...]:
    """A share of all citations or claims, resampled by question."""
    counted = np.array([pair for pair in counts if pair[1]], dtype=np.float64).reshape(-1, 2)
    if not len(counted):
        return ()

    def statistic(places: NDArray[np.intp]) -> float:
        part, whole = counted[places].sum(axis=0)
        return float(part / whole)

    low, high = list_interval(statistic, len(counted))
    part, whole = counted.sum(axis=0)
    return (Figure(Part.CITATIONS, name, float(part / whole), low, high, int(whole), higher_is_better),)
