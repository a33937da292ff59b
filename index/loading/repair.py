"""Arabic as extractors and old software leave it: presentation forms, visual order, swapped lam-alef."""

import re
import unicodedata

from index.loading.encoding import Decoded
from index.loading.visual_order import Reordered, reorder

# Ligatures for whole phrases (ﷺ ﷻ ﷽, the rial sign ﷼) are characters that people type: they stay.
_FORM = re.compile("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdf2\ufe70-\ufefc]")
# No word begins with alef and hamza-alef before lam: it is the article and a ligature that was turned around.
_SWAPPED_LAM_ALEF = re.compile("(?<![\u0620-\u065f])([وبفك]?)ا([أإآ])ل(?=[\u0620-\u064a])")


def repair_arabic(text: str) -> Decoded:
    """Make extracted Arabic readable and searchable.

    Args:
        text: Any text; one without Arabic comes back as it is.

    Returns:
        The text in reading order and base letters, and a note for each kind of repair.

    >>> repair_arabic("ﺍﻟﺴﻼﻡ").text
    'السلام'
    """
    # Order first: a lam-alef ligature is one character, and must be turned around as one.
    reordered = reorder(text)
    notes = list(_order_notes(reordered))
    text, forms = _FORM.subn(_base_letters, reordered.text)
    if forms:
        notes.append("Arabic presentation forms were normalised")
    text, swapped = _SWAPPED_LAM_ALEF.subn(r"\1ال\2", text)
    if swapped:
        notes.append("lam-alef ligatures in the wrong order were put right")
    return Decoded(text, tuple(notes))


def _base_letters(match: re.Match[str]) -> str:
    """A form's letters; the forms of a mark alone are defined with a space before it, which is no part of the text."""
    return unicodedata.normalize("NFKC", match.group()).lstrip(" ")


def _order_notes(reordered: Reordered) -> tuple[str, ...]:
    if reordered.unsure:
        return ("the Arabic text may be in visual order; it was left as it is: compare it with the original",)
    if reordered.letters and reordered.words:
        return ("text was in visual order and has been reversed",)
    if reordered.words:
        return ("the words of lines were in visual order and have been reversed",)
    if reordered.letters:
        return ("the letters of words were in visual order and have been reversed",)
    return ()
