"""The part of the page where collections are looked into and changed. What it shows is made elsewhere."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import gradio as gr
from gradio.context import Context

from index.errors import MustanadError
from index.store.overview import headings, published_counts
from ui.collections.changing import Outcome, Upload, add_uploads, reindex, remove_reports
from ui.collections.jobs import CancelledError, Job
from ui.collections.problems import in_words
from ui.collections.render import choice_label, figures_html, outcome_html, progress_html, said_html
from ui.collections.uploads import Uploads
from ui.collections.workspace import Workspace
from ui.escaping import is_printable
from ui.strings import ENGLISH, Strings

_EVERY_SECONDS = 0.25
_LISTED = 50
_AT_ONCE = 16

Updates = dict[Any, Any]  # by component


@dataclass(frozen=True, slots=True)
class CollectionsTab:
    """What the page around the tab may listen to and set.

    Attributes:
        collection: The choice of the collection that is looked into.
        figures: Its figures.
        changed: Takes another value whenever a collection has been made, deleted or changed.
    """

    collection: gr.Dropdown
    figures: gr.HTML
    changed: gr.State


def collections_tab(workspace: Workspace, strings: Strings = ENGLISH) -> CollectionsTab:
    """Build the tab into the ``gr.Blocks`` around the call, and wire it.

    Args:
        workspace: The collections.
        strings: The catalogue.

    Returns:
        The components that the rest of the page has to do with.
    """
    names = workspace.names()
    first = workspace.default
    job: gr.State = gr.State(None)
    changed = gr.State(0.0)

    def html(value: str = "", name: str | None = None) -> gr.HTML:
        return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=None)

    with gr.Row(equal_height=False, elem_id="m-collections"):
        with gr.Column(scale=3, min_width=320):
            collection = gr.Dropdown(
                list(names), value=first or None, label=strings.collection_label, elem_id="m-collection-choice"
            )
            figures = html(_figures(workspace, first, strings), "m-collection-figures")
        with gr.Column(scale=2, min_width=320):
            note = html(_note(workspace, first, strings))
            status = html("", "m-collection-status")
            cancel = gr.Button(strings.cancel_button, visible=False, elem_id="m-collection-cancel")
            with gr.Column(visible=_can_write(workspace, first)) as changing:
                with gr.Accordion(strings.add_reports, open=True):
                    files = Uploads(label=strings.files_label, file_count="multiple", height=150, elem_id="m-add-files")
                    folder = Uploads(
                        label=strings.folder_label, file_count="directory", height=150, elem_id="m-add-folder"
                    )
                    html(_formats(workspace, strings))
                    replacing = gr.Checkbox(False, label=strings.replacing_label, info=strings.replacing_info)
                    add = gr.Button(strings.add_button, variant="primary", elem_id="m-add")
                with gr.Accordion(strings.manage_reports, open=False) as managing:
                    find = gr.Textbox(label=strings.find_reports, placeholder=strings.find_placeholder, max_lines=1)
                    found = gr.CheckboxGroup([], label=_found_label(0, 0, strings), elem_id="m-found")
                    remove = gr.Button(strings.remove_button, elem_id="m-remove")
                    with gr.Column(visible=False, elem_id="m-remove-question") as asking:
                        question = html()
                        with gr.Row():
                            keep = gr.Button(strings.keep_button)
                            yes = gr.Button(strings.remove_yes, variant="stop", elem_id="m-remove-yes")
                with gr.Column(visible=_keeps_files(workspace, first)) as own:
                    with gr.Accordion(strings.reindex_heading, open=False):
                        html(said_html(strings.reindex_note, strings))
                        again = gr.Button(strings.reindex_button, elem_id="m-reindex")
                    with gr.Accordion(strings.delete_collection, open=False):
                        html(said_html(strings.delete_note, strings))
                        typed = gr.Textbox(label=strings.delete_typed, max_lines=1, elem_id="m-delete-name")
                        delete = gr.Button(strings.delete_button, variant="stop", elem_id="m-delete")
            with gr.Accordion(strings.new_collection, open=not names, visible=workspace.can_create):
                new_name = gr.Textbox(label=strings.new_name, max_lines=1, elem_id="m-new-name")
                create = gr.Button(strings.create_button, elem_id="m-create")

    def look(name: str | None) -> Updates:
        """Everything that depends on which collection is looked into."""
        chosen = name or ""
        return {
            figures: _figures(workspace, chosen, strings),
            note: _note(workspace, chosen, strings),
            changing: gr.update(visible=_can_write(workspace, chosen)),
            own: gr.update(visible=_keeps_files(workspace, chosen)),
            asking: gr.update(visible=False),
            **search(chosen, ""),
            find: "",
        }

    def search(name: str | None, words: str | None) -> Updates:
        listed, total = _find(workspace, name or "", words or "", strings)
        return {found: gr.update(choices=listed, value=[], label=_found_label(len(listed), total, strings))}

    def reload(name: str | None) -> Updates:
        """The collections as they are now; the page may have been built long ago."""
        known = workspace.names()
        chosen = name if name in known else workspace.default
        return {collection: gr.update(choices=list(known), value=chosen or None), **look(chosen)}

    def follow(work: Callable[[Job[Outcome]], Outcome], name: str | None) -> Iterator[Updates]:
        """Do long work, and tell how far it has come until it ends."""
        running: Job[Outcome] = Job(work)
        last = progress_html(running.stage, strings)
        yield {job: running, status: last, cancel: gr.update(visible=True), add: gr.update(interactive=False)}
        while not running.wait(_EVERY_SECONDS):
            shown = progress_html(running.stage, strings, running.cancelled)
            if shown != last:
                yield {status: shown}
            last = shown
        done: Updates = {job: None, cancel: gr.update(visible=False), add: gr.update(interactive=True)}
        try:
            outcome = running.result()
            yield {
                **done,
                **look(name),
                status: outcome_html(outcome, strings),
                changed: time.time(),
                files: None,
                folder: None,
            }
        except CancelledError:
            yield {**done, status: said_html(strings.cancelled, strings)}
        except Exception as error:
            yield {**done, status: said_html(in_words(error, strings), strings, problem=True)}

    def add_files(
        name: str | None, sent: Sequence[Upload], sent_folder: Sequence[Upload], replace: bool
    ) -> Iterator[Updates]:
        uploads = [*sent, *sent_folder]
        yield from follow(lambda progress: add_uploads(workspace, name or "", uploads, replace, progress), name)

    def read_again(name: str | None) -> Iterator[Updates]:
        yield from follow(lambda progress: reindex(workspace, name or "", progress), name)

    def stop(running: Job[Outcome] | None) -> None:
        if running is not None:
            running.cancel()

    def ask_first(doc_ids: list[str]) -> Updates:
        if not doc_ids:
            words = strings.collection_problems["nothing_chosen"]
            return {status: said_html(words, strings, problem=True), asking: gr.update(visible=False)}
        words = strings.remove_question.format(count=len(doc_ids))
        return {question: said_html(words, strings), asking: gr.update(visible=True), status: ""}

    def remove_chosen(name: str | None, doc_ids: list[str]) -> Updates:
        return carefully(
            lambda: strings.removed.format(count=len(remove_reports(workspace, name or "", doc_ids))),
            lambda: look(name),
        )

    def make(wanted: str | None) -> Updates:
        made: list[str] = []

        def work() -> str:
            made.append(workspace.create(wanted or ""))
            return strings.created.format(name=made[0])

        return carefully(work, lambda: {**reload(made[0]), new_name: ""})

    def take_away(name: str | None, confirmed: str | None) -> Updates:
        def work() -> str:
            workspace.delete(name or "", confirmed or "")
            return strings.deleted.format(name=name)

        return carefully(work, lambda: {**reload(None), typed: ""})

    def carefully(work: Callable[[], str], after: Callable[[], Updates]) -> Updates:
        """Do short work; what went wrong is told in words."""
        try:
            words = work()
            return {**after(), status: said_html(words, strings), changed: time.time()}
        except Exception as error:
            return {status: said_html(in_words(error, strings), strings, problem=True)}

    looked = [figures, note, changing, own, asking, found, find]
    long = [*looked, job, cancel, add, status, changed, files, folder]
    quiet: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": _AT_ONCE}
    page = Context.root_block
    if page is not None:
        page.load(reload, [collection], [collection, *looked], api_visibility="private", **quiet)
    collection.input(look, [collection], looked, api_name="collection", **quiet)
    add.click(add_files, [collection, files, folder, replacing], long, api_name="collection_add", **quiet)
    again.click(read_again, [collection], long, api_name="collection_reindex", **quiet)
    cancel.click(stop, [job], None, api_visibility="private", queue=False, show_progress="hidden")
    managing.expand(search, [collection, find], [found], api_visibility="private", **quiet)
    find.change(search, [collection, find], [found], api_visibility="private", trigger_mode="always_last", **quiet)
    remove.click(ask_first, [found], [status, question, asking], api_visibility="private", **quiet)
    keep.click(lambda: gr.update(visible=False), None, [asking], api_visibility="private", **quiet)
    yes.click(remove_chosen, [collection, found], [*looked, status, changed], api_visibility="private", **quiet)
    gr.on(
        [create.click, new_name.submit],
        make,
        [new_name],
        [collection, *looked, new_name, status, changed],
        api_name="collection_create",
        **quiet,
    )
    delete.click(
        take_away,
        [collection, typed],
        [collection, *looked, typed, status, changed],
        api_name="collection_delete",
        **quiet,
    )
    return CollectionsTab(collection, figures, changed)


def _figures(workspace: Workspace, name: str, strings: Strings) -> str:
    if not name:
        return said_html(strings.no_collections, strings)
    try:
        reports = workspace.open(name)
        counts = published_counts(reports.snapshot) if workspace.place(name) else None
        return figures_html(reports.contents, counts, strings)
    except MustanadError as error:
        return said_html(in_words(error, strings), strings, problem=True)


def _note(workspace: Workspace, name: str, strings: Strings) -> str:
    if not workspace.changes:
        return said_html(strings.changes_off_note, strings)
    return said_html("" if not name or _can_write(workspace, name) else strings.read_only_note, strings)


def _can_write(workspace: Workspace, name: str) -> bool:
    return name in workspace.names() and workspace.can_write(name)


def _keeps_files(workspace: Workspace, name: str) -> bool:
    place = workspace.place(name) if _can_write(workspace, name) else None
    return place is not None and place.files is not None


def _formats(workspace: Workspace, strings: Strings) -> str:
    from index.loading.registry import supported_formats

    words = strings.formats_note.format(formats=supported_formats().replace(".", ""))
    return said_html(f"{words} {strings.limit_note.format(limit=workspace.max_upload // 10**6)}", strings)


def _find(workspace: Workspace, name: str, words: str, strings: Strings) -> tuple[list[tuple[str, str]], int]:
    """The first reports whose title, name or source holds the words, and how many reports there are."""
    if not _can_write(workspace, name):
        return [], 0
    wanted = words.strip().casefold()
    try:
        reports = workspace.open(name)
        matching = (
            (choice_label(heading, strings), heading.doc_id)
            for heading in headings(reports.snapshot)
            if is_printable(heading.doc_id)
            and wanted in f"{heading.title}\n{heading.doc_id}\n{heading.source}".casefold()
        )
        return list(islice(matching, _LISTED)), reports.contents.documents
    except MustanadError:
        return [], 0  # the figures say what is wrong


def _found_label(shown: int, total: int, strings: Strings) -> str:
    return strings.found_reports.format(shown=f"{shown:,}", total=f"{total:,}")
