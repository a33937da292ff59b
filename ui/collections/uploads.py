"""Gradio's file component, made to take nothing but what was uploaded, and to say what its sender calls each file."""

from pathlib import Path
from typing import Any

import gradio as gr
from gradio.data_classes import FileData, ListFiles
from gradio.utils import get_upload_folder

from ui.collections.changing import Upload


async def _uploaded_only(component: gr.File, path: str) -> str:
    """The path, where it is an upload. Gradio would fetch an address, or copy any file of this machine that is named.

    It has a check of its own, but leaves it out in an application that is mounted and not launched.
    """
    found = Path(path).resolve()
    if not found.is_relative_to(Path(get_upload_folder()).resolve()) or not found.is_file():
        raise gr.Error("this is not an uploaded file")
    return str(found)


def _sent(component: gr.File, payload: ListFiles | FileData | None) -> list[Upload]:
    """The files."""
    if payload is None:
        return []
    sent = payload.root if isinstance(payload, ListFiles) else [payload]
    return [Upload(Path(file.path), file.orig_name or Path(file.path).name) for file in sent]


# Made without the metaclass's own step, which would write a stub file beside this one.
Uploads: Any = type.__new__(
    type(gr.File),
    "Uploads",
    (gr.File,),
    {
        "__module__": __name__,
        "__doc__": "Takes uploads and gives them as ``Upload``.",
        "is_template": True,
        "preprocess": _sent,
        "async_move_resource_to_block_cache": _uploaded_only,
    },
)
