"""The page that people ask in: evidence as HTML, wired to a browser by Gradio."""

from ui.engine import Engine

__all__ = ["Engine"]
