"""``mustanad serve``: open the page on this machine."""

from __future__ import annotations

import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import socket

    from ui.engine import Engine


@click.command(epilog="Example: mustanad serve --index archive --open")
@click.option(
    "--index",
    "index_folder",
    type=click.Path(path_type=Path),
    default=Path("mustanad-index"),
    envvar="MUSTANAD_INDEX",
    show_default="MUSTANAD_INDEX, else ./mustanad-index",
    help="Folder of the index.",
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
@click.option("--open", "open_browser", is_flag=True, help="Also open it in the browser.")
@click.option("--allow-public", is_flag=True, help="Allow a host that other machines reach: there is no password.")
def serve(index_folder: Path, engine: str | None, host: str, port: int, open_browser: bool, allow_public: bool) -> None:
    """Open a page to ask the reports in."""
    try:
        import gradio  # noqa: F401
    except ModuleNotFoundError as error:
        raise click.ClickException("the page needs Gradio: pip install 'mustanad[ui]'") from error
    from ui.server import is_loopback

    if not is_loopback(host) and not allow_public:
        raise click.ClickException(
            f"{host} can be reached from other machines and the page has no password yet: "
            "use --host 127.0.0.1, or --allow-public where everyone who reaches it may read the reports"
        )
    # The port first: opening an index can take long, and then be for nothing.
    bound = _bind(host, port)
    try:
        _run(_open(index_folder, engine), bound, host, open_browser)
    finally:
        bound.close()


def _bind(host: str, port: int) -> socket.socket:
    from ui.server import bind

    try:
        return bind(host, port)
    except OSError as error:
        raise click.ClickException(
            f"port {port} of {host} cannot be used ({error.strerror or error}): "
            "end what uses it, or choose another with --port (0 takes a free one)"
        ) from error


def _open(index_folder: Path, engine: str | None) -> Engine:
    import rag
    from index.errors import MustanadError

    try:
        return rag.open(index_folder, engine=engine)
    except MustanadError as error:
        raise click.ClickException(" ".join(str(error).split())) from error


def _run(engine: Engine, bound: socket.socket, host: str, open_browser: bool) -> None:
    from ui.server import Server, create_app, is_loopback

    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{bound.getsockname()[1]}"

    def announce() -> None:
        click.echo(f"Mustanad is open at {address} (Ctrl-C ends it)")
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    app = create_app(engine) if is_loopback(host) else create_app(engine, hosts=("*",))
    try:
        Server(app, announce).run(sockets=[bound])
    except KeyboardInterrupt:
        click.echo()
