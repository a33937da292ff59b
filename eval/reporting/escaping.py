r"""Text of documents and questions made safe for a page: escaped, and unable to reorder or break what is around it.

Document text is hostile. Besides markup it can hold Unicode controls that change the order in which the words around
them appear ("Trojan Source", Boucher and Anderson, 2021): here each becomes a visible label instead.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

_BIDI_LABELS = {
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
_BIDI = re.compile("[" + "".join(_BIDI_LABELS) + "]")
_REPLACEMENT = "\ufffd"
# Neither XML nor UTF-8 can hold all of these, and none has a place in a page.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    r"""Text without markup, with each bidirectional control as a label in brackets.

    Examples:
        >>> plain("a\u202eb")
        'a[RLO]b'
    """
    return _BIDI.sub(lambda match: f"[{_BIDI_LABELS[match[0]]}]", _UNPRINTABLE.sub(_REPLACEMENT, text))


def visible(text: str) -> Markup:
    r"""Text as HTML: escaped, with each bidirectional control as a label that has no say in the direction around it.

    Examples:
        >>> print(visible("<b>\u202e"))
        &lt;b&gt;<bdi class="control" title="U+202E">RLO</bdi>
    """
    escaped = str(escape(_UNPRINTABLE.sub(_REPLACEMENT, text)))
    return Markup(_BIDI.sub(_label, escaped))  # noqa: S704  # escaped in the line above


def marked(text: str, answers: Iterable[str]) -> Markup:
    """Text as HTML like ``visible``, with every occurrence of an answer in ``<mark>``.

    Examples:
        >>> print(marked("Paris & Rome", ["Rome"]))
        Paris &amp; <mark>Rome</mark>
    """
    wanted = sorted({answer for answer in answers if answer.strip()}, key=lambda answer: (-len(answer), answer))
    if not wanted:
        return visible(text)
    pieces = re.split("(" + "|".join(map(re.escape, wanted)) + ")", text, flags=re.IGNORECASE)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(visible(piece)) if place % 2 else visible(piece)
        for place, piece in enumerate(pieces)
    )


def finalize(value: object) -> object:
    """What a template may print: text that is not yet HTML as ``plain``, anything else as it is.

    The template engine applies it to every expression and then escapes, so that forgetting to is safe.
    """
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _label(match: re.Match[str]) -> str:
    return f'<bdi class="control" title="U+{ord(match[0]):04X}">{_BIDI_LABELS[match[0]]}</bdi>'
