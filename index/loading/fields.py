"""Which column or key of a table, a JSON object or a front matter means what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.errors import LoadError
from index.loading.raw import RawReport

_SYNONYMS = {
    "doc_id": "_id id doc_id docid document_id",
    "title": "title headline العنوان عنوان",
    "text": "text body content article full_text fulltext النص نص المحتوى",
    "published": "date published published_at publishedat publication_date date_published datepublished pub_date"
    " pubdate datetime published_date التاريخ تاريخ تاريخ_النشر",
    "source": "source outlet publisher site source_name sitename site_name المصدر",
    "url": "url link uri الرابط",
    "lang": "lang language اللغة",
}


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a report as strings; "" where a field is missing."""

    doc_id: str = ""
    title: str = ""
    text: str = ""
    published: str = ""
    source: str = ""
    url: str = ""
    lang: str = ""


def recognise(record: Mapping[str, object]) -> Fields:
    """Pick the known fields out of a record, without regard to case; unknown fields are ignored.

    Args:
        record: Names to values. A nested ``metadata`` (BEIR) gives what the record itself does not; of a nested
            object the name counts, of a list of strings the lines.

    Returns:
        The fields.

    >>> recognise({"Body": "Two bridges fell.", "metadata": {"source": {"name": "Sahil"}}}).source
    'Sahil'
    """
    levels = [_normalised(record)]
    nested = levels[0].get("metadata")
    if isinstance(nested, Mapping):
        levels.append(_normalised(nested))
    found = {}
    for field, names in _SYNONYMS.items():
        values = (_as_string(level.get(name)) for level in levels for name in names.split())
        found[field] = next((value for value in values if value.strip()), "")
    return Fields(**found)


def names_text(columns: Sequence[str]) -> bool:
    """Tell whether one of the columns holds the text."""
    return any(_normalised_name(column) in _SYNONYMS["text"].split() for column in columns)


def count_known(columns: Sequence[str]) -> int:
    """Count the columns that are recognised."""
    known = {name for names in _SYNONYMS.values() for name in names.split()}
    return sum(_normalised_name(column) in known for column in columns)


def to_report(record: Mapping[str, object], row: int | None) -> RawReport:
    """Make a report of a record.

    Args:
        record: As for :func:`recognise`.
        row: Its place in the file, or None where it is the whole file.

    Returns:
        The report.

    Raises:
        LoadError: No field holds the text.
    """
    if not names_text(list(record)):
        names = ", ".join(map(str, record)) or "none"
        raise LoadError(f"no text field (found: {names}); name one of them text, body, content or article")
    fields = recognise(record)
    return RawReport(
        text=fields.text,
        title=fields.title,
        source=fields.source,
        published=fields.published,
        url=fields.url,
        lang=fields.lang,
        doc_id=fields.doc_id.strip(),
        row=row,
    )


def _normalised(record: Mapping[str, object]) -> dict[str, object]:
    """The record under normalised names; of two that meet, the first."""
    result: dict[str, object] = {}
    for name, value in record.items():
        result.setdefault(_normalised_name(name), value)
    return result


def _normalised_name(name: str) -> str:
    return "_".join(str(name).strip().casefold().replace("-", " ").replace(".", " ").split())


def _as_string(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _as_string(value.get("name"))
    if isinstance(value, list):
        return "\n".join(part for part in value if isinstance(part, str))
    return "" if value is None or isinstance(value, bool) else str(value)
