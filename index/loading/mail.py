"""Mail messages (.eml): the subject is the title, the sender the source."""

import email
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.policy import default
from pathlib import Path

from index.errors import LoadError
from index.loading.encoding import Decoded, decode
from index.loading.html_files import page_to_report
from index.loading.raw import RawReport

_URL = re.compile(r"https?://[^\s<>]+")
_ANY_HEADER = re.compile(rb"^[A-Za-z][A-Za-z0-9-]*:", re.MULTILINE)


def load_mail(path: Path) -> Iterator[RawReport]:
    """Read a message: its plain text, else its page; attachments are named in the notes and not read.

    Args:
        path: A .eml file.

    Yields:
        The report.

    Raises:
        LoadError: The file is no message, or holds no text.
    """
    data = path.read_bytes()
    message = email.message_from_bytes(data, policy=default)
    if not isinstance(message, EmailMessage) or not message.keys() or not _ANY_HEADER.match(data.lstrip()):
        raise LoadError("not a mail message (no header); save it from the mail program as .eml")
    part = message.get_body(preferencelist=("plain", "html"))
    body = _decode_part(part) if part is not None else Decoded("")
    if part is not None and part.get_content_type() == "text/html":
        page = page_to_report(body)
        body = Decoded(page.text, page.notes)
    attached = [_file_name(one) for one in message.iter_attachments()]
    notes = (f"attachments were not read: {', '.join(attached)}",) if attached else ()
    yield RawReport(
        text=body.text,
        title=_header(message, "Subject"),
        source=_sender(message),
        published=_header(message, "Date"),
        url=_url(message),
        lang=_header(message, "Content-Language"),
        notes=body.notes + notes,
    )


def _decode_part(part: MIMEPart) -> Decoded:
    """A part's text. ``get_content`` would replace what the declared encoding does not fit; better to guess anew."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(payload).encode("utf-8", "surrogateescape")
    return decode(data, declared=str(part.get_content_charset() or ""))


def _header(message: EmailMessage, name: str) -> str:
    """A header as text, "" where it is missing or malformed."""
    try:
        return " ".join(str(message[name] or "").split())
    except (ValueError, IndexError, AttributeError):  # the parser of structured headers fails on some spam
        return ""


def _sender(message: EmailMessage) -> str:
    """The display name of the sender, else the address."""
    try:
        addresses = message["From"].addresses if message["From"] else ()
    except (ValueError, IndexError, AttributeError):
        return ""
    return (addresses[0].display_name or addresses[0].addr_spec) if addresses else ""


def _url(message: EmailMessage) -> str:
    """Where a list keeps the message."""
    for name in ("Archived-At", "List-Archive"):
        match = _URL.search(_header(message, name))
        if match:
            return match.group()
    return ""


def _file_name(part: MIMEPart) -> str:
    return part.get_filename() or part.get_content_type()
