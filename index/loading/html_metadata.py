"""What a web page declares about its article: JSON-LD, meta tags, the language attribute."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES = ("Article", "Posting", "Report")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The declared fields; "" where the page does not declare one."""

    title: str = ""
    source: str = ""
    published: str = ""
    url: str = ""
    lang: str = ""


def read_metadata(tree: "HtmlElement") -> PageMetadata:
    """Read a page's declarations, JSON-LD before Open Graph.

    Args:
        tree: The parsed page.

    Returns:
        The fields.
    """
    article = next(_articles(tree), {})
    return PageMetadata(
        title=_string(article.get("headline")) or _meta(tree, "og:title"),
        source=_string(article.get("publisher")) or _meta(tree, "og:site_name"),
        published=_string(article.get("datePublished")) or _meta(tree, "article:published_time"),
        url=_meta(tree, "og:url") or _first(tree, "//link[@rel='canonical']/@href"),
        lang=_string(article.get("inLanguage"))
        or _first(tree, "/html/@lang|/html/@xml:lang")
        or _meta(tree, "og:locale"),
    )


def _articles(tree: "HtmlElement") -> Iterator[Mapping[str, object]]:
    """The JSON-LD objects that describe an article, in page order."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            content = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles_in(content)


def _articles_in(content: object) -> Iterator[Mapping[str, object]]:
    if isinstance(content, list):
        for part in content:
            yield from _articles_in(part)
    elif isinstance(content, Mapping):
        kind = content.get("@type")
        kinds = kind if isinstance(kind, list) else [kind]
        if any(isinstance(one, str) and one.endswith(_ARTICLE_TYPES) for one in kinds):
            yield content
        yield from _articles_in(content.get("@graph"))


def _string(value: object) -> str:
    """A string, or the name of a nested object."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("name")
    return value.strip() if isinstance(value, str) else ""


def _meta(tree: "HtmlElement", name: str) -> str:
    return _first(tree, f"//meta[@property='{name}' or @name='{name}']/@content")


def _first(tree: "HtmlElement", path: str) -> str:
    values = tree.xpath(path)
    return str(values[0]).strip() if values else ""
