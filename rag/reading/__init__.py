"""Readers: from passages to the words that answer."""

from rag.reading.protocol import Reader, Reading
from rag.reading.sentences import SentenceReader, default_calibration

__all__ = ["Reader", "Reading", "SentenceReader", "default_calibration"]
