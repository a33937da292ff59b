"""Lexical search: BM25 over the analyzer's terms."""

from index.lexical.bm25 import SegmentedBm25
from index.lexical.postings import Postings, invert
from index.lexical.postings_writer import PostingsWriter
from index.lexical.protocol import Bm25Parameters, LexicalIndex, TermLists
from index.lexical.rank_bm25_index import RankBm25Index

__all__ = [
    "Bm25Parameters",
    "LexicalIndex",
    "Postings",
    "PostingsWriter",
    "RankBm25Index",
    "SegmentedBm25",
    "TermLists",
    "invert",
]
