"""PDF and office documents, through kreuzberg: text and properties, no OCR, no network."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from index.errors import LoadError
from index.loading.raw import RawReport

MIME_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".epub": "application/epub+zip",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".fb2": "application/x-fictionbook+xml",
}
"""The formats read here. Others that kreuzberg names may fetch a parser from the network, or were not tested."""

_ENCRYPTED_OFFICE = b"\xd0\xcf\x11\xe0"
_TIMEOUT_S = 300
# What programs write where the user gave no name.
_NOBODY = frozenset(
    {"", "user", "admin", "administrator", "unknown", "author", "owner", "microsoft office user", "python-docx"}
)


def office_loader(suffix: str) -> Callable[[Path], Iterator[RawReport]]:
    """Make the loader of one format.

    Args:
        suffix: A key of ``MIME_TYPES``.

    Returns:
        A loader for files of that format.
    """

    def load(path: Path) -> Iterator[RawReport]:
        yield _load(path, suffix)

    return load


def _load(path: Path, suffix: str) -> RawReport:
    import kreuzberg

    data = path.read_bytes()
    name = suffix.lstrip(".")
    if data.startswith(_ENCRYPTED_OFFICE):
        raise LoadError(f"an old or password-protected office document; save it as {name} without a password")
    config = kreuzberg.ExtractionConfig(
        use_cache=False,  # the cache would leave copies of reports in the working folder
        enable_quality_processing=False,  # it would change the report's characters
        ocr=None,
        output_format="plain",
        pages=kreuzberg.PageConfig(extract_pages=True),
        extraction_timeout_secs=_TIMEOUT_S,
    )
    try:
        result = kreuzberg.extract_bytes_sync(data, MIME_TYPES[suffix], config=config)
    except (kreuzberg.KreuzbergError, RuntimeError, ValueError, OSError) as error:
        raise LoadError(_reason(str(error), name)) from error
    # The content of a PDF repeats, at its end, each table that kreuzberg believes to see; the pages do not.
    text = "\n\n".join(page["content"] for page in result.pages or ()) if suffix == ".pdf" else result.content
    if not text.strip():
        raise LoadError("no text in the PDF (scanned?); run OCR first" if suffix == ".pdf" else "no text")
    properties = result.metadata
    return RawReport(
        text=text,
        title=_first_string(properties, "title"),
        source=_first_string(properties, "publisher"),
        created=_first_string(properties, "created_at"),
        author=_author(properties),
        lang=_first_string(properties, "language"),
    )


def _reason(message: str, name: str) -> str:
    """What the user can do about kreuzberg's error."""
    if "password" in message.casefold() or "encrypt" in message.casefold():
        return f"the {name} is encrypted; save a copy without a password"
    if "timeout" in message.casefold() or "timed out" in message.casefold():
        return f"reading the {name} took over {_TIMEOUT_S} seconds; split it, or save it anew"
    return f"not a readable {name} (damaged or incomplete?); open it in its program and save it anew"


def _author(properties: Mapping[str, object]) -> str:
    """The authors, or "" where the only name is a program's placeholder."""
    authors = properties.get("authors")
    names = authors if isinstance(authors, list) else [properties.get("initial_creator")]
    return ", ".join(name for name in names if isinstance(name, str) and name.strip().casefold() not in _NOBODY)


def _first_string(properties: Mapping[str, object], key: str) -> str:
    value = properties.get(key)
    return value if isinstance(value, str) else ""
