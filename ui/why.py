"""Why a passage was found: the question's words that it has, and where each way of searching put it."""

from collections.abc import Sequence

import regex

from index.text.analysis import FoldingAnalyzer
from index.types import Bridged, ListScore, ScoredPassage
from ui.escaping import filled, inline, isolated
from ui.strings import ENGLISH, Strings

_ANALYZER = FoldingAnalyzer()
# As the analyzer cuts text into words.
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*")


def matched_words(question: str, found: ScoredPassage, langs: Sequence[str] = ()) -> tuple[str, ...]:
    """The passage's words that match words of the question, as BM25 compares them: folded and stemmed.

    Args:
        question: The question that was searched.
        found: The passage.
        langs: Other languages of the collection: a word in Latin script is stemmed in all of them.

    Returns:
        In the order of the passage, each as it is first written there, one for each term.
    """
    lang = found.document.lang
    asked = set(_ANALYZER.query_terms(question, [lang, *langs]))
    words: dict[str, str] = {}
    for match in _WORD.finditer(found.passage.text):
        terms = _ANALYZER.terms(match.group(), lang)
        for term in terms:
            if term in asked:
                # Of text without spaces between words, the pair of characters rather than the whole run.
                words.setdefault(term, match.group() if len(terms) == 1 else term)
    return tuple(words.values())


def matched_names(bridged: Bridged, found: ScoredPassage) -> tuple[str, ...]:
    """The other names, of those searched for a name in the question, whose words the passage has."""
    lang = found.document.lang
    held = set(_ANALYZER.terms(found.passage.text, lang))
    return tuple(name for name in bridged.matched if held.issuperset(terms := _ANALYZER.terms(name, lang)) and terms)


def why_html(question: str, found: ScoredPassage, langs: Sequence[str] = (), strings: Strings = ENGLISH) -> str:
    """Why a passage was found, folded away.

    Args:
        question: The question that was searched.
        found: The passage.
        langs: Other languages of the collection.
        strings: The catalogue.
    """
    words = " · ".join(isolated(word) for word in matched_words(question, found, langs))
    place = filled(strings.why_rank_score, rank=found.rank, score=f"{found.score:.2f}")
    rows = [(strings.why_place, f"{place}. {inline(strings.why_scale)}")]
    rows.append((strings.why_words, words or inline(strings.why_no_words)))
    rows += [
        (phrase, _score(score, strings))
        for phrase, score in (
            (strings.why_bm25, found.bm25),
            (strings.why_dense, found.dense),
            (strings.why_late, found.late),
        )
        if score
    ]
    for bridged in found.bridged:
        if names := matched_names(bridged, found):
            other = " · ".join(isolated(name) for name in names)
            rows.append((strings.why_bridged, f"{isolated(bridged.words)}: {other}"))
    listed = "".join(f"<dt>{inline(name)}</dt><dd>{value}</dd>" for name, value in rows)
    return f'<details class="m-why"><summary>{inline(strings.why)}</summary><dl>{listed}</dl></details>'


def _score(score: ListScore, strings: Strings) -> str:
    if score.rank is None:
        return inline(strings.why_not_listed)
    return filled(strings.why_rank_score, rank=score.rank, score=f"{score.score:.3f}")
