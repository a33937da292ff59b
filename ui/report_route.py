"""``GET /report``: a whole report with the cited words marked, for the page to show in a dialog."""

import logging
import re
from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from index.errors import MustanadError
from ui.context import Mark, context_html
from ui.engine import Workspace
from ui.escaping import inline
from ui.marking import MarkKind
from ui.strings import CATALOGUES, ENGLISH, Strings

_log = logging.getLogger(__name__)
_STRETCH = re.compile(r"([0-9]{1,12})-([0-9]{1,12})")
_MOST_MARKS = 500


def report_router(workspace: Workspace) -> APIRouter:
    """The route, for a workspace."""
    router = APIRouter()

    @router.get("/report", response_class=HTMLResponse)
    def report(collection: str, doc: str, marks: str = "", speakers: str = "", lang: str = "en") -> HTMLResponse:
        strings = CATALOGUES.get(lang, ENGLISH)
        try:
            found = [*read_marks(marks, "quote"), *read_marks(speakers, "speaker")]
        except ValueError:
            return _refused(strings.bad_address, 400, strings)
        try:
            if collection not in workspace.names():
                return _refused(strings.unknown_report, 404, strings)
            engine = workspace.open(collection)
            document, copies = engine.document(doc), engine.copies(doc)
        except ValueError:
            return _refused(strings.unknown_report, 404, strings)
        except MustanadError:
            _log.exception("the report %r cannot be opened", doc)
            return _refused(strings.report_failed, 500, strings)
        try:
            return HTMLResponse(context_html(document, found, strings, copies))
        except ValueError:
            return _refused(strings.bad_address, 400, strings)

    return router


def read_marks(text: str, kind: MarkKind) -> Sequence[Mark]:
    """Marks from an address: ``START-END``, separated by commas; numbered as they come.

    >>> read_marks("3-9,12-20", "quote")[1]
    Mark(start=12, end=20, kind='quote', number=2)

    Raises:
        ValueError: It is not written so, or there are too many.
    """
    stretches = text.split(",") if text else []
    if len(stretches) > _MOST_MARKS:
        raise ValueError(f"there are {len(stretches)} marks; give at most {_MOST_MARKS}")
    marks = []
    for number, stretch in enumerate(stretches, start=1):
        match = _STRETCH.fullmatch(stretch)
        if match is None:
            raise ValueError(f"{stretch[:40]!r} is no stretch of a text; write START-END")
        marks.append(Mark(int(match[1]), int(match[2]), kind, number))
    return marks


def _refused(words: str, status: int, strings: Strings) -> HTMLResponse:
    return HTMLResponse(f'<p class="m-note" role="alert" lang="{strings.lang}">{inline(words)}</p>', status)
