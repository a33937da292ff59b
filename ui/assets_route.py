"""The page's own files: the style sheets and the script of every page, and the fonts, served from here alone."""

import hashlib
from functools import cache
from importlib.resources import files

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from ui.escaping import attribute
from ui.strings import Strings

ASSETS = "/page-assets"
"""Where they are. ``/assets`` and ``/static`` are Gradio's own."""

_ROOT = "root.css"
_YEAR = "public, max-age=31536000, immutable"


class Assets(StaticFiles):
    """The folder of assets. Their addresses name their content, so that a browser asks once."""

    def __init__(self) -> None:
        super().__init__(directory=str(files("ui").joinpath("assets")))

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, to be kept for a year."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = _YEAR
        return response


@cache
def page_css() -> str:
    """All style sheets but ``root.css``, which the head of the page names: Gradio would bind it to its own part."""
    sheets = (path for path in files("ui").joinpath("assets").iterdir() if path.name.endswith(".css"))
    return "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(sheets, key=lambda path: path.name) if path.name != _ROOT
    )


def page_head(strings: Strings) -> str:
    """What goes into the head of a page: language and direction before anything is drawn, script and ``root.css``."""
    root = f"document.documentElement.lang='{strings.lang}';document.documentElement.dir='{strings.direction}'"
    return (
        f'<script>{root};document.documentElement.dataset.view="cards"</script>'
        f'<link rel="stylesheet" href="{attribute(_address(_ROOT))}">'
        f'<script src="{attribute(_address("page.js"))}" defer></script>'
    )


def _address(name: str) -> str:
    content = files("ui").joinpath("assets", name).read_bytes()
    return f"{ASSETS}/{name}?{hashlib.sha256(content).hexdigest()[:12]}"
