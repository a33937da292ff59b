"""How a report tells something, and who says so: shown before the words, so that nobody reads them as a fact first."""

from rag.types import Stance
from ui.escaping import attribute, inline, isolated
from ui.strings import ENGLISH, Strings


def badge_html(stance: Stance, strings: Strings = ENGLISH) -> str:
    """The badge of a stance.

    >>> badge_html(Stance.DENIED)
    '<span class="m-stance m-denied" title="This is denied.">Denial</span>'
    """
    note = attribute(strings.stance_notes[stance])
    return f'<span class="m-stance m-{stance}" title="{note}">{inline(strings.stances[stance])}</span>'


def told_html(stance: Stance | None, speaker: str | None, strings: Strings = ENGLISH) -> str:
    """The badge, then who says so.

    Args:
        stance: None for words that answer nothing: then there is nothing to tell.
        speaker: The report's words, or None where it does not say.
        strings: The catalogue.
    """
    if stance is None:
        return ""
    if not speaker:
        return badge_html(stance, strings)
    says = f'<span class="m-says">{inline(strings.says)} {isolated(speaker)}</span>'
    return f"{badge_html(stance, strings)} {says}"
