"""Measuring a reader by itself: what it reads when the right passage is given, and when it is not."""

from eval.reader.figures import reader_figures
from eval.reader.measuring import measure_reader
from eval.reader.set_aside import only_set_aside
from eval.reader.table import reader_table

__all__ = ["measure_reader", "only_set_aside", "reader_figures", "reader_table"]
