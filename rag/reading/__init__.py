"""Readers: from passages to the words that answer."""

from rag.reading.protocol import Reader, Reading, Reranker
from rag.reading.sentences import SentenceReader, default_calibration

__all__ = ["Reader", "Reading", "Reranker", "SentenceReader", "default_calibration"]
