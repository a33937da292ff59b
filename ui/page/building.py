"""The page: collections and filters, the conversation, its evidence. Everything it shows is made elsewhere."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import gradio as gr

from index.errors import MustanadError
from ui.asking import Asker, Running, take_turn
from ui.collections import Workspace
from ui.collections.problems import in_words
from ui.collections.tab import collections_tab
from ui.conversation import conversation_html, evidence_panel_html
from ui.engine import Engine
from ui.page import framing
from ui.page.examples import opening_html
from ui.page.filters import choices_for, contents_of, filter_components
from ui.page.saving import save_view
from ui.strings import ENGLISH, Strings
from ui.turns import Narrowing, Phase, Turn

if TYPE_CHECKING:
    from rag.llm import Writer

_log = logging.getLogger(__name__)
_AT_ONCE = 4

Shown = tuple[object, ...]


def build_page(workspace: Workspace, strings: Strings = ENGLISH, writer: "Writer | None" = None) -> gr.Blocks:
    """The page for a workspace. Each browser tab has a conversation of its own.

    Args:
        workspace: The collections; each is asked from up to four threads at once.
        strings: The catalogue.
        writer: The language model that writes answers, or None.
    """
    page = gr.Blocks(title=strings.title, analytics_enabled=False, fill_width=True)
    with page:
        gr.HTML(framing.header_html(strings), apply_default_css=False, js_on_load=None)
        gr.HTML(framing.words_html(strings), apply_default_css=False, js_on_load=None)
        with gr.Tabs(elem_id="m-tabs"):
            with gr.Tab(strings.tab_ask, id="ask"):
                view = ask_view(page, workspace, strings, writer)
            with gr.Tab(strings.collections, id="collections"):
                tab = collections_tab(workspace, strings)
        looked = list(view.looked)
        shown = list(view.looks_at)
        page.load(view.look, shown, looked, api_name="look", show_progress="hidden")
        tab.changed.change(view.look, shown, looked, api_visibility="private", show_progress="hidden")
    return page


@dataclass(frozen=True, slots=True)
class AskView:
    """What the rest of the page has to do with.

    Attributes:
        look: Reads anew what the workspace holds; takes ``looks_at`` and gives ``looked``.
        looks_at: The choices of collection, sources, languages and reports as they are.
        looked: What it gives.
    """

    look: Callable[..., Shown]
    looks_at: Sequence[gr.components.Component]
    looked: Sequence[gr.components.Component]


def ask_view(page: gr.Blocks, workspace: Workspace, strings: Strings, writer: "Writer | None") -> AskView:
    """The three columns and what happens in them, inside the layout that is open."""
    running = Running()
    first = _open(workspace, workspace.default)
    had_reports = contents_of(first).documents > 0
    destination = writer.destination if writer else None

    turns = gr.State(())
    with gr.Row(elem_id="m-columns"):
        gr.HTML(framing.side_toggle_html(strings), apply_default_css=False, js_on_load=None, elem_id="m-side-head")
        with gr.Column(elem_id="m-side", min_width=0):
            collection = gr.Dropdown(
                list(workspace.names()),
                value=workspace.default or None,
                label=strings.ask_collection,
                elem_id="m-collection",
            )
            holdings = _html(framing.holdings_html(contents_of(first), strings), "m-holdings")
            filters = filter_components(first, strings)
            reset = gr.Button(strings.clear_filters, size="sm", elem_id="m-reset")
        with gr.Column(elem_id="m-middle", min_width=0):
            conversation = _html(conversation_html((), strings, opening_html(first, strings)), "m-conversation")
            question = gr.Textbox(
                label=strings.question_label,
                placeholder=strings.question_placeholder,
                submit_btn=strings.ask,
                max_lines=6,
                elem_id="m-question",
            )
            _html(framing.privacy_html(destination, strings), "m-goes")
            again = gr.Button(strings.clear, size="sm", elem_id="m-clear")
            save_view(workspace, turns, strings)
        with gr.Column(elem_id="m-aside", min_width=0):
            _html(framing.evidence_head_html(strings), "m-evidence-head")
            evidence = _html(evidence_panel_html((), strings), "m-evidence")

    def ask(
        asked: str | None,
        before: tuple[Turn, ...],
        name: str | None,
        since: str | None,
        until: str | None,
        sources: list[str] | None,
        langs: list[str] | None,
        docs: list[str] | None,
        request: gr.Request,
    ) -> Iterator[Shown]:
        if not asked or not asked.strip():
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        narrowing = Narrowing(since or "", until or "", tuple(sources or ()), tuple(langs or ()), tuple(docs or ()))
        turn = Turn(asked.strip(), narrowing, name or "")
        stop = running.begin(str(request.session_hash))
        yield _stoppable(strings, empty=True), *_shown((*before, turn), strings)
        try:
            asker = Asker(workspace.open(turn.collection), writer, strings)
            for state in take_turn(asker, turn, before, stop):
                turn = state
                if turn.is_over:
                    break
                # Told again: the browser may take two states that come at once for one, the later.
                yield _stoppable(strings, empty=turn.phase is Phase.READING), *_shown((*before, turn), strings)
        except MustanadError as error:
            turn = replace(turn, phase=Phase.DONE, problem=in_words(error, strings))
        except ValueError as error:
            turn = replace(turn, phase=Phase.DONE, problem=str(error))
        except Exception:
            _log.exception("the turn could not be shown")
            turn = replace(turn, phase=Phase.DONE, problem=strings.unexpected, answer=None, found=None)
        yield gr.Textbox(submit_btn=strings.ask, stop_btn=False), *_shown((*before, turn), strings)

    def stop(request: gr.Request) -> None:
        running.stop(str(request.session_hash))

    def clear(name: str | None, request: gr.Request) -> Shown:
        running.stop(str(request.session_hash))
        return _nothing_asked(_open(workspace, name or ""), strings)

    def choose(name: str | None, request: gr.Request) -> Shown:
        """Another collection: its filters, and a conversation of its own."""
        running.stop(str(request.session_hash))
        engine = _open(workspace, name or "")
        return (
            *_nothing_asked(engine, strings),
            framing.holdings_html(contents_of(engine), strings),
            *choices_for(engine, strings),
        )

    def look(asked: str | None, sources: list[str] | None, langs: list[str] | None, docs: list[str] | None) -> Shown:
        """What the workspace holds now, which may have changed; what is chosen stays so where it can."""
        names = workspace.names()
        name = asked if asked in names else workspace.default
        chosen = Narrowing(sources=tuple(sources or ()), langs=tuple(langs or ()), docs=tuple(docs or ()))
        engine = _open(workspace, name or "")
        return (
            gr.Dropdown(choices=list(names), value=name or None),
            framing.holdings_html(contents_of(engine), strings),
            # Otherwise left alone: who is quick has asked something by now.
            gr.skip() if had_reports else conversation_html((), strings, opening_html(engine, strings)),
            *choices_for(engine, strings, chosen if name == asked else Narrowing()),
        )

    def forget(request: gr.Request) -> None:
        running.stop(str(request.session_hash))

    shown = [question, turns, conversation, evidence]
    question.submit(
        ask,
        [question, turns, collection, *filters.all],
        shown,
        api_name="ask",
        show_progress="hidden",
        concurrency_limit=_AT_ONCE,
        # A question sent while another is answered waits for it; "once" would drop it without a word.
        trigger_mode="always_last",
    )
    question.stop(stop, None, None, api_name="stop", show_progress="hidden", queue=False)
    again.click(clear, [collection], shown, api_name="clear", show_progress="hidden")
    collection.input(
        choose, [collection], [*shown, holdings, *filters.choices], api_name="choose", show_progress="hidden"
    )
    reset.click(
        lambda: ("", "", [], [], []), None, filters.all, api_visibility="private", show_progress="hidden", queue=False
    )
    page.unload(forget)
    return AskView(look, (collection, *filters.choices), (collection, holdings, conversation, *filters.choices))


def _html(value: str, elem_id: str) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _stoppable(strings: Strings, empty: bool) -> gr.Textbox:
    """The question box while a question is answered; emptied, or left with what is being typed into it."""
    if empty:
        return gr.Textbox(value="", submit_btn=False, stop_btn=strings.stop)
    return gr.Textbox(submit_btn=False, stop_btn=strings.stop)


def _open(workspace: Workspace, name: str) -> Engine | None:
    """A collection as it is now; None where there is none or it cannot be read, which the server's log tells."""
    try:
        return workspace.open(name) if name in workspace.names() else None
    except (MustanadError, ValueError):
        _log.exception("the collection %s cannot be opened", name)
        return None


def _shown(turns: tuple[Turn, ...], strings: Strings) -> Shown:
    return turns, conversation_html(turns, strings), evidence_panel_html(turns, strings)


def _nothing_asked(engine: Engine | None, strings: Strings) -> Shown:
    """The question box, the state and both panels of a conversation that has not begun."""
    return (
        gr.Textbox(value="", submit_btn=strings.ask, stop_btn=False),
        (),
        conversation_html((), strings, opening_html(engine, strings)),
        evidence_panel_html((), strings),
    )
