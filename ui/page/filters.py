"""What can be chosen to narrow a search: it follows the collection, and is read anew when that has grown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import gradio as gr

from index.store import Contents
from index.store.overview import Heading
from rag.visible import plain
from ui.engine import Engine
from ui.escaping import is_printable
from ui.page.framing import by_count
from ui.strings import ENGLISH, Strings, language_name
from ui.turns import Narrowing

_SOURCES_LISTED = 500
_DOCUMENTS_LISTED = 1000
_LONGEST_TITLE = 80

Choice = tuple[str, str]
_NOTHING_CHOSEN = Narrowing()


@dataclass(frozen=True, slots=True)
class Filters:
    """The components that narrow a search."""

    since: gr.Textbox
    until: gr.Textbox
    sources: gr.Dropdown
    langs: gr.Dropdown
    docs: gr.Dropdown

    @property
    def all(self) -> list[gr.components.Component]:
        """All of them, in the order of ``Narrowing``."""
        return [self.since, self.until, self.sources, self.langs, self.docs]

    @property
    def choices(self) -> list[gr.components.Component]:
        """Those whose choices follow the collection."""
        return [self.sources, self.langs, self.docs]


def contents_of(engine: Engine | None) -> Contents:
    """What a collection holds; nothing where there is none."""
    return engine.contents if engine else Contents(0, 0, {}, {}, None, None)


def filter_components(engine: Engine | None, strings: Strings = ENGLISH) -> Filters:
    """The filters for a collection, inside the layout that is open."""
    since = gr.Textbox(label=strings.since, placeholder=strings.day_placeholder, max_lines=1, elem_id="m-since")
    until = gr.Textbox(label=strings.until, placeholder=strings.day_placeholder, max_lines=1, elem_id="m-until")
    return Filters(
        since,
        until,
        sources_dropdown(engine, strings),
        langs_dropdown(engine, strings),
        docs_dropdown(engine, strings),
    )


def choices_for(
    engine: Engine | None, strings: Strings = ENGLISH, chosen: Narrowing = _NOTHING_CHOSEN
) -> list[gr.Dropdown]:
    """The dropdowns of a collection anew, in the order of ``Filters.choices``.

    Args:
        engine: The collection.
        strings: The catalogue.
        chosen: What is chosen now; what the collection still holds of it stays chosen.
    """
    contents = contents_of(engine)
    return [
        sources_dropdown(engine, strings, [source for source in chosen.sources if source in contents.sources]),
        langs_dropdown(engine, strings, [lang for lang in chosen.langs if lang in contents.langs]),
        docs_dropdown(engine, strings, [doc_id for doc_id in chosen.docs if engine and holds(engine, doc_id)]),
    ]


def holds(engine: Engine, doc_id: str) -> bool:
    """Whether a collection has a report of this id."""
    try:
        engine.document(doc_id)
    except ValueError:
        return False
    return True


def source_choices(sources: dict[str, int]) -> list[Choice]:
    """Sources by number of reports. First strong isolates keep a right-to-left name from moving its figure."""
    # A name with characters that cannot be sent would keep the whole page from loading.
    named = [source for source in by_count(sources) if source and is_printable(source)]
    return [(f"\u2068{plain(source)}\u2069 ({sources[source]:,})", source) for source in named]


def document_choices(headings: Iterable[Heading]) -> list[Choice]:
    """Reports by title and day; one without a title by its id."""
    return [(_document_label(heading), heading.doc_id) for heading in headings if is_printable(heading.doc_id)]


def sources_dropdown(engine: Engine | None, strings: Strings, chosen: Sequence[str] = ()) -> gr.Dropdown:
    """The choice of sources."""
    choices = source_choices(contents_of(engine).sources)
    more = len(choices) > _SOURCES_LISTED
    return gr.Dropdown(
        choices[:_SOURCES_LISTED],
        value=list(chosen),
        label=strings.sources,
        info=strings.sources_info.format(shown=_SOURCES_LISTED) if more else None,
        multiselect=True,
        allow_custom_value=more,
        elem_id="m-sources",
    )


def langs_dropdown(engine: Engine | None, strings: Strings, chosen: Sequence[str] = ()) -> gr.Dropdown:
    """The choice of languages."""
    return gr.Dropdown(
        [(language_name(lang, strings), lang) for lang in by_count(contents_of(engine).langs)],
        value=list(chosen),
        label=strings.languages_label,
        multiselect=True,
        elem_id="m-langs",
    )


def docs_dropdown(engine: Engine | None, strings: Strings, chosen: Sequence[str] = ()) -> gr.Dropdown:
    """The choice of reports, to be searched by title."""
    more = contents_of(engine).documents > _DOCUMENTS_LISTED
    return gr.Dropdown(
        document_choices(islice(engine.headings() if engine else (), _DOCUMENTS_LISTED)),
        value=list(chosen),
        label=strings.documents_label,
        info=strings.documents_info.format(shown=_DOCUMENTS_LISTED) if more else None,
        multiselect=True,
        allow_custom_value=more,
        elem_id="m-docs",
    )


def _document_label(heading: Heading) -> str:
    title = " ".join(plain(heading.title or heading.doc_id).split())
    short = title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
    return f"\u2068{short}\u2069 ({heading.published})" if heading.published else f"\u2068{short}\u2069"
