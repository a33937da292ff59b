"""Who says, accuses or suspects in a sentence, whatever it is about: for questions that ask for them."""

from collections.abc import Collection

from rag.attribution.attribute import WINDOW, lexicons_for
from rag.attribution.cues import find_cues
from rag.attribution.folding import fold
from rag.attribution.lexicon import load_lexicon
from rag.attribution.speaker import find_speaker
from rag.types import Stance

_SPEAKING = (Stance.REPORTED, Stance.ACCUSED, Stance.SUSPECTED)


def utterers(sentence: str, lang: str, stances: Collection[Stance] = _SPEAKING) -> tuple[tuple[int, int], ...]:
    """The words of a sentence that name who says something, accuses or suspects somebody.

    Who claims or denies speaks of itself, and is left out.

    Args:
        sentence: One sentence; its first 2,000 characters are read.
        lang: As for ``attribute``.
        stances: Of what they do: who accuses, who suspects, who says.

    Returns:
        Start and end of each in the sentence, in the order of their cues.

    >>> text = "The ministry blamed the Brigade."
    >>> [text[slice(*span)] for span in utterers(text, "en")]
    ['The ministry']
    """
    folded = fold(sentence[: 2 * WINDOW])
    found: list[tuple[int, int]] = []
    for code in lexicons_for(folded.text, lang):
        lexicon = load_lexicon(code)
        cues, clauses = find_cues(folded.text, lexicon)
        for cue in cues:
            speaker = find_speaker(folded.text, cue, cues, clauses, lexicon) if cue.stance in stances else None
            if speaker is not None and (place := folded.to_original(*speaker)) not in found:
                found.append(place)
    return tuple(found)
