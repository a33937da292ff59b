"""Web pages: the article without the page around it, and what the page says about itself."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import LoadError
from index.loading.encoding import Decoded, decode
from index.loading.html_metadata import read_metadata
from index.loading.raw import RawReport

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEAD = 4_096
_FALLBACK_NOTE = "no article was recognised in the page; all its visible text was taken"


def load_html(path: Path) -> Iterator[RawReport]:
    """Read a saved web page.

    Args:
        path: A .html file.

    Yields:
        The report; its text has a paragraph a line.

    Raises:
        LoadError: The file is no text or holds no page.
    """
    data = path.read_bytes()
    charset = _CHARSET.search(data[:_HEAD])
    yield page_to_report(decode(data, declared=charset[1].decode("ascii") if charset else ""))


def page_to_report(page: Decoded) -> RawReport:
    """Take the article and its metadata out of a page.

    Args:
        page: The page's source, and notes on how it was decoded.

    Returns:
        The report. JSON-LD comes first, then what trafilatura finds in meta tags and the page.

    Raises:
        LoadError: There is no page to parse.
    """
    import trafilatura
    from lxml import etree, html

    source = _XML_DECLARATION.sub("", page.text.replace("\x00", ""))
    try:
        tree = html.document_fromstring(source)
    except (etree.ParserError, ValueError) as error:
        raise LoadError("no text in the page") from error
    metadata = read_metadata(tree)
    found = trafilatura.bare_extraction(
        source,
        with_metadata=True,
        include_comments=False,
        # Only a date that the page declares: a guess from its text could be any date.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    article = found if isinstance(found, trafilatura.settings.Document) else trafilatura.settings.Document()
    notes = page.notes
    text = article.text or ""
    if not text.strip():
        text = visible_text(tree)
        notes += (_FALLBACK_NOTE,)
    return RawReport(
        text=text,
        title=metadata.title or article.title or "",
        source=metadata.source or article.sitename or "",
        published=metadata.published or article.date or "",
        url=metadata.url or article.url or "",
        lang=metadata.lang or article.language or "",
        notes=notes,
    )


def visible_text(tree: "HtmlElement") -> str:
    """Collect the text of a page's body that a browser shows, a block a line.

    Args:
        tree: The page.

    Returns:
        The lines.
    """
    lines: list[str] = []
    for body in tree.iter("body"):
        for node in body.xpath(".//script|.//style|.//noscript|.//template|.//comment()|.//*[@hidden]"):
            node.drop_tree()
        lines.extend(" ".join(text.split()) for text in body.itertext())
    return "\n".join(line for line in lines if line)
