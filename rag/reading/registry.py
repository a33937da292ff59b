"""Opens a reader by name."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.embedding import Embedder
from index.errors import ModelError
from index.text.analysis import Analyzer
from rag.reading.coverage import TermWeights
from rag.reading.protocol import Reader
from rag.reading.sentences import SentenceReader, default_calibration

DEFAULT_READER = "spans"
READER_VARIABLE = "MUSTANAD_READER"


@dataclass(frozen=True, slots=True)
class ReaderParts:
    """What of an open collection a reader may use.

    Attributes:
        embedder: The index's embedding model.
        analyzer: What gives the terms of BM25.
        term_weights: Terms to their weights (idf) in the index.
    """

    embedder: Embedder
    analyzer: Analyzer
    term_weights: TermWeights


def _spans(parts: ReaderParts) -> Reader:
    from rag.reading.spans import default_span_reader  # the network is not loaded where sentences are asked for

    return default_span_reader(parts.analyzer, parts.term_weights)


def sentence_reader(parts: ReaderParts) -> SentenceReader:
    """The reader of whole sentences, which needs no trained network."""
    return SentenceReader(parts.embedder, parts.analyzer, parts.term_weights, default_calibration())


READERS: Mapping[str, Callable[[ReaderParts], Reader]] = {DEFAULT_READER: _spans, "sentences": sentence_reader}


def load_reader(name: str | None, parts: ReaderParts) -> Reader:
    """Open a reader.

    Args:
        name: A key of ``READERS``; None takes the one in the environment variable ``MUSTANAD_READER``, else "spans".
        parts: Of the collection that it reads.

    Returns:
        The reader; a network's weights are read at the first question.

    Raises:
        ModelError: There is no such reader, or its model cannot be had.
    """
    wanted = name or os.environ.get(READER_VARIABLE) or DEFAULT_READER
    if wanted not in READERS:
        raise ModelError(f"there is no reader {wanted!r}: choose one of {', '.join(sorted(READERS))}")
    return READERS[wanted](parts)
