"""Late interaction: every token of a question finds its nearest token in a passage."""

from index.late.coder import TokenCoder, fit_coder
from index.late.ranking import TokenStore, late_scores
from index.late.similarity import max_similarities
from index.late.token_codes import TokenCodes, TokenCodesWriter
from index.late.weights import token_weights

__all__ = [
    "TokenCoder",
    "TokenCodes",
    "TokenCodesWriter",
    "TokenStore",
    "fit_coder",
    "late_scores",
    "max_similarities",
    "token_weights",
]
