"""Lexical search: BM25 over the analyzer's terms."""

from index.lexical.bm25s_index import Bm25sIndex
from index.lexical.protocol import Bm25Parameters, LexicalIndex, TermLists
from index.lexical.rank_bm25_index import RankBm25Index

__all__ = ["Bm25Parameters", "Bm25sIndex", "LexicalIndex", "RankBm25Index", "TermLists"]
