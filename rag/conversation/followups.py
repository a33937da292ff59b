"""Recognises a question that follows on another, and makes it whole by carrying words of the one before."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from index.text.folding import fold_arabic, fold_case, fold_latin
from rag.conversation.types import Turn
from rag.reading.question import content_words
from rag.reading.question_kind import likely_languages, question_kind, subject
from rag.types import QuestionKind

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}\p{N}]*(?:[ \-]\p{Lu}[\p{L}\p{M}\p{N}]*)*")
_END = regex.compile(r"[\s?؟？.!…]+$")
_START = regex.compile(r"^[\s¿¡]+")
_CAPITALISED_NOUNS = frozenset({"de"})
_LONGEST_NAME = 5  # words of an answer that may be what "they" stands for
_WITH_LEAD, _WITHOUT_LEAD, _WITH_ANAPHORA = 2, 1, 3  # words of its own that a follow-up may have


@dataclass(frozen=True, slots=True)
class _Markers:
    """The table of a language, folded."""

    lead: frozenset[str]
    attached: tuple[str, ...]
    anaphora: frozenset[str]
    persons: frozenset[str]
    final: frozenset[str]
    light: frozenset[str]
    antecedent: int
    more: frozenset[str]
    about: tuple[regex.Pattern[str], ...]
    places: frozenset[str]


def is_follow_up(question: str) -> bool:
    """Whether a question needs the one before it to be understood.

    It does where it puts something else in the place of what was asked about ("what about Homs?"), where words in it
    stand for something said before, or where it has hardly a word of its own: one and no name; two after "and".

    Args:
        question: In any language; those of ``followups.toml`` are understood.

    Examples:
        >>> is_follow_up("ومتى؟"), is_follow_up("And how many were killed?"), is_follow_up("Did they deny it?")
        (True, True, True)
        >>> is_follow_up("And who blew up the bridge in Rasvina?"), is_follow_up("من نفذ تفجير سوق ناردوم؟")
        (False, False)
    """
    markers = _markers(likely_languages(question))
    if _other_subject(question, markers) is not None:
        return True
    words = _WORD.findall(question)
    own = _own_words(question, markers)
    kind = question_kind(_without_lead(question, markers))
    if kind is QuestionKind.OVERVIEW:
        return not own
    if _anaphoric(words, own, markers):
        return len(own) <= _WITH_ANAPHORA
    if not own:
        return bool(words)
    if _names(question):
        return False
    led = _is_led(words, markers)
    if kind is QuestionKind.OTHER and not led:
        return False
    asks_for_more = any(_fold(word) in markers.more for word in words)
    return len(own) <= (_WITH_LEAD if led or asks_for_more else _WITHOUT_LEAD)


def resolve(history: Sequence[Turn], question: str) -> str:
    """The question made whole with words of the one before it.

    Args:
        history: The turns before it, oldest first.
        question: As asked.

    Returns:
        The question as it is where it stands alone or nothing is before it. Else: asked about something else, the
        question before with that in its place; otherwise the question, without what stands for something said before,
        and with the words of the question before that carry meaning.

    Examples:
        >>> before = [Turn("Who attacked Tolnara?", "Who attacked Tolnara?", "The Northern Brigade")]
        >>> resolve(before, "and when?"), resolve(before, "What about Rasvina?")
        ('when attacked Tolnara?', 'Who attacked Rasvina?')
        >>> resolve(before, "Where are they based?"), resolve(before, "Who shelled Rasvina?")
        ('Where are based The Northern Brigade attacked Tolnara?', 'Who shelled Rasvina?')
    """
    if not history or not is_follow_up(question):
        return question
    markers = _markers(likely_languages(question))
    before = history[-1]
    other = _other_subject(question, markers)
    if other is not None:
        return exchange(before.searched, other)
    kept = _kept(question, markers)
    carried = _carried(before, kept, names_somebody=_speaks_of_somebody(question, markers))
    mark = "؟" if regex.search(r"\p{Arabic}", question) else "?"
    return f"{' '.join([*kept, *carried])}{mark}"


def exchange(question: str, other: str) -> str:
    """A question asked of something else: that takes the place of what it shares a word with, or of the last name.

    Without either it takes the place of what follows the last preposition of place, or else of the last words that
    carry meaning, as many as it has.

    Examples:
        >>> exchange("Who shelled the market in Tolnara?", "Rasvina"), exchange("من نفذ تفجير السوق؟", "تفجير الجسر")
        ('Who shelled the market in Rasvina?', 'من نفذ تفجير الجسر؟')
        >>> exchange("من قصف السوق في الرقة؟", "حمص"), exchange("Who shelled the market in Tolnara?", "in Rasvina")
        ('من قصف السوق في حمص؟', 'Who shelled the market in Rasvina?')
    """
    markers = _markers(likely_languages(question))
    end = _END.search(question)
    stop = end.start() if end else len(question)
    words = list(_WORD.finditer(question, 0, stop))
    others = _WORD.findall(other)
    if not words or not others:
        return question
    meaning = {_fold(word) for word in content_words(other).split()}
    shared = next((word for word in words if _fold(word[0]) in meaning), None)
    if shared:
        return f"{question[: shared.start()]}{_from_meaning(other, meaning)}{question[stop:]}"
    bare = other[len(others[0]) :].strip() if _fold(others[0]) in markers.places and len(others) > 1 else other
    meant = set(content_words(question).split())
    first = words[0].start() if words[0][0] in meant else words[0].end()
    names = [name for name in _NAME.finditer(question, first, stop) if _fold(name[0]) not in markers.places]
    if names and _NAME.search(bare):
        return f"{question[: names[-1].start()]}{bare}{question[names[-1].end() :]}"
    places = [word for word in words[:-1] if _fold(word[0]) in markers.places]
    if places:
        return f"{question[: places[-1].end()]} {bare}{question[stop:]}"
    last = [word for word in words[1:] if word[0] in meant][-len(_WORD.findall(bare)) :] or words[-1:]
    return f"{question[: last[0].start()]}{bare}{question[last[-1].end() :]}"


def _from_meaning(text: str, meaning: set[str]) -> str:
    """A text from its first word that carries meaning."""
    return next(text[word.start() :] for word in _WORD.finditer(text) if _fold(word[0]) in meaning)


def _kept(question: str, markers: _Markers) -> list[str]:
    """The words of a question without those that open it, and those that stand for something said before."""
    pointing = markers.anaphora | markers.persons | markers.more
    words = _WORD.findall(_without_lead(question, markers))
    if words and _fold(words[-1]) in markers.final:
        words = words[:-1] or words
    return [word for word in words if _fold(word) not in pointing] or words


def _carried(before: Turn, kept: Sequence[str], names_somebody: bool) -> list[str]:
    there = {_fold(word) for word in kept}
    words = (
        subject(before.searched)
        if question_kind(before.searched) is QuestionKind.OVERVIEW
        else (content_words(before.searched) or before.searched)
    )
    carried = [word for word in _WORD.findall(words) if _fold(word) not in there]
    named = _WORD.findall(before.answer or "")
    if names_somebody and len(named) <= _LONGEST_NAME:
        carried = [*(word for word in named if _fold(word) not in there), *carried]
    return carried


def _other_subject(question: str, markers: _Markers) -> str | None:
    """What a question puts in the place of what was asked about, in its own letters; None where it does not."""
    stripped = _START.sub("", _END.sub("", question))
    words = list(_WORD.finditer(stripped))
    folded = " ".join(_fold(word[0]) for word in words)
    for pattern in markers.about:
        match = pattern.fullmatch(folded)
        if match:
            first = folded[: match.start(1)].count(" ")
            count = match[1].count(" ") + 1
            return stripped[words[first].start() : words[first + count - 1].end()]
    return None


def _anaphoric(words: Sequence[str], own: Sequence[str], markers: _Markers) -> bool:
    """Whether a word stands for something that this question does not say itself.

    What stands before it may be what it stands for ("Who blew up the bridge and its pier?"): where two words that carry
    meaning come before it, and one after.
    """
    pointing = (markers.anaphora | markers.persons) - markers.final
    left = list(own)
    for word in words:
        if left and word == left[0]:
            left.pop(0)
        elif _fold(word) in pointing and (len(own) - len(left) < markers.antecedent or not left):
            return True
    return bool(words) and _fold(words[-1]) in markers.final


def _speaks_of_somebody(question: str, markers: _Markers) -> bool:
    words = [_fold(word) for word in _WORD.findall(question)]
    return bool(words) and (
        words[-1] in markers.persons or bool(markers.persons.difference(markers.final) & set(words))
    )


def _own_words(question: str, markers: _Markers) -> list[str]:
    """The words that carry meaning by themselves; of a request for an overview, those of its subject."""
    dropped = markers.anaphora | markers.persons | markers.more | markers.lead | markers.light | markers.final
    text = _without_lead(question, markers)
    words = content_words(text)
    if question_kind(text) is QuestionKind.OVERVIEW:
        words = subject(text) if subject(text) != text else ""
    return [word for word in words.split() if _fold(word) not in dropped]


def _names(question: str) -> list[str]:
    """Words with a capital that are not the first, where nouns have none and not everything is in capitals."""
    if _CAPITALISED_NOUNS & set(likely_languages(question)) or question.isupper():
        return []
    words = list(_WORD.finditer(question))
    return _NAME.findall(question, words[0].end()) if words else []


def _is_led(words: Sequence[str], markers: _Markers) -> bool:
    return bool(words) and (_fold(words[0]) in markers.lead or _unattached(words[0], markers) != words[0])


def _without_lead(question: str, markers: _Markers) -> str:
    text = _START.sub("", question)
    words = list(_WORD.finditer(text))
    for place, word in enumerate(words):
        if _fold(word[0]) not in markers.lead or place == len(words) - 1:
            return _unattached(text[word.start() :], markers)
    return text


def _unattached(text: str, markers: _Markers) -> str:
    """Without the letter that joins an interrogative to what was said before: "ومتى" is "متى"."""
    word = _WORD.match(text)
    if not word or _fold(text[:1]) not in markers.attached:
        return text
    rest = _fold(word[0][1:])
    return text[1:] if rest and not content_words(rest) else text


def _markers(langs: Sequence[str]) -> _Markers:
    """The tables of languages as one."""
    tables = [_tables()[lang] for lang in langs if lang in _tables()]

    def of(key: str) -> frozenset[str]:
        return frozenset(_fold(word) for table in tables for word in table[key])

    return _Markers(
        lead=of("lead"),
        attached=tuple(of("attached")),
        anaphora=of("anaphora"),
        persons=of("persons"),
        final=of("final"),
        light=of("light"),
        antecedent=min((table["antecedent"] for table in tables), default=1),
        more=of("else"),
        about=tuple(regex.compile(_fold_pattern(each)) for table in tables for each in table["about"]),
        places=of("in"),
    )


@cache
def _tables() -> dict[str, dict[str, Any]]:
    with files("rag.conversation").joinpath("followups.toml").open("rb") as file:
        tables: dict[str, dict[str, Any]] = tomllib.load(file)
    return tables


def _fold(text: str) -> str:
    return fold_latin(fold_arabic(fold_case(text)))


def _fold_pattern(pattern: str) -> str:
    return fold_latin(fold_arabic(pattern))
