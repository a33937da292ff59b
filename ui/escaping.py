r"""Text of documents and questions made safe to show: escaped, and unable to reorder or break the page.

Document text is hostile: besides markup it can hold Unicode controls (see ``rag.visible``), each of which becomes a
small visible label.
"""

import html
import re
from datetime import date
from urllib.parse import urlsplit

from rag.visible import BIDI, BIDI_LABELS, plain, printable

_LANG = re.compile(r"[a-z]{2,3}")
_ISOLATED = re.compile(f"([\u2066\u2068])([^{''.join(BIDI_LABELS)}]*)\u2069")


def attribute(text: str) -> str:
    r"""Text as the value of a double-quoted attribute, or wherever no markup may be.

    >>> attribute('"><b>\u202e')
    '&quot;&gt;&lt;b&gt;[RLO]'
    """
    return html.escape(plain(text), quote=True)


def inline(text: str) -> str:
    r"""Text as HTML: escaped, with a label for each bidirectional control.

    A label is a ``<bdi>``, which has no say in the direction of the text around it.

    >>> inline("<b>\u202e")
    '&lt;b&gt;<bdi class="m-control" title="U+202E">RLO</bdi>'
    """
    return BIDI.sub(_label, html.escape(printable(text), quote=True))


def isolated(text: str) -> str:
    """A name or a figure among other words: it keeps its own direction and leaves theirs alone.

    >>> isolated("FMLN")
    '<bdi>FMLN</bdi>'
    """
    return f"<bdi>{inline(text)}</bdi>"


def phrase(words: str) -> str:
    r"""Words of the interface as HTML; what they isolate (U+2066 or U+2068 … U+2069) keeps its own direction.

    >>> phrase("«\u2066--index\u2069» <b>\u202e")
    '«<bdi dir="ltr">--index</bdi>» &lt;b&gt;<bdi class="m-control" title="U+202E">RLO</bdi>'
    """
    parts = []
    at = 0
    for match in _ISOLATED.finditer(words):
        left_to_right = ' dir="ltr"' if match[1] == "\u2066" else ""
        parts.append(f"{inline(words[at : match.start()])}<bdi{left_to_right}>{inline(match[2])}</bdi>")
        at = match.end()
    return "".join([*parts, inline(words[at:])])


def day_html(day: date | str) -> str:
    """A day among other words: the style sheet keeps it on one line.

    Args:
        day: A day; as text, in ISO form.

    >>> day_html("2024-03-15")
    '<time class="m-date" dir="ltr" datetime="2024-03-15">2024-03-15</time>'
    """
    return f'<time class="m-date" dir="ltr" datetime="{attribute(str(day))}">{inline(str(day))}</time>'


def filled(words: str, **values: object) -> str:
    """A phrase of the catalogue as HTML, each value in its place and isolated.

    >>> filled("A copy of {original}", original="<wire>")
    'A copy of <bdi>&lt;wire&gt;</bdi>'
    """
    return phrase(words).format(**{name: isolated(str(value)) for name, value in values.items()})


def paragraph(kind: str, content: str) -> str:
    """A paragraph of the interface's own words, or "" where there is nothing to say.

    Args:
        kind: Its class.
        content: HTML.

    >>> paragraph("m-note", "Citations"), paragraph("m-note", "")
    ('<p class="m-note">Citations</p>', '')
    """
    return f'<p class="{kind}">{content}</p>' if content else ""


def is_printable(text: str) -> bool:
    r"""Whether a text has no characters but those that a page can hold.

    >>> is_printable("الوطن"), is_printable("\ud800")
    (True, False)
    """
    return printable(text) == text


def lang_attribute(lang: str) -> str:
    """The ``lang`` attribute for a language code, or "" where it is unknown or no code.

    >>> lang_attribute("ar"), lang_attribute("und"), lang_attribute('" onclick="')
    (' lang="ar"', '', '')
    """
    return f' lang="{lang}"' if _LANG.fullmatch(lang) and lang != "und" else ""


def web_address(url: str | None) -> str | None:
    """The URL where a browser may follow it, else None: http and https only, with a host.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)"), web_address(None)
    ('https://example.org/a', None, None)
    """
    if url is None or BIDI.search(url) or not is_printable(url) or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _label(match: re.Match[str]) -> str:
    return f'<bdi class="m-control" title="U+{ord(match[0]):04X}">{BIDI_LABELS[match[0]]}</bdi>'
