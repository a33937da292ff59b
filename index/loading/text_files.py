"""Plain text and Markdown: the text stays as it is written."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from index.loading.encoding import clean_characters, decode
from index.loading.fields import recognise
from index.loading.raw import RawReport

_LONGEST_TITLE = 200
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"^([^\W\d][\w -]*?)[ \t]*:[ \t]*(.*)$")
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def load_text(path: Path) -> Iterator[RawReport]:
    """Read a plain text whose first line is its title where a blank line follows it.

    Args:
        path: A .txt file.

    Yields:
        The report; its text includes the title's line.

    Raises:
        LoadError: The file is no text.
    """
    decoded = decode(path.read_bytes())
    text = clean_characters(decoded.text).text
    yield RawReport(decoded.text, title=first_line_title(text), notes=decoded.notes)


def load_markdown(path: Path) -> Iterator[RawReport]:
    """Read a Markdown text: its front matter becomes metadata, the rest stays as it is.

    Args:
        path: A .md file.

    Yields:
        The report.

    Raises:
        LoadError: The file is no text.
    """
    decoded = decode(path.read_bytes())
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    front = _FRONT_MATTER.match(text)
    body = text[front.end() :].lstrip("\n") if front else text
    fields = recognise(parse_front_matter(front[1]) if front else {})
    heading = _HEADING.search(_FENCE.sub("", body))
    report = RawReport(body, title=fields.title or (heading[1] if heading else ""), notes=decoded.notes)
    yield replace(report, source=fields.source, published=fields.published, url=fields.url, lang=fields.lang)


def first_line_title(text: str) -> str:
    r"""Take the first line for a title if it is short and stands alone.

    Args:
        text: The text, with ``\n`` line ends.

    Returns:
        The line, or "".

    >>> first_line_title("Bridges destroyed\n\nTwo bridges fell.")
    'Bridges destroyed'
    """
    first, _, rest = text.lstrip("\n").partition("\n")
    second = rest.partition("\n")[0]
    alone = bool(rest.strip()) and not second.strip()
    return first.strip() if alone and len(first) <= _LONGEST_TITLE else ""


def parse_front_matter(block: str) -> dict[str, object]:
    r"""Read ``name: value`` lines; quotation marks around a value are dropped, lists and nesting ignored.

    Args:
        block: The lines between the two ``---``.

    Returns:
        Names to values.

    >>> parse_front_matter("title: \"Apopa: two bridges\"\ndate: 1990-01-03\n")
    {'title': 'Apopa: two bridges', 'date': '1990-01-03'}
    """
    entries: dict[str, object] = {}
    for line in block.split("\n"):
        match = _ENTRY.match(line)
        if match:
            value = match[2].strip()
            quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
            entries[match[1]] = value[1:-1] if quoted else value
    return entries
