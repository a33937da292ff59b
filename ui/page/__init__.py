"""The page itself, in Gradio: ``building`` wires what ``filters``, ``examples`` and ``framing`` make."""

from ui.page.building import build_page

__all__ = ["build_page"]
