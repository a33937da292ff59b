"""``mustanad serve``: open the page on this machine."""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import webbrowser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.cli.llm_options import llm_options

if TYPE_CHECKING:
    import socket

    from rag.llm import Writer
    from ui.collections import Workspace

_AUTH_VARIABLE = "MUSTANAD_AUTH"
_UPLOADS_VARIABLE = "GRADIO_TEMP_DIR"
_FIRST_COLLECTION = "reports"


@click.command(epilog="Example: mustanad serve --index archive --open")
@click.option(
    "--index",
    "index_folders",
    type=click.Path(path_type=Path),
    multiple=True,
    envvar="MUSTANAD_INDEX",
    show_default="MUSTANAD_INDEX, else ./mustanad-index unless there is --collections",
    help="Folder of an index; may be repeated.",
)
@click.option(
    "--collections",
    "collections_folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of collections: new ones are made there from the page, with the files that they are made of.",
)
@click.option(
    "--engine",
    type=click.Choice(["onnx", "sentence-transformers"]),
    envvar="MUSTANAD_ENGINE",
    show_envvar=True,
    help="What runs the embedding model.  [default: onnx, where it can]",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to open the page at.")
@click.option("--port", type=click.IntRange(0, 65535), default=7860, show_default=True, help="0 takes a free one.")
@llm_options
@click.option("--open", "open_browser", is_flag=True, help="Also open it in the browser.")
@click.option(
    "--auth-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"File with user:password on each line; else the variable {_AUTH_VARIABLE}, which is read likewise.",
)
@click.option(
    "--public-name",
    "public_names",
    multiple=True,
    metavar="NAME",
    help="Name under which others reach the page, such as that of a proxy with TLS in front; may be repeated.",
)
@click.option("--allow-public", is_flag=True, help="Allow others to reach the page without a password.")
@click.option("--allow-upload", is_flag=True, help="Allow changes to collections also where others reach the page.")
@click.option(
    "--max-upload",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    metavar="MB",
    help="Most that may be added at once.",
)
def serve(
    index_folders: tuple[Path, ...],
    collections_folder: Path | None,
    engine: str | None,
    host: str,
    port: int,
    writer: Writer | None,
    open_browser: bool,
    auth_file: Path | None,
    public_names: tuple[str, ...],
    allow_public: bool,
    allow_upload: bool,
    max_upload: int,
) -> None:
    """Open a page to ask the reports in.

    On this machine alone, reports can be added and removed from the page. Where others reach it (another --host, or a
    --public-name), it asks for a password, and collections can be changed only with --allow-upload.
    """
    try:
        import gradio  # noqa: F401
    except ModuleNotFoundError as error:
        raise click.ClickException("the page needs Gradio: pip install 'mustanad[ui]'") from error
    from ui.server import is_loopback

    users = _users(auth_file)
    is_public = not is_loopback(host) or bool(public_names)
    if is_public and users is None and not allow_public:
        raise click.ClickException(
            f"{public_names[0] if public_names else host} can be reached from other machines and the page has no "
            f"password: give one with --auth-file FILE or {_AUTH_VARIABLE}, use --host 127.0.0.1, "
            "or --allow-public where everyone who reaches it may read the reports"
        )
    if users is not None and not is_loopback(host):
        click.echo("Note: passwords travel as they are; put a proxy with TLS in front (--public-name NAME).", err=True)
    # The port first: opening an index can take long, and then be for nothing.
    bound = _bind(host, port)
    try:
        workspace = _open(index_folders, collections_folder, engine, allow_upload or not is_public, max_upload * 10**6)
        _run(workspace, writer, bound, host, open_browser, users, public_names)
    finally:
        bound.close()


def _users(auth_file: Path | None) -> Mapping[str, str] | None:
    """Who may open the page, or None where everybody may."""
    from index.errors import MustanadError
    from ui.auth import others_can_read, parse_users, read_users

    try:
        if auth_file is not None:
            users = read_users(auth_file)
            if others_can_read(auth_file):
                click.echo(f"Warning: other users of this machine can read {auth_file}: chmod 600 it.", err=True)
            return users
        text = os.environ.get(_AUTH_VARIABLE)
        return None if text is None else parse_users(text, _AUTH_VARIABLE)
    except MustanadError as error:
        raise click.ClickException(str(error)) from error


def _bind(host: str, port: int) -> socket.socket:
    from ui.server import bind

    try:
        return bind(host, port)
    except OSError as error:
        raise click.ClickException(
            f"port {port} of {host} cannot be used ({error.strerror or error}): "
            "end what uses it, or choose another with --port (0 takes a free one)"
        ) from error


def _open(
    index_folders: Sequence[Path], collections_folder: Path | None, engine: str | None, changes: bool, max_upload: int
) -> Workspace:
    """The collections, with a first one to begin with where there would be none."""
    from index.errors import MustanadError
    from ui.collections import Workspace

    indexes = index_folders or (() if collections_folder else (Path("mustanad-index"),))
    try:
        workspace = Workspace(indexes, collections_folder, engine=engine, changes=changes, max_upload=max_upload)
        if not workspace.names():
            if not changes:
                raise click.ClickException(
                    f"{collections_folder} holds no collections, and none can be made where others reach the page: "
                    "add --allow-upload"
                )
            workspace.create(_FIRST_COLLECTION)
        # A folder given by hand must be an index; one that was found may be broken, and the page says so.
        for name in workspace.given or workspace.names()[:1]:
            workspace.open(name)
    except MustanadError as error:
        raise click.ClickException(" ".join(str(error).split())) from error
    return workspace


def _run(
    workspace: Workspace,
    writer: Writer | None,
    bound: socket.socket,
    host: str,
    open_browser: bool,
    users: Mapping[str, str] | None,
    public_names: Sequence[str],
) -> None:
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{bound.getsockname()[1]}"

    def announce() -> None:
        click.echo(f"Mustanad is open at {address} (Ctrl-C ends it)")
        if writer is not None:
            click.echo(f"Questions, and the passages found for them, are sent to {writer.destination}")
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    with _private_uploads():
        from ui.server import LOOPBACK_NAMES, Server, create_app, is_loopback

        anywhere = not is_loopback(host) and not public_names
        app = create_app(workspace, ("*",) if anywhere else LOOPBACK_NAMES, users, public_names, writer)
        threading.Thread(target=_warm, args=(workspace,), daemon=True).start()
        try:
            Server(app, announce).run(sockets=[bound])
        except KeyboardInterrupt:
            click.echo()


@contextmanager
def _private_uploads() -> Iterator[None]:
    """Has Gradio keep copies of uploads where nobody else can read them, and only for as long as the page is open."""
    before = os.environ.get(_UPLOADS_VARIABLE)
    with tempfile.TemporaryDirectory(prefix="mustanad-", dir=before) as folder:
        os.environ[_UPLOADS_VARIABLE] = folder
        try:
            yield
        finally:
            os.environ.pop(_UPLOADS_VARIABLE)
            if before is not None:
                os.environ[_UPLOADS_VARIABLE] = before


def _warm(workspace: Workspace) -> None:
    """Load what the first question needs, while nobody has asked it."""
    from index.errors import MustanadError

    try:
        workspace.open(workspace.default).ask("Who?")
    except MustanadError as error:
        logging.getLogger(__name__).warning("%s", error)
