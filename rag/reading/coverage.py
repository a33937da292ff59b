"""How much of what a question is about a text speaks of, word for word."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.text.analysis import Analyzer
from index.types import ScoredPassage
from rag.reading.question import content_words, shares_language
from rag.reading.script import script_of

TermWeights = Callable[[Sequence[str]], NDArray[np.float64]]


class Coverage:
    """How much of a question's meaning-carrying words a text has, each weighted by its rarity, from 0 to 1.

    Args:
        question: In any language.
        analyzer: The index's analyzer.
        term_weights: Terms to their weights (idf) in the index; a term no report has weighs most.
    """

    def __init__(self, question: str, analyzer: Analyzer, term_weights: TermWeights) -> None:
        self._words = content_words(question) or question
        self._analyzer = analyzer
        self._term_weights = term_weights
        self._weighted: dict[str, dict[str, float]] = {}

    def __call__(self, text: str, lang: str) -> float:
        """The share of the question's weight that a text in a language (ISO 639-1) has."""
        if lang not in self._weighted:
            terms = self._analyzer.query_terms(self._words, [lang])
            self._weighted[lang] = dict(zip(terms, self._term_weights(terms).tolist(), strict=True))
        weights = self._weighted[lang]
        total = sum(weights.values())
        present = set(self._analyzer.terms(text, lang))
        return sum(weight for term, weight in weights.items() if term in present) / total if total else 0.0


def in_language_of(question: str, found: ScoredPassage) -> bool:
    """Whether a passage is in the language of the question, as far as script and function words tell."""
    same_script = script_of(found.passage.text) == script_of(question)
    return same_script and shares_language(question, found.document.lang)
