"""Readers: from passages to the words that answer.

``spans`` is the trained reader, ``sentences`` the one that quotes whole sentences and needs no network of its own;
``registry`` opens either by name; ``question`` says what a question asks for, ``scene`` whether evidence is set
where the question is, by the names that ``places`` finds.
"""

from rag.reading.protocol import Reader, Reading, Reranker
from rag.reading.registry import DEFAULT_READER, READER_VARIABLE, READERS, ReaderParts, load_reader, sentence_reader
from rag.reading.sentences import SentenceReader, default_calibration

__all__ = [
    "DEFAULT_READER",
    "READERS",
    "READER_VARIABLE",
    "Reader",
    "ReaderParts",
    "Reading",
    "Reranker",
    "SentenceReader",
    "default_calibration",
    "load_reader",
    "sentence_reader",
]
