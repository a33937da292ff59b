"""The evidence of a turn in every form it can be looked at; the page's script shows one of them at a time."""

from collections.abc import Callable, Mapping
from functools import partial

from index.types import Document
from rag.types import Answer
from ui.escaping import attribute, inline
from ui.evidence import evidence_html
from ui.strings import ENGLISH, Strings
from ui.table import table_html
from ui.timeline import timeline_html

View = Callable[[Answer, int, Strings, Mapping[str, Document] | None], str]

CARDS = "cards"
VIEWS: dict[str, View] = {
    "timeline": timeline_html,
    "date": partial(table_html, by="date"),
    "source": partial(table_html, by="source"),
    "claim": partial(table_html, by="claim"),
}
"""All but the cards, which also want the name of the collection. The style sheet has a line for each."""


def views_html(
    answer: Answer,
    turn: int = 1,
    strings: Strings = ENGLISH,
    collection: str = "",
    documents: Mapping[str, Document] | None = None,
) -> str:
    """All forms of an answer's evidence, each in an element of the class ``m-shown-NAME``."""
    shown = {CARDS: evidence_html(answer, turn, strings, collection, documents)}
    shown |= {name: view(answer, turn, strings, documents) for name, view in VIEWS.items()}
    return "".join(f'<div class="m-shown m-shown-{name}">{body}</div>' for name, body in shown.items())


def view_buttons_html(strings: Strings = ENGLISH) -> str:
    """The buttons that choose how the evidence is shown, for all turns together."""
    labels = {
        CARDS: strings.view_cards,
        "timeline": strings.view_timeline,
        "date": strings.view_date,
        "source": strings.view_source,
        "claim": strings.view_claim,
    }
    buttons = "".join(
        f'<button type="button" class="m-view" data-view="{name}" aria-pressed="{str(name == CARDS).lower()}">'
        f"{inline(label)}</button>"
        for name, label in labels.items()
    )
    return f'<div class="m-views" role="group" aria-label="{attribute(strings.views_label)}">{buttons}</div>'
