"""Who reacts to what others did: whoever condemns an attack is not who carried it out."""

from dataclasses import replace

from rag.attribution.attribute import WINDOW, lexicons_for
from rag.attribution.cues import Clause, Cue, find_cues
from rag.attribution.folding import fold
from rag.attribution.lexicon import Phrase, Side, load_lexicon
from rag.attribution.phrases import words_of
from rag.attribution.speaker import find_speaker


def reactors(sentence: str, lang: str) -> tuple[tuple[int, int], ...]:
    """The words of a sentence that name who condemns, mourns, recalls or investigates something, or calls for it.

    Where the ends of the name are not clear, all of the clause on the side of the verb that names are on: rather no
    answer than one that makes those who condemn a deed those who did it.

    Args:
        sentence: One sentence; its first 2,000 characters are read.
        lang: As for ``attribute``.

    Returns:
        Start and end of each in the sentence.

    >>> text = "The bombing was condemned by the United Nations."
    >>> [text[slice(*span)] for span in reactors(text, "en")]
    ['the United Nations']
    """
    folded = fold(sentence[: 2 * WINDOW])
    found: list[tuple[int, int]] = []
    for code in lexicons_for(folded.text, lang):
        lexicon = load_lexicon(code)
        lexicon = replace(lexicon, cues=lexicon.reactions)
        cues, clauses = find_cues(folded.text, lexicon)
        for cue in cues:
            named = find_speaker(folded.text, cue, cues, clauses, lexicon)
            start, end = named or _unclear(folded.text, cue, clauses[cue.clause], lexicon.phrase)
            if start < end:
                found.append(folded.to_original(start, end))
    return tuple(found)


def _unclear(text: str, cue: Cue, clause: Clause, phrase: Phrase) -> tuple[int, int]:
    if cue.side is Side.BEFORE:
        return clause.start, cue.start
    following = words_of(text, cue.end, clause.end)
    # "who called for" names nobody after the verb.
    nobody = not following or following[0].matches(phrase.preposition) or following[0].matches(phrase.stop)
    return (cue.end, cue.end) if nobody else (cue.end, clause.end)
