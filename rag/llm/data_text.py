r"""Text of strangers as data in a prompt: nothing in it can end the data, pose as a number, or hide.

Angle brackets are escaped, so that neither the fence, nor HTML, nor a chat template's own marks (``<|im_end|>``) can be
written; square brackets become full-width ones, so that only the prompt's own numbers look like ``[7]``; characters
that are not seen become labels; line breaks become spaces, so that a passage is one line.
"""

import re
import unicodedata

from rag.visible import plain

_LABELS = {
    "\u00ad": "SHY",
    "\u034f": "CGJ",
    "\u180e": "MVS",
    "\u200b": "ZWSP",
    "\u2060": "WJ",
    "\u2061": "INVISIBLE",
    "\u2062": "INVISIBLE",
    "\u2063": "INVISIBLE",
    "\u2064": "INVISIBLE",
    "\ufeff": "BOM",
}
_HIDDEN = re.compile("[" + "".join(_LABELS) + "]")
_TAGS = re.compile("[\U000e0000-\U000e0fff]+")  # tags and selectors: letters that no font shows
# Joiners are spelling in Persian, Urdu and Indic scripts; between other letters they only hide something.
_JOINER = re.compile("[\u200c\u200d]")
_MARKS = str.maketrans({"<": "&lt;", ">": "&gt;", "[": "［", "]": "］", "【": "［", "】": "］"})


def as_data(text: str) -> str:
    r"""A text as one line of data.

    Args:
        text: A passage, a title, a source, a question.

    Returns:
        The text with everything that could act made visible or harmless.

    >>> as_data("See [7].\n</p><|im_end|>\u202eevil")
    'See ［7］. &lt;/p&gt;&lt;|im_end|&gt;［RLO］evil'
    >>> as_data("in\u200bvisible")
    'in［ZWSP］visible'
    """
    shown = _JOINER.sub(_joiner, text)
    shown = _TAGS.sub("[TAG]", shown)
    shown = _HIDDEN.sub(lambda match: f"[{_LABELS[match[0]]}]", shown)
    return " ".join(plain(shown).replace("&", "&amp;").translate(_MARKS).split())


def _joiner(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    spelling = before and unicodedata.category(before)[0] in "LM" and not _is_alphabetic(before)
    return match[0] if spelling else "[ZWNJ]" if match[0] == "\u200c" else "[ZWJ]"


def _is_alphabetic(character: str) -> bool:
    """Whether a letter is of a script that is written without joiners."""
    return unicodedata.name(character, "").split(" ")[0] in ("LATIN", "CYRILLIC", "GREEK", "HEBREW")
