"""Saving a conversation with its evidence, as files that can be opened, read and replayed elsewhere."""

import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

import gradio as gr

from index.errors import MustanadError
from rag.filters import make_filters
from rag.packs import PackedTurn
from rag.reports import Reports
from ui.collections.problems import in_words
from ui.engine import Workspace
from ui.export import pack_files
from ui.page.framing import note_html
from ui.strings import Strings
from ui.turns import Turn, read_days

_log = logging.getLogger(__name__)

Saved = tuple[gr.File, str]


def save_view(workspace: Workspace, turns: gr.State, strings: Strings) -> None:
    """The button that saves the conversation and the files it gives, inside the layout that is open.

    Args:
        workspace: The collections.
        turns: The conversation: a tuple of ``Turn``.
        strings: The catalogue.
    """
    with gr.Accordion(strings.save_heading, open=False, elem_id="m-save"):
        gr.HTML(note_html(strings.save_note), apply_default_css=False, js_on_load=None)
        save = gr.Button(strings.save_button, elem_id="m-save-button")
        files = gr.File(label=strings.save_files, visible=False, interactive=False, elem_id="m-saved")
        told = gr.HTML("", apply_default_css=False, js_on_load=None, elem_id="m-save-told")

    def save_all(asked: tuple[Turn, ...]) -> Saved:
        try:
            paths = saved_files(workspace, asked, strings)
            return gr.File(value=[str(path) for path in paths], visible=True), ""
        except MustanadError as error:
            return gr.File(value=None, visible=False), note_html(in_words(error, strings), problem=True)
        except ValueError as error:
            return gr.File(value=None, visible=False), note_html(str(error), problem=True)
        except Exception:
            _log.exception("the conversation could not be saved")
            return gr.File(value=None, visible=False), note_html(strings.unexpected, problem=True)

    save.click(save_all, [turns], [files, told], api_name="save", show_progress="minimal")
    # What was saved is of the conversation as it was.
    turns.change(
        lambda: (gr.File(value=None, visible=False), ""), None, [files, told], api_visibility="private",
        show_progress="hidden", queue=False,
    )  # fmt: skip


def saved_files(workspace: Workspace, turns: Sequence[Turn], strings: Strings) -> tuple[Path, ...]:
    """The answered turns of a conversation as HTML, JSON and Markdown, in a new folder of their own.

    Args:
        workspace: The collections; a conversation is with one of them.
        turns: The conversation.
        strings: The catalogue.

    Raises:
        ValueError: Nothing has been answered yet.
        MustanadError: The collection cannot be opened, or no longer holds a report that is cited.
    """
    answered = [turn for turn in turns if turn.answer is not None]
    reports = workspace.open(answered[-1].collection) if answered else None
    if not isinstance(reports, Reports):
        raise ValueError(strings.save_nothing)
    packed = [packed_turn(turn, strings) for turn in answered]
    return pack_files(reports, [one for one in packed if one], strings, Path(tempfile.mkdtemp(prefix="evidence-")))


def packed_turn(turn: Turn, strings: Strings) -> PackedTurn | None:
    """A turn as a pack holds it; None where it has no answer."""
    if turn.answer is None:
        return None
    narrowing = turn.narrowing
    since, until = read_days(narrowing.since, narrowing.until, strings)
    return PackedTurn(turn.answer, make_filters(since, until, narrowing.sources, narrowing.langs, narrowing.docs))
