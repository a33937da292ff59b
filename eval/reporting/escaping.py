r"""Text of documents and questions made safe for a page: escaped, and unable to reorder or break what is around it.

Document text is hostile: besides markup it can hold Unicode controls (see ``rag.visible``), each of which becomes a
visible label.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from rag.visible import BIDI, BIDI_LABELS, plain, printable


def visible(text: str) -> Markup:
    r"""Text as HTML: escaped, with each bidirectional control as a label that has no say in the direction around it.

    Examples:
        >>> print(visible("<b>\u202e"))
        &lt;b&gt;<bdi class="control" title="U+202E">RLO</bdi>
    """
    escaped = str(escape(printable(text)))
    return Markup(BIDI.sub(_label, escaped))  # noqa: S704  # escaped in the line above


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
    return f'<bdi class="control" title="U+{ord(match[0]):04X}">{BIDI_LABELS[match[0]]}</bdi>'
