"""The page: a question box, filters, the conversation and its evidence. Everything it shows is made elsewhere."""

from collections.abc import Iterator
from importlib.resources import files

import gradio as gr

from index.store import Contents
from rag.visible import plain
from ui.conversation import Narrowing, Turn, conversation_html, evidence_panel_html, take_turn
from ui.engine import Engine
from ui.escaping import inline, is_printable, isolated
from ui.strings import ENGLISH, Strings, language_name

_SOURCES_LISTED = 500
_AT_ONCE = 4

Shown = tuple[object, object, object, object]


def build_page(engine: Engine, strings: Strings = ENGLISH) -> gr.Blocks:
    """The page for an engine. Each browser tab has a conversation of its own.

    Args:
        engine: What answers; asked from up to four threads at once.
        strings: The catalogue.
    """
    contents = engine.contents

    def ask(
        question: str | None,
        turns: tuple[Turn, ...],
        since: str | None,
        until: str | None,
        sources: list[str] | None,
        langs: list[str] | None,
    ) -> Iterator[Shown]:
        if not question or not question.strip():
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        waiting = (*turns, Turn(question))
        yield "", gr.skip(), conversation_html(waiting, strings), evidence_panel_html(waiting, strings)
        narrowing = Narrowing(since or "", until or "", tuple(sources or ()), tuple(langs or ()))
        turn = take_turn(engine, question, narrowing, strings)
        done = (*turns, turn)
        yield gr.skip(), done, conversation_html(done, strings), evidence_panel_html(done, strings)

    def clear() -> Shown:
        return "", (), conversation_html((), strings), evidence_panel_html((), strings)

    page = gr.Blocks(title=strings.title, analytics_enabled=False, fill_width=True)
    with page:
        turns = gr.State(())
        gr.HTML(header_html(contents, strings), apply_default_css=False, js_on_load=None)
        with gr.Row(elem_classes="m-columns"):
            with gr.Column(scale=3, min_width=360):
                conversation = gr.HTML(
                    conversation_html((), strings),
                    elem_id="m-conversation",
                    apply_default_css=False,
                    js_on_load=files("ui").joinpath("assets/page.js").read_text(encoding="utf-8"),
                )
                question = gr.Textbox(
                    label=strings.question_label,
                    placeholder=strings.question_placeholder,
                    submit_btn=strings.ask,
                    max_lines=4,
                    autofocus=True,
                    elem_id="m-question",
                )
                with gr.Accordion(strings.filters, open=False):
                    with gr.Row():
                        since = gr.Textbox(label=strings.since, placeholder=strings.day_placeholder, max_lines=1)
                        until = gr.Textbox(label=strings.until, placeholder=strings.day_placeholder, max_lines=1)
                    with gr.Row():
                        sources = _sources(contents, strings)
                        langs = gr.Dropdown(
                            [(language_name(lang, strings), lang) for lang in _by_count(contents.langs)],
                            label=strings.languages_label,
                            multiselect=True,
                        )
                again = gr.Button(strings.clear, size="sm", elem_id="m-clear")
            with gr.Column(scale=2, min_width=320, elem_id="m-aside"):
                evidence = gr.HTML(
                    evidence_panel_html((), strings), elem_id="m-evidence", apply_default_css=False, js_on_load=None
                )
        shown = [question, turns, conversation, evidence]
        question.submit(
            ask,
            [question, turns, since, until, sources, langs],
            shown,
            api_name="ask",
            show_progress="hidden",
            concurrency_limit=_AT_ONCE,
        )
        again.click(clear, None, shown, api_name="clear", show_progress="hidden")
    return page


def header_html(contents: Contents, strings: Strings = ENGLISH) -> str:
    """The name, and what the index holds."""
    langs = ", ".join(language_name(lang, strings) for lang in _by_count(contents.langs))
    holds = strings.holds.format(documents=f"{contents.documents:,}", passages=f"{contents.passages:,}", langs=langs)
    if contents.first_published and contents.last_published:
        holds += strings.holds_between.format(first=contents.first_published, last=contents.last_published)
    return f'<header class="m-header"><h1>{isolated(strings.title)}</h1><p>{inline(holds)}</p></header>'


def _sources(contents: Contents, strings: Strings) -> gr.Dropdown:
    """The choice of sources. First strong isolates keep a right-to-left name from moving its figure."""
    # A name with characters that cannot be sent would keep the whole page from loading.
    named = [source for source in _by_count(contents.sources) if source and is_printable(source)]
    listed = named[:_SOURCES_LISTED]
    more = len(named) > len(listed)
    return gr.Dropdown(
        [(f"\u2068{plain(source)}\u2069 ({contents.sources[source]:,})", source) for source in listed],
        label=strings.sources,
        info=strings.sources_info.format(shown=len(listed)) if more else None,
        multiselect=True,
        allow_custom_value=more,
    )


def _by_count(counts: dict[str, int]) -> list[str]:
    """Keys, those with most documents first, then by name."""
    return sorted(counts, key=lambda key: (-counts[key], key))
