"""Which loader reads which suffix."""

from index.loading.html_files import load_html
from index.loading.json_files import load_json, load_json_lines
from index.loading.mail import load_mail
from index.loading.office import MIME_TYPES, office_loader
from index.loading.raw import Loader
from index.loading.tables import load_csv, load_tsv
from index.loading.text_files import load_markdown, load_text

LOADERS: dict[str, Loader] = {
    ".txt": load_text,
    ".text": load_text,
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".html": load_html,
    ".htm": load_html,
    ".xhtml": load_html,
    **{suffix: office_loader(suffix) for suffix in MIME_TYPES},
    ".csv": load_csv,
    ".tsv": load_tsv,
    ".json": load_json,
    ".jsonl": load_json_lines,
    ".ndjson": load_json_lines,
    ".eml": load_mail,
}
"""Lower-case suffix to loader."""


def supported_formats() -> str:
    """Name the suffixes for a message.

    Returns:
        The suffixes, separated by spaces.
    """
    return " ".join(LOADERS)
