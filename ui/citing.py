"""A citation as plain text to paste elsewhere: the words, where they are from, and how to check them."""

import hashlib
from collections.abc import Sequence
from urllib.parse import urlencode

from index.types import Document
from rag.types import Citation, Stance
from rag.visible import BIDI, BIDI_LABELS, printable
from ui.escaping import web_address
from ui.quoting import quoted
from ui.strings import ENGLISH, Strings

_ISOLATE, _END = "\u2068", "\u2069"
# Part of ordinary Arabic and Hebrew typing: within a line they only tell the direction of what has none.
_HARMLESS = "\u061c\u200e\u200f"


def document_hash(document: Document) -> str:
    """SHA-256 (hex) of a report's text in UTF-8: whoever has the text can tell that it is the one cited.

    >>> document_hash(Document("a", ""))[:16]
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()


def citation_text(citation: Citation, document: Document | None, strings: Strings = ENGLISH) -> str:
    """A citation to paste, a fact a line; how the report tells it comes before the words.

    Names and addresses are isolated (U+2068, U+2069), so that in a line of another direction each stays whole. Controls
    that could reorder more than their own words become labels.

    Args:
        citation: The citation.
        document: Its report, for the sentence and the hash; both are left out where it is None.
        strings: The catalogue.
    """
    words = quoted(citation, document)
    lines = [_told(citation, strings), *_lines(strings.copied_quote.format(quote=words.quote))]
    sentence = f"{words.before}{words.quote}{words.after}".strip()
    if sentence != words.quote.strip():
        lines += [strings.copied_sentence, *_lines(sentence)]
    lines += [
        _fact(strings.copied_title, citation.title or strings.untitled),
        _fact(strings.copied_source, citation.source or strings.unknown_source),
        _fact(strings.copied_date, citation.published.isoformat() if citation.published else strings.unknown_date),
        _fact(strings.copied_address, web_address(citation.url)),
        strings.copied_place.format(document=_isolated(citation.doc_id), start=citation.start, end=citation.end),
        _fact(strings.copied_hash, document_hash(document) if document else None),
    ]
    return "\n".join(line for line in lines if line)


def context_address(citation: Citation, citations: tuple[Citation, ...], collection: str, lang: str) -> str:
    """Where the page gives the whole report, marked: this citation's words first, then others of the same report.

    Args:
        citation: The citation whose words are shown first.
        citations: All of the answer.
        collection: Name of the collection.
        lang: Language of the interface.
    """
    others = [one for one in citations if one.doc_id == citation.doc_id]
    shown = [citation, *sorted(others, key=lambda one: one.number)]
    speakers = [(one.speaker_start, one.speaker_end) for one in shown if one.speaker_start is not None]
    query = {
        "collection": collection,
        "doc": citation.doc_id,
        "marks": _stretches([(one.start, one.end) for one in shown]),
        "speakers": _stretches(speakers),
        "lang": lang,
    }
    return "/report?" + urlencode(query, errors="surrogatepass")


def _stretches(spans: Sequence[tuple[int, int | None]]) -> str:
    return ",".join(dict.fromkeys(f"{start}-{end}" for start, end in spans))


def _told(citation: Citation, strings: Strings) -> str:
    """How the report tells it: nothing where it is plain, in the report's own voice."""
    if citation.stance is None or (citation.stance is Stance.REPORTED and not citation.speaker):
        return ""
    says = f" · {strings.says} {_isolated(citation.speaker)}" if citation.speaker else ""
    return f"{strings.stances[citation.stance]}{says}:"


def _fact(phrase: str, value: str | None) -> str:
    return phrase.format(value=_isolated(value)) if value else ""


def _lines(text: str) -> list[str]:
    # A control has no power beyond its line, and the first letter of a line tells its direction.
    return [_visible(line) for line in text.splitlines() if line.strip()]


def _isolated(text: str) -> str:
    return f"{_ISOLATE}{_visible(' '.join(text.split()))}{_END}"


def _visible(text: str) -> str:
    return BIDI.sub(lambda match: match[0] if match[0] in _HARMLESS else f"[{BIDI_LABELS[match[0]]}]", printable(text))
