"""From text to the terms that BM25 counts."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

import regex

from index.text.folding import fold_arabic, fold_case, fold_digits, fold_latin
from index.text.stemming import snowball, stem_arabic

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*")
_ARABIC = regex.compile(r"\p{Arabic}")
_CYRILLIC = regex.compile(r"\p{Cyrillic}")
_DEVANAGARI = regex.compile(r"\p{Devanagari}")
_GREEK = regex.compile(r"\p{Greek}")
_LATIN = regex.compile(r"\p{Latin}")
# Written without spaces between words: overlapping pairs of characters serve as terms.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_UNSPACED_RUN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{M}]+")
_NOT_LATIN_LANGS = frozenset(
    "am ar be bg ckb el fa he hi hy ja ka kk km ky lo mk mn mr my ne ps ru sr ta th ug uk und ur yi zh".split()
)
_ELISION = regex.compile(r"^(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quelqu)['’](?=\p{L})")
_POSSESSIVE = regex.compile(r"['’](?:s|\p{L}*)$")


class Analyzer(Protocol):
    """Turns text into index terms; its name is kept in the index's manifest."""

    @property
    def name(self) -> str:
        """Name and version: two analyzers that give different terms have different names."""
        ...

    def terms(self, text: str, lang: str) -> list[str]:
        """The terms of a passage, in order, with repetitions."""
        ...

    def query_terms(self, text: str, langs: Sequence[str]) -> list[str]:
        """The distinct terms of a question that could match passages in any of the given languages."""
        ...


class FoldingAnalyzer:
    """Folds Arabic script, case, marks and digits, and stems lightly by script and language.

    A word is stemmed by its script where the script tells enough (Arabic, Cyrillic, Devanagari, Greek) and by the
    document's language where it does not (Latin). A question's language is not guessed from its few words: a Latin word
    of it stands for its stems in every language of the collection.

    Examples:
        >>> analyzer = FoldingAnalyzer()
        >>> analyzer.terms("نفّذت الطائراتُ ٣ غارات", "ar")
        ['نفذت', 'طاير', '3', 'غار']
        >>> analyzer.query_terms("Attacks in Kassala?", ["en", "ar"])
        ['attack', 'in', 'kassala']
    """

    name = "folding-1"

    def terms(self, text: str, lang: str) -> list[str]:
        """The terms of a passage, in order, with repetitions.

        Args:
            text: The passage.
            lang: ISO 639-1 code of the passage's document.

        Returns:
            Folded, stemmed terms.
        """
        latin = _latin_language(lang)
        return [term for word in _words(text) if (term := _stem(word, latin))]

    def query_terms(self, text: str, langs: Sequence[str]) -> list[str]:
        """The distinct terms of a question.

        Args:
            text: The question.
            langs: ISO 639-1 codes of the languages in the collection.

        Returns:
            Folded, stemmed terms in order of appearance; a Latin word gives one for each differing stem.
        """
        latin = sorted({_latin_language(lang) for lang in langs} or {"en"})
        terms = dict.fromkeys(_stem(word, lang) for word in _words(text) for lang in latin)
        return [term for term in terms if term]


def _latin_language(lang: str) -> str:
    """The language whose stemmer is used for Latin words: English where the document is in another script."""
    return "en" if lang in _NOT_LATIN_LANGS else lang


def _words(text: str) -> Iterator[str]:
    """Case-folded words; text written without spaces gives overlapping pairs of characters."""
    for match in _WORD.finditer(fold_digits(fold_case(text))):
        word = match.group()
        if not _UNSPACED.search(word):
            yield word
            continue
        position = 0
        for run in _UNSPACED_RUN.finditer(word):
            if run.start() > position:
                yield word[position : run.start()]
            yield from _bigrams(run.group())
            position = run.end()
        if position < len(word):
            yield word[position:]


def _bigrams(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for position in range(len(run) - 1):
        yield run[position : position + 2]


@lru_cache(maxsize=1 << 17)
def _stem(word: str, latin: str) -> str:
    if _ARABIC.search(word):
        return stem_arabic(fold_arabic(word))
    if _LATIN.search(word):
        bare = _POSSESSIVE.sub("", _ELISION.sub("", word)) or word
        return fold_latin(snowball(bare, latin))
    if _CYRILLIC.search(word):
        return snowball(word.replace("ё", "е"), "ru")
    if _DEVANAGARI.search(word):
        return snowball(word, "hi")
    if _GREEK.search(word):
        return fold_latin(snowball(word, "el"))
    return word
