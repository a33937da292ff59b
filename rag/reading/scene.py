"""Whether a report's words are set where, and when, a question sets what it asks about."""

from collections.abc import Sequence
from datetime import date

import regex

from index.loading.dates import find_dates
from index.loading.months import MONTHS
from index.text.analysis import Analyzer
from index.text.sentences import sentence_spans
from index.types import Document, ScoredPassage
from rag.reading.coverage import TermWeights, in_language_of
from rag.reading.places import Told, places_told
from rag.reading.question import content_words, languages_of, shares_language, subject_words
from rag.reading.question_kind import question_kind
from rag.reading.script import script_of
from rag.types import QuestionKind
from rag.values.words import fold

ELSEWHERE = 0.1
PAST = 0.25
ABSENT = 0.25
ASIDE = 0.4

_OF_NO_EVENT = (QuestionKind.WHAT, QuestionKind.WHY)
_MOST_NAMES = 0.5
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ANY_DAY = date(2000, 1, 1)  # where the century of a two-digit year turns
_AFTERMATH = 31  # days in which the day that something was said is told beside that of the event
_NEW_YEAR = 2  # months in which "December 2023" is still news
_OPENING = 300  # characters in which the first sentence of a report ends
_LONGEST_HEAD = 60  # characters of a headline or dateline on a line of its own
_LONGEST_READ = 20_000  # characters of a report that are looked through for a name


class Scene:
    """Where a question sets what it asks about, and how surely a report's words are set there.

    Args:
        question: In any language.
        analyzer: The index's analyzer.
        term_weights: Terms to their weights (idf) in the index.
    """

    def __init__(self, question: str, analyzer: Analyzer, term_weights: TermWeights) -> None:
        self._analyzer = analyzer
        self._weights = term_weights
        self._question = question
        self._years = frozenset(int(year) for year in _YEAR.findall(fold(question)))
        self._asked = _places_of(question)
        self._others = _other_names(question, self._asked)
        self._factors: dict[tuple[str, str], float] = {}
        self._terms: dict[tuple[str, str], frozenset[str]] = {}
        self._days = frozenset(found.day for found in find_dates(question, _ANY_DAY))

    def factor(self, found: ScoredPassage, sentence: str) -> float:
        """What the confidence in words of a sentence is multiplied with.

        1 where the question tells no place, or the sentence tells it, or tells no other and the sentence before or
        after it, the report's title or its first sentence does. ``ELSEWHERE`` where the sentence has what the question
        asks about at another place: "the fire in Harvosk" for "the fire in Nardum". ``PAST`` where the sentence tells a
        place and a year that is neither the question's nor the report's, and nothing of what the question asks about.
        ``ASIDE`` where only another part of the report has the name, ``ABSENT`` where none has. In another language
        than the question's only the last two are told, and only where the collection has the name in that language's
        script. Where the question tells a day, ``ABSENT`` is also what was published before it, and ``PAST`` a sentence
        that tells days besides that of publication, all more than a month from it. A passage that has most of the other
        names of the question is of what is asked about, wherever it is set.

        Args:
            found: The passage.
            sentence: A sentence of it.
        """
        key = (found.passage.passage_id, sentence)
        if key not in self._factors:
            in_time = self._in_time(found, sentence) if self._days else 1.0
            in_place = self._in_place(found, sentence) if self._asked else 1.0
            self._factors[key] = min(in_time, in_place)
        return self._factors[key]

    def _in_time(self, found: ScoredPassage, sentence: str) -> float:
        published = found.document.published
        if published is not None and published < min(self._days):
            return ABSENT
        told = [each.day for each in find_dates(sentence, _ANY_DAY) if each.day != published]
        if told:
            far = all(abs(day - asked).days > _AFTERMATH for day in told for asked in self._days)
            return PAST if far else 1.0
        years = {int(year) for year in _YEAR.findall(fold(sentence))}
        known = {asked.year for asked in self._days} | ({published.year} if published else set())
        if years:
            return PAST if years.isdisjoint(known) else 1.0
        return PAST if self._is_other_event(found, sentence) else 1.0

    def _is_other_event(self, found: ScoredPassage, sentence: str) -> bool:
        """Whether another sentence tells the day that is asked about, and a place, and this one tells other places."""
        lang = found.document.lang
        told = places_told(sentence, lang)
        if not told:
            return False
        text = found.passage.text
        dated = [
            text[start:end]
            for start, end in sentence_spans(text, lang)
            if any(each.day in self._days for each in find_dates(text[start:end], _ANY_DAY))
        ]
        if sentence in dated or not any(places_told(each, lang) for each in dated):
            return False
        home = "\n".join([opening_of(found.document), *dated])
        return not any(self._has(home, lang, self._names(each, lang)) for each in told)

    def _in_place(self, found: ScoredPassage, sentence: str) -> float:
        lang = found.document.lang
        bridged = self._bridged(found)
        names = self._names(self._asked[0], lang) | bridged
        if not in_language_of(self._question, found):
            known = any(script_of(term) == script_of(found.passage.text) for term in bridged)
            return self._by_report(found, sentence, names) if known else 1.0
        if not names or self._is_known_by_name(found):
            return 1.0
        told = places_told(sentence, lang)
        present = self._has(_without_source(sentence, found.document), lang, names)
        if told and self._past(found, sentence, names):
            return PAST
        if present:
            return 1.0
        at_home = self._has(opening_of(found.document), lang, names)
        if any(
            self._same_event(each, lang) and not (at_home and self._is_home(found, sentence, each)) for each in told
        ):
            return ELSEWHERE
        return self._by_report(found, sentence, names)

    def _is_known_by_name(self, found: ScoredPassage) -> bool:
        """Whether a passage has most of the other names of the question: then it is of what is asked about."""
        if not self._others:
            return False
        lang = found.document.lang
        text = f"{found.passage.text}\n{found.document.title}"
        present = [self._has(text, lang, frozenset(self._analyzer.terms(name, lang))) for name in self._others]
        return sum(present) >= _MOST_NAMES * len(present)

    def _by_report(self, found: ScoredPassage, sentence: str, names: frozenset[str]) -> float:
        document = found.document
        near = f"{_without_source(_around(found, sentence), document)}\n{opening_of(document)}"
        if self._has(near, document.lang, names):
            return 1.0
        read = _without_source(document.text[:_LONGEST_READ], document)
        if not self._has(read, document.lang, names):
            return ABSENT
        return ASIDE if self._tells_there(read, document.lang, names) else ABSENT

    def _tells_there(self, text: str, lang: str, names: frozenset[str]) -> bool:
        asked = content_words(" ".join(self._asked[0].before))
        events = frozenset(self._analyzer.terms(asked, lang)) - names
        if not events or not shares_language(self._question, lang):
            return True
        sentences = [text[start:end] for start, end in sentence_spans(text, lang)]
        there = [sentence for sentence in sentences if self._has(sentence, lang, names)]
        return any(self._has(sentence, lang, events) for sentence in there)

    def _names(self, told: Told, lang: str) -> frozenset[str]:
        """The terms of the rarest word of a place's name."""
        terms = [self._analyzer.query_terms(word, [lang]) for word in told.name]
        rarity = [max(self._weights(ones).tolist(), default=0.0) for ones in terms]
        return frozenset(terms[rarity.index(max(rarity))])

    def _bridged(self, found: ScoredPassage) -> frozenset[str]:
        """The terms that the search took for the place in other scripts, and by other names."""
        words = {fold(word) for word in self._asked[0].name}
        matched = [each.matched for each in found.bridged if words & set(fold(each.words).split())]
        terms = {term for ones in matched for one in ones for term in self._analyzer.terms(one, found.document.lang)}
        return frozenset(terms.union(*matched))

    def _has(self, text: str, lang: str, names: frozenset[str]) -> bool:
        if (text, lang) not in self._terms:
            self._terms[text, lang] = frozenset(self._analyzer.terms(text, lang))
        return not names.isdisjoint(self._terms[text, lang])

    def _same_event(self, told: Told, lang: str) -> bool:
        """Whether the words before a place name what the question asks about, as before its own place."""
        asked = content_words(" ".join(self._asked[0].before))
        return self._has(" ".join(told.before), lang, frozenset(self._analyzer.terms(asked, lang)))

    def _is_home(self, found: ScoredPassage, sentence: str, told: Told) -> bool:
        """Whether a report is set at a place: a quarter of the town that is asked about is no other place."""
        opening = opening_of(found.document).replace(sentence, " ")
        return self._has(opening, found.document.lang, self._names(told, found.document.lang))

    def _past(self, found: ScoredPassage, sentence: str, names: frozenset[str]) -> bool:
        published, lang = found.document.published, found.document.lang
        years = {int(year) for year in _YEAR.findall(fold(sentence))}
        if not years or years & self._years:
            return False
        if not self._years and (published is None or max(years) >= published.year - (published.month <= _NEW_YEAR)):
            return False
        asked = content_words(" ".join(self._asked[0].before)) or subject_words(self._question)
        events = frozenset(self._analyzer.query_terms(asked, [lang])) - names
        return not self._has(sentence, lang, events)


def _places_of(question: str) -> list[Told]:
    """The last place that a question tells, if it asks about what happened there."""
    if question_kind(question) in _OF_NO_EVENT:
        return []
    return [told for lang in languages_of(question) for told in places_told(question, lang)][-1:]


def _other_names(question: str, places: Sequence[Told]) -> tuple[str, ...]:
    """The words with a capital, but for the first one and those of a place."""
    known = {word for told in places for word in told.name}
    _, *words = _WORD.findall(question)
    return tuple(word for word in words if word[0].isupper() and word not in known and fold(word) not in MONTHS)


def opening_of(document: Document) -> str:
    """The title and the first sentence, where a report tells where it is set; a dateline alone is none."""
    opening = document.text[:_OPENING]
    ends = [end for _, end in sentence_spans(opening, document.lang)]
    first = next((end for end in ends if end >= _LONGEST_HEAD), len(opening))
    return _without_source(f"{document.title}\n{opening[:first]}", document)


def _around(found: ScoredPassage, sentence: str) -> str:
    """A sentence of a passage with the one before and the one after it."""
    text = found.passage.text
    spans = [span for span in sentence_spans(text, found.document.lang) if text[slice(*span)].strip()]
    place = next((place for place, span in enumerate(spans) if sentence.startswith(text[slice(*span)])), None)
    if place is None:
        return sentence
    return text[spans[max(0, place - 1)][0] : spans[min(len(spans) - 1, place + 1)][1]]


def _without_source(text: str, document: Document) -> str:
    """A text without the name of its source: "The Nardum Post" is no report from Nardum."""
    return text.replace(document.source, " ") if document.source else text
