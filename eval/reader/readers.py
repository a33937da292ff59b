"""The readers that can be measured, by name; each is imported when it is chosen."""

from collections.abc import Callable, Mapping

import rag
from index.errors import MustanadError
from rag.reading import Reader


def _sentences(reports: rag.Reports) -> Reader:
    from rag.reading import SentenceReader, default_calibration

    return SentenceReader(reports.embedder, reports.analyzer, reports.term_weights, default_calibration())


def _spans(reports: rag.Reports) -> Reader:
    from rag.reading.spans import default_span_reader

    return default_span_reader()


def _own(reports: rag.Reports) -> Reader:
    return reports.reader


READERS: Mapping[str, Callable[[rag.Reports], Reader]] = {"default": _own, "spans": _spans, "sentences": _sentences}
"""What makes a reader for an open collection; "default" is the one that answers there."""


def make_reader(name: str, reports: rag.Reports) -> Reader:
    """The reader of this name.

    Raises:
        MustanadError: There is none; the message lists those there are.
    """
    if name not in READERS:
        raise MustanadError(f"there is no reader {name!r}; choose from {', '.join(READERS)}")
    return READERS[name](reports)
