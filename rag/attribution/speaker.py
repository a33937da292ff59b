"""Who says so: the noun phrase beside a cue, returned only where its two ends are clear."""

import re
from collections.abc import Sequence

from rag.attribution.cues import Clause, Cue
from rag.attribution.lexicon import Lexicon, Order, Phrase, Side
from rag.attribution.phrases import (
    Word,
    construct_after_verb,
    phrase_after_verb,
    phrase_at_start,
    phrase_before_verb,
    trimmed,
    words_of,
)
from rag.types import Stance

_MAX_WORDS = 12
_INSERTION_WORDS = 10
_ARTICLE = "ال"
_OBJECT_PRONOUN = re.compile(r"\w{3,}(?:ه|ها|هم|هما)$")  # three letters before it: not the verb اتهم itself
_ACTIVE = re.compile(
    r"\W*(?:ب?ان(?:ه|ها|هم)?(?!\w)|(?:ال)?مسوولي\w*(?: \w+){0,4}? ل)"
)  # folded; what only an active verb governs
_SUFFIX = re.compile(r"(?<=\w)'\w{1,4}$")
_CONJUNCTIONS = ("و", "ف")
_SPEECH_ENDS = re.compile(r"[\"»,!?،]\s*(?:[-—]\s*)?$|[-—]\s*$")


def find_speaker(
    text: str, cue: Cue, cues: Sequence[Cue], clauses: Sequence[Clause], lexicon: Lexicon
) -> tuple[int, int] | None:
    """Find the words that name the holder of a cue's stance.

    Args:
        text: Folded text.
        cue: The cue.
        cues: All cues of the text, in order.
        clauses: All its clauses, in order.
        lexicon: The language's words.

    Returns:
        Start and end in the folded text, or None where nobody is named or the ends of the name are not clear.
    """
    phrase = lexicon.phrase
    if cue.side is Side.UNNAMED:
        return None
    if cue.side is Side.AFTER:
        words = _verb_first(text, cue, cues, clauses, phrase) if phrase.order is Order.VSO else None
        words = _after(text, cue, cues, clauses, phrase) if words is None else words
    else:
        words = _before(text, cue, cues, clauses, phrase)
        if _follows_speech(text, cue, clauses):
            inverted = _after(text, cue, cues, clauses, phrase)
            quoted = text[: cue.start].rstrip(" ,،-—!?").endswith(('"', "»", "'"))
            if inverted and (words or (cue.clause > 1 and not quoted)):
                return None  # "Lopez, the mayor, said the rebels …": either could be the subject
            words = words or inverted
    if not words or len(words) > _MAX_WORDS or all(word.matches(phrase.pronoun) for word in words):
        return None
    found = trimmed(text, words)
    if found and phrase.order is Order.SOV and (suffix := _SUFFIX.search(text, found[0], found[1])):
        return found[0], suffix.start()  # "Reuters'a göre" names Reuters
    return found


def _follows_speech(text: str, cue: Cue, clauses: Sequence[Clause]) -> bool:
    """Whether a speech verb stands right after quoted or reported words: '"…", said the minister'."""
    if cue.stance is not Stance.REPORTED or not _SPEECH_ENDS.search(text[: cue.start]):
        return False
    inside = text[clauses[cue.clause].start : cue.start].strip(" ,،-—")
    return not inside or inside[0] in '"«'


def _before(text: str, cue: Cue, cues: Sequence[Cue], clauses: Sequence[Clause], phrase: Phrase) -> list[Word]:
    clause = clauses[cue.clause]
    extract = phrase_at_start if phrase.order is Order.SOV else phrase_before_verb
    # In a verb-final clause the subject stands before the verbs that its own verb governs, but not before "göre".
    inner = [
        other.end
        for other in cues
        if other.end <= cue.start and (phrase.order is not Order.SOV or other.stance is Stance.REPORTED)
    ]
    start = max([clause.start, *inner])
    words = words_of(text, start, cue.start)
    inside = text[start : cue.start].strip(" ,،")
    if inside and inside[0] in '"«' and inside[-1] in '"»' and cue.stance is Stance.REPORTED:
        return []  # the words before the verb are a quotation, not its subject
    hung = start == clause.start and clause.hung and not clause.relative
    if hung and phrase.order is Order.SOV and cue.clause == 1:
        # The subject may be set off by a comma: "Jandarma Komutanlığı, saldırıyı …".
        first = clauses[0]
        if all(other.clause == cue.clause for other in cues):
            return extract(words_of(text, first.start, first.end), phrase) or extract(words, phrase)
    if not words and hung and cue.clause >= 2:
        # The cue follows a comma: "The ELN, in a communique, claimed": step over the insertion.
        insertion, subject = clauses[cue.clause - 1], clauses[cue.clause - 2]
        short = len(text[insertion.start : insertion.end].split()) <= _INSERTION_WORDS
        spoken = any(cue.clause - 2 <= other.clause < cue.clause for other in cues)
        words = words_of(text, subject.start, subject.end) if insertion.hung and short and not spoken else []
    return extract(words, phrase)


def _after(text: str, cue: Cue, cues: Sequence[Cue], clauses: Sequence[Clause], phrase: Phrase) -> list[Word]:
    end = min([clauses[cue.clause].end, *(other.start for other in cues if other.start >= cue.end)])
    if stop := phrase.end.search(text, cue.end, end):
        end = stop.start()
    words = words_of(text, cue.end, end)
    found = phrase_after_verb(words, phrase)
    clause = clauses[cue.clause]
    runs_on = found == words and cue.clause == len(clauses) - 1 and not text[clause.start : cue.start].strip()
    if runs_on and not clause.hung and cue.stance is Stance.REPORTED and phrase.order is not Order.VSO:
        return []  # "According to the army rebels fled.": the main clause is in there
    return found


def _verb_first(
    text: str, cue: Cue, cues: Sequence[Cue], clauses: Sequence[Clause], phrase: Phrase
) -> list[Word] | None:
    """The subject of an Arabic verb, which may also stand before it; None leaves it to the words after the verb."""
    verb = text[cue.start : cue.end]
    after = _after(text, cue, cues, clauses, phrase)
    clause_words = words_of(text, clauses[cue.clause].start, cue.start)
    follows_relative = clauses[cue.clause].relative and len(clause_words) == 1
    stem = verb[1:] if verb.startswith(_CONJUNCTIONS) else verb
    has_object = _OBJECT_PRONOUN.search(stem) is not None
    if follows_relative and not has_object:
        return []  # "the group that accused the government": what follows is the object
    before = [] if verb.startswith(_CONJUNCTIONS) else _before(text, cue, cues, clauses, phrase)
    helped = bool(clause_words) and clause_words[-1].matches(phrase.auxiliary)
    if before:
        return before if helped or before[0].bare.startswith(_ARTICLE) or before[0].matches(phrase.head) else []
    if cue.stance is Stance.REPORTED:
        return None
    subject = construct_after_verb(after, phrase)
    if cue.stance is Stance.ACCUSED and not has_object and subject == after:
        # Without an object the verb may be a passive, written alike, and the noun the accused: "اتهم الفصيل بالقصف".
        return subject if subject and _ACTIVE.match(text, subject[-1].end) else []
    return subject
