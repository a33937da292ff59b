"""Whether a written sentence keeps who says so: an accusation is no fact, and a denial no admission."""

from collections.abc import Sequence

from rag.attribution import attribute
from rag.attribution.folding import fold
from rag.attribution.lexicon import LANGUAGES, load_lexicon
from rag.llm.matching import Bridge
from rag.llm.words import words_of
from rag.types import Attribution, Stance

_SAID_AS = {
    Stance.REPORTED: "a report",
    Stance.CLAIMED: "a claim of the actor's own",
    Stance.ACCUSED: "an accusation",
    Stance.DENIED: "a denial",
    Stance.SUSPECTED: "a suspicion",
}
# What a sentence may say of what a passage presents in one of these ways: the same, or something weaker.
_RESTS_ON = {
    Stance.CLAIMED: frozenset({Stance.CLAIMED}),
    Stance.DENIED: frozenset({Stance.DENIED}),
    Stance.ACCUSED: frozenset({Stance.ACCUSED}),
    Stance.SUSPECTED: frozenset({Stance.SUSPECTED, Stance.ACCUSED, Stance.REPORTED}),
}
_BEFORE, _AFTER = 24, 16  # characters around the words found in which a negation bears on them


def stance_fault(
    sentence: str, lang: str, quoted: str, quoted_lang: str, places: Sequence[tuple[int, int]], publisher: str = ""
) -> str | None:
    """What a sentence makes of the words it rests on, where it makes more of them than they say.

    Args:
        sentence: As written.
        lang: Its language.
        quoted: The passage's sentence it rests on.
        quoted_lang: The language of that.
        places: Where in it the words of the written sentence stand.
        publisher: Whose report it is: "according to" it is no more than the report's own voice.

    Returns:
        None where the stance is kept.

    >>> stance_fault("The Brigade did it.", "en", "The army accused the Brigade of doing it.", "en", [(21, 28)])
    'states as a fact what the passage gives as an accusation'
    >>> stance_fault("The army accused the Brigade.", "en", "The army accused the Brigade of it.", "en", [(21, 28)])
    """
    own = attribute(sentence, lang)
    whole = attribute(quoted, quoted_lang)
    read = [attribute(quoted, quoted_lang, place) for place in places]
    governing = [found.stance for found in read or [whole]]
    speakers = [
        quoted[slice(*found.speaker)] for found in (*read, whole) if found.speaker and _bears_on(found, own, governing)
    ]
    named = _named_speaker(sentence, own, lang, publisher, quoted_lang)
    says_so = named is not None and any(_shares_word(named, lang, speaker, quoted_lang) for speaker in speakers)
    telling = [stance for stance in governing if stance is not Stance.REPORTED]
    if own.stance is Stance.REPORTED:
        if telling and (Stance.DENIED in telling or not says_so):
            return f"states as a fact what the passage gives as {_SAID_AS[telling[0]]}"
    elif not _RESTS_ON[own.stance] & {*governing, whole.stance}:
        return f"gives as {_SAID_AS[own.stance]} what the passage gives as {_SAID_AS[whole.stance]}"
    if named is not None and speakers and not says_so:
        return f"says that “{named}” says so, where the passage names “{speakers[0]}”"
    if own.stance is not Stance.DENIED and Stance.DENIED not in governing:
        return _negation_fault(sentence, lang, quoted, quoted_lang, places)
    return None


def _bears_on(found: Attribution, own: Attribution, governing: Sequence[Stance]) -> bool:
    """Whether a speaker of the passage is one whom the sentence could mean."""
    return own.stance in (Stance.REPORTED, Stance.SUSPECTED) or found.stance is own.stance or found.stance in governing


def _named_speaker(sentence: str, own: Attribution, lang: str, publisher: str, publisher_lang: str) -> str | None:
    """Whom a sentence names as saying so; None for "the report" and for who published it."""
    if own.speaker is None:
        return None
    named = sentence[slice(*own.speaker)]
    nobody = all(word.light for word in words_of(named, lang))
    return None if nobody or _shares_word(named, lang, publisher, publisher_lang) else named


def _shares_word(one: str, lang: str, other: str, other_lang: str) -> bool:
    bridge = Bridge(one, lang)
    words = words_of(other, other_lang)
    return any(bridge.places(word, words) for word in bridge.words if not word.light)


def _negation_fault(
    sentence: str, lang: str, quoted: str, quoted_lang: str, places: Sequence[tuple[int, int]]
) -> str | None:
    if lang not in LANGUAGES or quoted_lang not in LANGUAGES or not places:
        return None
    start, end = max(0, places[0][0] - _BEFORE), places[-1][1] + _AFTER
    negated, passage_negated = _is_negated(sentence, lang), _is_negated(quoted[start:end], quoted_lang)
    if negated == passage_negated:
        return None
    return "denies what the passage says" if negated else "leaves out a “not” of the passage"


def _is_negated(text: str, lang: str) -> bool:
    return load_lexicon(lang).negation.search(fold(text).text) is not None
