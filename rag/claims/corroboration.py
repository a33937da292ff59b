"""Other reports that say what an answer says, of the same event, though the reader is less sure of them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache

from index.bridges import Aliases, SkeletonIndex, name_bridges
from index.types import Bridged, ScoredPassage
from rag.claims.citing import cite_answer
from rag.claims.relations import Answering, answering
from rag.reading.asks_deed import asks_who_did_it
from rag.reading.coverage import in_language_of
from rag.reading.protocol import Reading
from rag.reading.question import content_words
from rag.reading.question_kind import question_kind
from rag.types import QuestionKind, Stance
from rag.values.comparing import Relation
from rag.values.concepts import stems
from rag.values.moments import Moment
from rag.values.names import Name, compare_names
from rag.values.numbers import Quantity, compare_quantities
from rag.values.words import WORD

SAME_NEWS = timedelta(days=31)
_MOST = 0.5
_SURE_ENOUGH = 0.1
_PLAIN_FACTS = (QuestionKind.WHEN, QuestionKind.HOW_MANY, QuestionKind.WHERE)


def corroborating(
    question: str, readings: Sequence[Reading], passing: Sequence[Reading], aliases: Aliases
) -> Iterator[Reading]:
    """Readings of further reports that say what a passing one says, of the same event.

    The reader marks words less surely in a language that is not the question's, and less surely in what is told as
    somebody's word; that two reports say the same of one event is evidence of its own. A reading counts where its
    report is none that passes, or a copy of one, or is one of them and carries a denial of what it tells, and

    - asked who did it, it claims, blames, suspects or denies the actor that a passing reading names (see
      ``compare_names``); asked when, how many or where, it tells the same day, figure or place, and is at least a tenth
      as sure;
    - its report is of the same event: published within 31 days of that of the passing reading, and with half of what
      the question names. In the question's own language those are its content words; in others the names that the
      search knows in that language's script, of which there must be one.

    Args:
        question: In any language.
        readings: The best first.
        passing: Those that pass.
        aliases: Names that go together.

    Yields:
        Readings that are not among the passing ones, in their order; none for other questions.
    """
    kind = question_kind(question)
    if not (asks_who_did_it(question) or kind in _PLAIN_FACTS):
        return
    known = {reading.found.original_id for reading in passing}
    cited = {reading.found.document.doc_id for reading in passing}
    told = [answering(reading, 0, kind, aliases) for reading in passing]
    for reading in readings:
        denies = reading.found.document.doc_id in cited and _stance(reading) is Stance.DENIED
        if reading in passing or (reading.found.original_id in known and not denies):
            continue
        answer = answering(reading, 0, kind, aliases)
        if any(_says_the_same(kind, answer, other) for other in told) and _is_asked_about(question, answer):
            yield reading


def _says_the_same(kind: QuestionKind, answer: Answering, other: Answering) -> bool:
    mine, theirs = answer.reading, other.reading
    if not _is_same_news(mine.found, theirs.found):
        return False
    if kind in _PLAIN_FACTS and mine.confidence < _SURE_ENOUGH * theirs.confidence:
        return False
    if isinstance(answer.value, Quantity) and isinstance(other.value, Quantity):
        return compare_quantities(answer.value, other.value) is Relation.SAME
    if isinstance(answer.value, Moment) and isinstance(other.value, Moment):
        return answer.value == other.value and all(answer.value.parts)
    if answer.name is None or other.name is None or not (_is_somebody(answer.name) and _is_somebody(other.name)):
        return False
    related = compare_names(answer.name, other.name, lambda _, __: False)
    return related in (Relation.SAME, Relation.WITHIN) and (
        kind in _PLAIN_FACTS or _stance(mine) is not Stance.REPORTED
    )


def _is_somebody(name: Name) -> bool:
    return bool(name.units) and not name.nobody and not name.bare


def _stance(reading: Reading) -> Stance | None:
    return cite_answer(reading.found, reading.start, reading.end).stance


def _is_same_news(one: ScoredPassage, other: ScoredPassage) -> bool:
    if one.document.doc_id == other.document.doc_id:
        return True
    first, second = one.document.published, other.document.published
    return first is not None and second is not None and abs(first - second) <= SAME_NEWS


def _is_asked_about(question: str, answer: Answering) -> bool:
    """Whether a passage has half of what the question names, besides the answer."""
    found = answer.reading.found
    lang = found.document.lang
    present = _stems(f"{found.passage.text}\n{found.document.title}", lang)
    own = {stem for word in WORD.findall(answer.reading.text) for stem in stems(word, lang)}
    if in_language_of(question, found):
        asked = [stems(word, lang) for word in WORD.findall(content_words(question))]
        named = [forms for forms in asked if forms.isdisjoint(own)]
        return bool(named) and sum(not forms.isdisjoint(present) for forms in named) >= _MOST * len(named)
    names = [_has_name(each, found) for each in found.bridged]
    return bool(names) and sum(names) >= _MOST * len(names)


def _has_name(name: Bridged, found: ScoredPassage) -> bool:
    """Whether a passage has a name of the question in another spelling: one that was searched, or one that sounds so.

    The search leaves out words that may be no names unless they sound very much alike. Here the name is known to be
    one, since the collection spells it in another script.
    """
    text = f"{found.passage.text}\n{found.document.title}"
    present = _stems(text, found.document.lang)
    if any(_stems(form, found.document.lang) <= present for form in name.matched):
        return True
    return any(name_bridges(word, _by_sound(text)) for word in WORD.findall(name.words))


@lru_cache(maxsize=64)
def _by_sound(text: str) -> SkeletonIndex:
    return SkeletonIndex.build(sorted(set(WORD.findall(text))))


@lru_cache(maxsize=256)
def _stems(text: str, lang: str) -> frozenset[str]:
    return frozenset(stem for word in WORD.findall(text) for stem in stems(word, lang))
