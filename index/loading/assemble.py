"""From what a format tells to a finished document: clean characters, a date, a source, a language."""

from datetime import date
from pathlib import PurePosixPath

from index.errors import LoadError
from index.loading.datelines import Dateline, find_dateline
from index.loading.dates import date_of_file_name, parse_date
from index.loading.encoding import Decoded, clean_characters
from index.loading.language import contradicts, detect_language, normalise_language
from index.loading.raw import RawReport, SourceFile
from index.loading.repair import repair_arabic
from index.types import Document


def to_document(report: RawReport, file: SourceFile) -> Document:
    """Finish a report.

    The date is the one declared, else the dateline's, else the file's property, else the one its name begins with;
    the source is the one declared, else the dateline's agency, else the author.

    Args:
        report: What the format tells.
        file: Where it was found.

    Returns:
        The document.

    Raises:
        LoadError: There is no text.
    """
    text = _repaired(report.text)
    if not text.text.strip():
        raise LoadError("no text")
    dateline = find_dateline(text.text)
    published, date_notes = _published(report, file, dateline)
    lang, lang_notes = _language(report.lang, text.text)
    return Document(
        doc_id=_one_line(report.doc_id) or _own_id(file, report.row),
        text=text.text,
        title=_one_line(report.title),
        source=_one_line(report.source) or (dateline.agency if dateline else "") or _one_line(report.author),
        published=published,
        url=_one_line(report.url) or None,
        lang=lang,
        notes=tuple(dict.fromkeys(report.notes + text.notes + date_notes + lang_notes)),
    )


def _repaired(text: str) -> Decoded:
    cleaned = clean_characters(text)
    repaired = repair_arabic(cleaned.text)
    return Decoded(repaired.text, cleaned.notes + repaired.notes)


def _one_line(value: str) -> str:
    """A field that is shown on one line."""
    return " ".join(_repaired(value).text.split())


def _own_id(file: SourceFile, row: int | None) -> str:
    """The id of a report that brings none."""
    return file.relative if row is None else f"{file.relative}:{row}"


def _published(report: RawReport, file: SourceFile, dateline: Dateline | None) -> tuple[date | None, tuple[str, ...]]:
    """The day of publication, and a note where the declared one cannot be read."""
    declared = parse_date(report.published) if report.published.strip() else None
    if declared is not None:
        return declared, ()
    notes = (f"the date “{_one_line(report.published)}” was not understood",) if report.published.strip() else ()
    if dateline is not None:
        return dateline.published, notes
    created = parse_date(report.created) if report.created.strip() else None
    if created is not None and created <= date.today():
        return created, notes
    # A table's name dates the table, not each of its rows.
    return (date_of_file_name(PurePosixPath(file.relative).name) if report.row is None else None), notes


def _language(declared: str, text: str) -> tuple[str, tuple[str, ...]]:
    """The declared language unless the text is in another script, else the detected one."""
    code = normalise_language(declared)
    if code and not contradicts(code, text):
        return code, ()
    detected = detect_language(text)
    if code and detected == "und":
        return code, ()
    notes = (f"declared as {code}, but its letters are not; taken for {detected}",) if code else ()
    return detected, notes
