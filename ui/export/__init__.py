"""Evidence packs to be read: a self-contained page, Markdown, and files of them."""

from ui.export.files import PackFiles, html_text, markdown_text, pack_files
from ui.export.markdown import pack_markdown
from ui.export.page import pack_html

__all__ = ["PackFiles", "html_text", "markdown_text", "pack_files", "pack_html", "pack_markdown"]
