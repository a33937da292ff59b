"""Results for people: pages, plots, and tables for files and terminals."""

from eval.reporting.blocks import replace_block
from eval.reporting.comparison_page import comparison_html
from eval.reporting.gallery import save_plots
from eval.reporting.notebook import notebook_html
from eval.reporting.page import results_html
from eval.reporting.tables import figures_table, markdown_table, text_table

__all__ = [
    "comparison_html",
    "figures_table",
    "markdown_table",
    "notebook_html",
    "replace_block",
    "results_html",
    "save_plots",
    "text_table",
]
