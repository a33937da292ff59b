"""Nearest vectors: exact for small segments, approximate and memory-mapped for large ones."""

from index.dense.index import DenseIndex
from index.dense.settings import DenseSettings
from index.dense.writer import DenseWriter

__all__ = ["DenseIndex", "DenseSettings", "DenseWriter"]
