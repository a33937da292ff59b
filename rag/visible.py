r"""Characters of a report that must not act on what shows it, made visible.

Document text is hostile. It can hold Unicode controls that change the order in which the words around them appear
("Trojan Source", Boucher and Anderson, 2021): here each becomes a label.
"""

import re

BIDI_LABELS = {
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
"""What each bidirectional control is called."""

BIDI = re.compile("[" + "".join(BIDI_LABELS) + "]")
"""Matches one bidirectional control."""

# Neither XML nor UTF-8 can hold all of these, and none has a place in a page.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""Text with U+FFFD for what no page can hold: control characters and halves of a surrogate pair.

    >>> printable("a\x00b")
    'a\ufffdb'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def plain(text: str) -> str:
    r"""Text without markup, with each bidirectional control as a label in brackets.

    >>> plain("a\u202eb")
    'a[RLO]b'
    """
    return BIDI.sub(lambda match: f"[{BIDI_LABELS[match[0]]}]", printable(text))
