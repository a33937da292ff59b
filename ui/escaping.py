r"""Text of documents and questions made safe to show: escaped, and unable to reorder or break the page.

Document text is hostile. Besides markup it can hold Unicode controls that change the order in which the words around
them appear ("Trojan Source", Boucher and Anderson, 2021): here each becomes a small visible label instead.
"""

import html
import re
from urllib.parse import urlsplit

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
# Half a surrogate pair cannot be sent as UTF-8; other controls have no place in a page.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LANG = re.compile(r"[a-z]{2,3}")


def attribute(text: str) -> str:
    r"""Text as the value of a double-quoted attribute, or wherever no markup may be.

    >>> attribute('"><b>\u202e')
    '&quot;&gt;&lt;b&gt;[RLO]'
    """
    return html.escape(plain(text), quote=True)


def plain(text: str) -> str:
    r"""Text that is not HTML, with the same controls made visible.

    >>> plain("a\u202eb")
    'a[RLO]b'
    """
    return _BIDI.sub(lambda match: f"[{_BIDI_LABELS[match[0]]}]", _UNPRINTABLE.sub(_REPLACEMENT, text))


def inline(text: str) -> str:
    r"""Text as HTML: escaped, with a label for each bidirectional control.

    A label is a ``<bdi>``, which has no say in the direction of the text around it.

    >>> inline("<b>\u202e")
    '&lt;b&gt;<bdi class="m-control" title="U+202E">RLO</bdi>'
    """
    return _BIDI.sub(_label, html.escape(_UNPRINTABLE.sub(_REPLACEMENT, text), quote=True))


def isolated(text: str) -> str:
    """A name or a figure among other words: it keeps its own direction and leaves theirs alone.

    >>> isolated("FMLN")
    '<bdi>FMLN</bdi>'
    """
    return f"<bdi>{inline(text)}</bdi>"


def is_printable(text: str) -> bool:
    r"""Whether a text has no characters but those that a page can hold.

    >>> is_printable("الوطن"), is_printable("\ud800")
    (True, False)
    """
    return _UNPRINTABLE.search(text) is None


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
    if url is None or _BIDI.search(url) or not is_printable(url) or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _label(match: re.Match[str]) -> str:
    return f'<bdi class="m-control" title="U+{ord(match[0]):04X}">{_BIDI_LABELS[match[0]]}</bdi>'
