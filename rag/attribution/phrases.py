"""Noun phrases without a parser: the words beside a verb, cut where the language marks an end."""

import re
from dataclasses import dataclass

from rag.attribution.lexicon import Phrase

EDGES = " \t,،.;:؛!?؟…—-'<>*/|"
_QUOTES = '"«»'
_WORD = re.compile(r"\S+")
_ARTICLE = "ال"
_POSSESSED = re.compile(r"\w{2,}(?:ته|ها|هم|هما)")
_ADJECTIVE = ("ي", "يه", "متحده")
# Turkish "in the": the words before it belong to it, as in "[Nardum pazarındaki] saldırıyı", and are no subject.
_LOCATIVE = ("daki", "deki", "taki", "teki")
_POSSESSIVE = ("i", "u")
_SHORT = 3
_JOINED = 7
_AND = frozenset({"and", "et", "y", "und", "и", "و", "ve"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a folded text: its place, and its letters without the punctuation around them."""

    start: int
    end: int
    bare: str

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether the pattern matches the whole word."""
        return pattern.fullmatch(self.bare) is not None


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words of ``text[start:end]``, without those that are only punctuation."""
    marks = EDGES + _QUOTES + "()[]{}"
    found = (Word(m.start(), m.end(), m.group().strip(marks)) for m in _WORD.finditer(text, start, end))
    return [word for word in found if word.bare]


def phrase_before_verb(words: list[Word], phrase: Phrase) -> list[Word]:
    """The subject that ends where its verb begins: "yesterday [the army] has again" before "denied"."""
    last_stop = max((i for i, word in enumerate(words) if word.matches(phrase.stop)), default=-1)
    words = words[last_stop + 1 :]
    helpers = [i for i, word in enumerate(words) if word.matches(phrase.auxiliary)]
    if helpers:
        gap = words[helpers[-1] + 1 :]
        if len(gap) > phrase.reach:
            return []
        words = words[: helpers[0]]
    words = without_adverbs(words, phrase)
    if openings := [i for i in range(1, len(words)) if _opens(words, i, phrase)]:
        words = words[openings[-1] :]
    if words and (words[0].matches(phrase.preposition) or words[0].matches(phrase.oblique)):
        return []
    joined = any(word.bare in _AND for word in words)
    return [] if joined and len(words) > _JOINED else words  # perhaps two sentences, joined


def phrase_at_start(words: list[Word], phrase: Phrase) -> list[Word]:
    """The subject of a clause whose verb comes last: "[Jandarma Komutanlığı] saldırıyı" before "açıkladı".

    A clause may open with a place instead, and have its subject right before the verb: "pazarda saldırıyı [Grup]".
    """
    words = without_adverbs(words, phrase)
    everything = words
    for i, word in enumerate(words):
        if i and word.bare.endswith(_LOCATIVE):
            return []
        if word.matches(phrase.stop) or (i and _opens(words, i, phrase)):
            words = words[:i]
            break
    words = without_adverbs(words, phrase)
    if not any(word.matches(phrase.head) for word in words):
        words = _before_verb_after_place(everything, words, phrase)
    heads = [i for i, word in enumerate(words) if word.matches(phrase.head)]
    if heads:
        end = heads[0]
        while end + 1 in heads:
            end += 1
        words = words[: end + 1]
    elif len(words) > _SHORT:
        return []
    return [] if words and words[0].matches(phrase.preposition) else words


def _before_verb_after_place(everything: list[Word], words: list[Word], phrase: Phrase) -> list[Word]:
    """The name right before the verb that comes last; nothing where the clause opens with words that are no subject."""
    bounds = [i for i, word in enumerate(everything) if word.matches(phrase.stop) or word.matches(phrase.oblique)]
    last = everything[bounds[-1] + 1 :] if bounds else []
    # A name in two words ends in the possessive: "Kara Grubu", "Zarfan Tugayları".
    if 1 < len(last) <= _SHORT and last[-1].bare.endswith(_POSSESSIVE):
        return last
    return [] if words and words[-1].matches(phrase.oblique) else words


def phrase_after_verb(words: list[Word], phrase: Phrase) -> list[Word]:
    """The noun phrase that starts where the verb or preposition ends: "according to [the ministry] the rebels"."""
    while words and words[0].matches(phrase.adverb):
        words = words[1:]
    if words and words[0].matches(phrase.preposition):
        return []
    for i, word in enumerate(words):
        if word.matches(phrase.stop) or word.matches(phrase.auxiliary) or (i and _opens(words, i, phrase)):
            words = words[:i]
            break
    return without_adverbs(words, phrase)


def construct_after_verb(words: list[Word], phrase: Phrase) -> list[Word]:
    """The Arabic subject between its verb and its object: "اتهمت [وزارة الدفاع السورية] الفصائل".

    A noun with a pronoun ("[عائلته]", his family) is a name by itself. A chain of nouns opened by a ``head`` runs to
    its first definite noun; that noun's adjectives follow it. A name that is neither definite nor opened by a head
    is returned only where nothing follows it.
    """
    if len(words) <= 1:
        return words
    if _POSSESSED.fullmatch(words[0].bare):
        return words[:1]
    if not words[0].bare.startswith(_ARTICLE) and not words[0].matches(phrase.head):
        return []
    end = 0
    while end < len(words) and not words[end].bare.startswith(_ARTICLE):
        end += 1
    if end == len(words):
        return words if len(words) <= _SHORT else []
    end += 1
    while end < len(words):
        word = words[end]
        if word.bare.startswith(_ARTICLE) and word.bare.endswith(_ADJECTIVE):
            end += 1
        elif word.matches(phrase.link) and end + 1 < len(words):
            return [*words[:end], word, *construct_after_verb(words[end + 1 :], phrase)]
        else:
            break
    return words[:end]


def trimmed(text: str, words: list[Word]) -> tuple[int, int] | None:
    """Start and end of the words without stray punctuation; None where a bracket or quotation is left open."""
    start, end = words[0].start, words[-1].end
    while True:
        span = text[start:end]
        odd = span.count('"') % 2 == 1 or span.count("«") != span.count("»")
        strip = EDGES + (_QUOTES if odd else "")
        if span and span[0] in strip:
            start += 1
        elif span and span[-1] in strip:
            end -= 1
        else:
            break
    balanced = all(span.count(opening) == span.count(closing) for opening, closing in ("()", "[]", "{}"))
    return (start, end) if balanced and not odd and any(c.isalpha() for c in span) else None


def without_adverbs(words: list[Word], phrase: Phrase) -> list[Word]:
    """The words without the adverbs and conjunctions at either edge."""
    while words and words[0].matches(phrase.adverb):
        words = words[1:]
    while words and words[-1].matches(phrase.adverb):
        words = words[:-1]
    return words


def _opens(words: list[Word], i: int, phrase: Phrase) -> bool:
    return words[i].matches(phrase.determiner) and not words[i - 1].matches(phrase.link)
