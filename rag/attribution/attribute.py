"""How a sentence presents a claim, and who says so."""

from collections.abc import Sequence

from rag.attribution.cues import Clause, Cue, find_cues, says_nobody
from rag.attribution.folding import Folded, fold
from rag.attribution.lexicon import LANGUAGES, Lexicon, Order, Phrase, Side, load_lexicon
from rag.attribution.phrases import words_of
from rag.attribution.speaker import find_speaker
from rag.types import Attribution, Stance

_LATIN = ("en", "fr", "es", "de", "tr")
_PERSIAN_LETTERS = frozenset("پچژگ")
WINDOW = 1000
_OPENING_WORDS = {Side.BEFORE: 4, Side.AFTER: 1, Side.UNNAMED: 1}
_PLAIN = Attribution(Stance.REPORTED, None)


def attribute(sentence: str, lang: str, answer: tuple[int, int] | None = None) -> Attribution:
    """Read how a sentence, or an answer within it, is presented, and who says so.

    The rules, from words alone; where they are in doubt they choose the weaker stance:

    - Without an answer, the outermost cue of the sentence decides: the first clause with one, and in it the first cue
      (the last in Turkish and Persian, whose verbs come last). "The army accused the Brigade, which denied it" is
      ``accused``.
    - With an answer, the cue of its own clause nearest to it decides, except that a denial covers its whole clause;
      then the cue whose speaker the answer is; then the clauses it hangs on (the one before, the one before that);
      then a clause hung on it ("…, police suspect"). A contrast ("but") or a coordination ends the search.
    - An accusation or suspicion says nothing of the one who utters it, also where a relative clause utters it: "the
      group, which accused the army".
    - Of those between whom others were killed in a fight, each is suspected: neither is said to have done it.
    - Speech verbs yield to every other cue, so nested speech goes to the innermost holder: "The minister said the
      group denied it" is ``denied``, and the speaker is the group. An accusation or suspicion that names no holder
      takes the speaker of the speech verb around it.
    - Of a sentence of more than 2,000 characters only those from 1,000 before the answer (or its start) are read, so
      that no text can make the reading slow.
    - A negated claim of responsibility is ``reported``; a negated accusation, suspicion or denial is ``suspected``.

    Args:
        sentence: One sentence, as it stands in the report.
        lang: ISO 639-1 code, with or without a region ("ar", "ar-SY"). For a language without a lexicon, those of the
            sentence's script are tried: Persian or Arabic by its letters, Russian for Cyrillic; English, French,
            Spanish, German and Turkish in turn for Latin, where the first that reads more than a plain report wins.
        answer: Start and end of the answer in ``sentence``; None to read the whole sentence.

    Returns:
        The stance, and the offsets in ``sentence`` of the words that name the speaker.

    Raises:
        ValueError: The answer is empty or not within the sentence.

    >>> found = attribute("The ELN claimed responsibility for the attack.", "en")
    >>> found
    Attribution(stance=<Stance.CLAIMED: 'claimed'>, speaker=(0, 7))
    >>> attribute("The army accused the Brigade, which denied it.", "en", (30, 35)).stance
    <Stance.DENIED: 'denied'>
    """
    if answer is not None and not 0 <= answer[0] < answer[1] <= len(sentence):
        raise ValueError(f"answer {answer} is empty or not within the sentence of {len(sentence)} characters")
    first = max(0, answer[0] - WINDOW) if answer else 0
    folded = fold(sentence[first : first + 2 * WINDOW])
    if answer:
        answer = answer[0] - first, min(answer[1] - first, 2 * WINDOW)
    if not folded.text:
        return _PLAIN
    readings = (_read(folded, load_lexicon(code), answer) for code in lexicons_for(folded.text, lang))
    found = _PLAIN
    for reading in readings:
        found = found if found.speaker and reading.stance is Stance.REPORTED else reading
        if found.stance is not Stance.REPORTED:
            break
    return Attribution(found.stance, (found.speaker[0] + first, found.speaker[1] + first) if found.speaker else None)


def names_nobody(sentence: str, lang: str) -> bool:
    """Whether a sentence says that nobody has claimed responsibility or that it is not known who did it.

    Args:
        sentence: One sentence; its first 2,000 characters are read.
        lang: As for ``attribute``.

    Returns:
        False where another cue presents a claim, an accusation or a suspicion.

    >>> names_nobody("No group has claimed responsibility for the attack.", "en")
    True
    >>> names_nobody("No group has claimed responsibility, but the army blamed the Brigade.", "en")
    False
    >>> names_nobody("Investigators have no lead as to who planted the bomb.", "en")
    True
    """
    text = fold(sentence[: 2 * WINDOW]).text
    return any(says_nobody(text, load_lexicon(code)) for code in lexicons_for(text, lang))


def lexicons_for(text: str, lang: str) -> tuple[str, ...]:
    """The languages whose lexicons a text is read with, in turn; see ``attribute``."""
    code = lang.replace("_", "-").split("-")[0].lower()
    if code in LANGUAGES:
        return (code,)
    if any("\u0600" <= c <= "\u06ff" for c in text):
        return ("fa", "ar") if _PERSIAN_LETTERS & set(text) else ("ar", "fa")
    if any("\u0400" <= c <= "\u04ff" for c in text):
        return ("ru",)
    return _LATIN if any("a" <= c <= "z" for c in text) else ()


def _read(folded: Folded, lexicon: Lexicon, answer: tuple[int, int] | None) -> Attribution:
    cues, clauses = find_cues(folded.text, lexicon)
    speakers = [find_speaker(folded.text, cue, cues, clauses, lexicon) for cue in cues]
    if answer is None:
        chosen = _outermost(cues, lexicon)
    else:
        span = folded.from_original(*answer)
        chosen = _governing(folded.text, span, cues, speakers, clauses, lexicon.phrase)
        if chosen is None and (uttered := [i for i, speaker in enumerate(speakers) if _overlap(span, speaker)]):
            # Only an accusation of its own is near: no plain report of the answer, and nobody who says so.
            return Attribution(cues[uttered[0]].stance, None)
    if chosen is None:
        return _PLAIN
    cue, speaker = cues[chosen], speakers[chosen]
    if speaker is None and cue.side is Side.UNNAMED and cue.stance in (Stance.ACCUSED, Stance.SUSPECTED):
        speaker = _speaker_around(cue, cues, speakers, clauses)
    return Attribution(cue.stance, folded.to_original(*speaker) if speaker else None)


def _outermost(cues: Sequence[Cue], lexicon: Lexicon) -> int | None:
    telling = [i for i, cue in enumerate(cues) if cue.stance is not Stance.REPORTED]
    telling = telling or list(range(len(cues)))
    if not telling:
        return None
    first = [i for i in telling if cues[i].clause == cues[telling[0]].clause]
    return first[-1] if lexicon.phrase.order is Order.SOV else first[0]


def _governing(
    text: str,
    answer: tuple[int, int],
    cues: Sequence[Cue],
    speakers: Sequence[tuple[int, int] | None],
    clauses: Sequence[Clause],
    phrase: Phrase,
) -> int | None:
    """Number of the cue that governs the answer, or None."""
    home = next((i for i, clause in enumerate(clauses) if answer[0] < clause.end), len(clauses) - 1)
    own = [_overlap(answer, speaker) for speaker in speakers]

    def nearest(numbers: list[int]) -> int | None:
        def rank(i: int) -> tuple[bool, int]:
            return cues[i].stance is not Stance.DENIED, max(cues[i].start - answer[1], answer[0] - cues[i].end)

        return min(numbers, key=rank, default=None)

    for telling in (True, False):
        kind = [i for i, cue in enumerate(cues) if (cue.stance is not Stance.REPORTED) is telling]
        # One who accuses or suspects is not the accused; one who claims or denies speaks of itself.
        of_others = [i for i in kind if not (own[i] and cues[i].stance in (Stance.ACCUSED, Stance.SUSPECTED))]
        in_clause = nearest([i for i in of_others if cues[i].clause == home])
        if in_clause is not None:
            return in_clause
        if telling and (selves := [i for i in of_others if own[i]]):
            return nearest(selves)
        for number in _hung_clauses(home, clauses):
            near = [i for i in of_others if cues[i].clause == number]
            if number > home:
                near = [i for i in near if _opens_clause(text, cues[i], speakers[i], clauses[number])]
                near = [i for i in near if not _blames_what_follows(text, cues[i], clauses[number], phrase)]
            if (found := nearest(near)) is not None:
                return found
    return None


def _opens_clause(text: str, cue: Cue, speaker: tuple[int, int] | None, clause: Clause) -> bool:
    """Whether the cue is its clause's own verb ("…, police suspect"), not deep in it ("…, where rebels may hide")."""
    start = min(cue.start, speaker[0]) if speaker else cue.start
    return len(text[clause.start : start].split()) <= _OPENING_WORDS[cue.side]


def _blames_what_follows(text: str, cue: Cue, clause: Clause, phrase: Phrase) -> bool:
    """Whether it is the accusation of the one whom a relative clause is about: "the group, which accused the army"."""
    if not clause.relative or cue.side is not Side.BEFORE or cue.stance not in (Stance.ACCUSED, Stance.SUSPECTED):
        return False
    between = words_of(text, clause.start, cue.start)[1:]
    return phrase.order is Order.SVO and all(
        word.matches(phrase.auxiliary) or word.matches(phrase.adverb) for word in between
    )


def _hung_clauses(home: int, clauses: Sequence[Clause]) -> list[int]:
    """The clauses that ``home`` hangs on, nearest first, then those that hang on it."""
    numbers = []
    current = home
    while current > 0 and clauses[current].hung:
        current -= 1
        numbers.append(current)
    current = home + 1
    while current < len(clauses) and clauses[current].hung:
        numbers.append(current)
        current += 1
    return numbers


def _speaker_around(
    cue: Cue, cues: Sequence[Cue], speakers: Sequence[tuple[int, int] | None], clauses: Sequence[Clause]
) -> tuple[int, int] | None:
    """The speaker of the speech verb nearest to a cue that names nobody, in its clause or one joined to it."""
    joined = {cue.clause, *_hung_clauses(cue.clause, clauses)}
    speech = [
        (abs(other.start - cue.start), speaker)
        for other, speaker in zip(cues, speakers, strict=True)
        if other.stance is Stance.REPORTED and other.clause in joined and speaker is not None
    ]
    return min(speech)[1] if speech else None


def _overlap(span: tuple[int, int], other: tuple[int, int] | None) -> bool:
    return other is not None and span[0] < other[1] and other[0] < span[1]
