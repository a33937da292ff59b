"""Opens the reader that ships with the project."""

from functools import cache

from index.embedding import default_model_folder
from index.text.analysis import Analyzer
from rag.reading.coverage import TermWeights
from rag.reading.spans.calibration import default_calibration
from rag.reading.spans.reader import SpanReader
from rag.reading.spans.scorer import OnnxSpanScorer
from rag.reading.spans.weights import shipped_weights


@cache
def default_scorer() -> OnnxSpanScorer:
    """The shipped network over the default model; read at the first question, once a process.

    Raises:
        ModelError: The default model cannot be had.
    """
    return OnnxSpanScorer(default_model_folder(), shipped_weights())


def default_span_reader(analyzer: Analyzer, term_weights: TermWeights) -> SpanReader:
    """The shipped network with its calibration, for the reports of an index.

    Args:
        analyzer: The index's analyzer.
        term_weights: Terms to their weights (idf) in the index.

    Raises:
        ModelError: The default model cannot be had.
    """
    return SpanReader(default_scorer(), default_calibration(), analyzer, term_weights)
