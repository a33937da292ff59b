"""Normalised tokens of an answer, as SQuAD's and MLQA's official scripts make them.

Published numbers go by one or the other:

- ARCD is scored by SQuAD 1.1's arithmetic, English rules and all: the evaluation script of SOQAL, which came with the
  dataset (Mozannar et al., "Neural Arabic question answering", WANLP 2019), and that of AraELECTRA. AraBERT's
  preprocessing rewrites the gold answers too. Compare with ``SQuAD-EM`` and ``SQuAD-F1``.
- XQuAD is scored by SQuAD's ``evaluate-v1.1.py`` in all its languages, as its README says and XTREME's code does
  (Artetxe et al., "On the cross-lingual transferability of monolingual representations", ACL 2020).
  Compare with ``SQuAD-EM`` and ``SQuAD-F1``.
- MLQA is scored by rules for each language. Compare with ``EM`` and ``F1``, which are ours by default because they do
  not count "الجيش" for a wrong answer where "جيش" is the gold one.
"""

import re
import string
from collections.abc import Callable

import regex

Tokens = Callable[[str, str], list[str]]

_ASCII_PUNCTUATION = str.maketrans("", "", string.punctuation)
_PUNCTUATION = regex.compile(rf"[\p{{P}}{re.escape(string.punctuation)}]")
_ENGLISH = re.compile(r"\b(?:a|an|the)\b")
# MLQA writes the Arabic one as "\sال^|ال". Its first half can match nothing, as ^ stands after a character.
_ARTICLES = {
    "en": _ENGLISH,
    "es": re.compile(r"\b(?:un|una|unos|unas|el|la|los|las)\b"),
    "vi": re.compile(r"\b(?:của|là|cái|chiếc|những)\b"),
    "de": re.compile(r"\b(?:ein|eine|einen|einem|eines|einer|der|die|das|den|dem|des)\b"),
    "ar": re.compile("ال"),
}
_CHINESE = re.compile(r"[\u4e00-\u9fa5]|[^\s\u4e00-\u9fa5]+")
_NO_SPACES = r"\p{Han}\p{Hiragana}\p{Katakana}\u30FC\p{Thai}\p{Khmer}\p{Lao}\p{Myanmar}"
_CHARACTERS = regex.compile(rf"[{_NO_SPACES}--\p{{M}}]\p{{M}}*|[^\s{_NO_SPACES}]+|\p{{M}}+", regex.V1)
_SEGMENTED = {"zh": _CHINESE} | dict.fromkeys(("th", "ja", "km", "lo", "my"), _CHARACTERS)


def squad_tokens(text: str, lang: str = "en") -> list[str]:
    """Tokens as the scripts of SQuAD 1.1 and 2.0 make them.

    Lower case; ASCII punctuation taken out; the words a, an and the taken out; split at white space. See Rajpurkar et
    al., "SQuAD: 100,000+ questions for machine comprehension of text", EMNLP 2016, and "Know what you don't know:
    unanswerable questions for SQuAD", ACL 2018.

    Args:
        text: An answer.
        lang: Not looked at: the rules are for English whatever the language.

    Returns:
        The tokens; empty where nothing is left.

    Examples:
        >>> squad_tokens("The U.S. Army")
        ['us', 'army']
        >>> squad_tokens("الجيش، اليوم", "ar")
        ['الجيش،', 'اليوم']
    """
    return _ENGLISH.sub(" ", text.lower().translate(_ASCII_PUNCTUATION)).split()


def mlqa_tokens(text: str, lang: str) -> list[str]:
    """Tokens as MLQA's script makes them, and as near as can be in languages that MLQA lacks.

    Lower case; punctuation of all scripts (Unicode category P, and ASCII's) taken out; the language's articles taken
    out; split at white space, and in Chinese at each character of U+4E00 to U+9FA5. The Arabic article is taken out
    wherever its two letters stand, within words too ("العالم" becomes "ع م"), and a space is left: in gold and answer
    alike. Diacritics stay. See Lewis et al., "MLQA: Evaluating cross-lingual extractive question answering", ACL 2020.

    Our extension, for other languages than en, es, hi, vi, de, ar and zh: no articles; in th, ja, km, lo and my, which
    are written without spaces, each character with its combining marks is a token.

    Args:
        text: An answer.
        lang: ISO 639-1 code of its language, or "und".

    Returns:
        The tokens; empty where nothing is left.

    Examples:
        >>> mlqa_tokens("الجيش، اليوم", "ar")
        ['جيش', 'يوم']
        >>> mlqa_tokens("在 1990 年。", "zh")
        ['在', '1990', '年']
        >>> mlqa_tokens("ปี 1990", "th")
        ['ปี', '1990']
    """
    kept = _PUNCTUATION.sub("", text.lower())
    articles = _ARTICLES.get(lang)
    if articles is not None:
        kept = articles.sub(" ", kept)
    segments = _SEGMENTED.get(lang)
    return kept.split() if segments is None else segments.findall(kept)


SCORERS: dict[str, Tokens] = {"mlqa": mlqa_tokens, "squad": squad_tokens}
