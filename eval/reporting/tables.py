"""Tables as text: for Markdown files and for terminals."""

import unicodedata
from collections.abc import Sequence

from eval.reporting.formats import MISSING, figures_by_key, with_interval
from eval.results import Results

_MARKDOWN_RULES = {"l": ":---", "c": ":---:", "r": "---:"}
_WIDE = {"W", "F"}
_ZERO_WIDTH = {"Mn", "Me", "Cf"}


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]], align: str = "") -> str:
    r"""A table in GitHub's Markdown, without a line break at the end.

    Args:
        header: Names of the columns.
        rows: Cells, as many in each row as there are columns.
        align: A letter for each column, l, c or r; "" for the first to the left and all others to the right.

    Raises:
        ValueError: A row or ``align`` has not as many entries as there are columns, or a letter is another.

    Examples:
        >>> print(markdown_table(["dataset", "RR@10"], [["arcd", "0.844"], ["a|b", "0.5"]]))
        | dataset | RR@10 |
        | :--- | ---: |
        | arcd | 0.844 |
        | a\|b | 0.5 |
    """
    letters = _letters(header, rows, align)
    lines = [header, [_MARKDOWN_RULES[letter] for letter in letters], *rows]
    return "\n".join(f"| {' | '.join(map(_markdown_cell, line))} |" for line in lines)


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]], align: str = "") -> str:
    """A table for a terminal, its columns aligned by the cells that letters take there; no line break at the end.

    Args:
        header: Names of the columns.
        rows: Cells, as many in each row as there are columns.
        align: A letter for each column, l, c or r; "" for the first to the left and all others to the right.

    Raises:
        ValueError: A row or ``align`` has not as many entries as there are columns, or a letter is another.

    Examples:
        >>> print(text_table(["dataset", "RR@10"], [["arcd", "0.844"], ["xquad", "0.5"]]))
        dataset  RR@10
        -------  -----
        arcd     0.844
        xquad      0.5
    """
    letters = _letters(header, rows, align)
    cells = [[" ".join(cell.split()) for cell in line] for line in (header, *rows)]
    widths = [max(display_width(line[column]) for line in cells) for column in range(len(header))]
    cells.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(_padded(*entry) for entry in zip(line, widths, letters, strict=True)).rstrip() for line in cells
    )


def display_width(text: str) -> int:
    """How many cells of a terminal a text takes: two for a wide letter, none for a mark on the letter before.

    Examples:
        >>> display_width("abc"), display_width("حَتَّى"), display_width("東京")
        (3, 3, 4)
    """
    return sum(
        0 if unicodedata.category(character) in _ZERO_WIDTH else 1 + (unicodedata.east_asian_width(character) in _WIDE)
        for character in text
    )


def figures_table(results: Results, keys: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a table of figures, one row for each dataset.

    Args:
        results: What was measured.
        keys: Keys of figures, one for each column; a cell is "–" where a dataset lacks one.
    """
    rows = []
    for report in results.reports:
        known = figures_by_key(report)
        rows.append([report.dataset, *(with_interval(known[key]) if key in known else MISSING for key in keys)])
    return ["dataset", *keys], rows


def _letters(header: Sequence[str], rows: Sequence[Sequence[str]], align: str) -> str:
    letters = align or "l" + "r" * (len(header) - 1)
    if len(letters) != len(header) or not set(letters) <= _MARKDOWN_RULES.keys():
        raise ValueError(f"align is {align!r}; give one letter (l, c or r) for each of {len(header)} columns")
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"the row {list(row)} has {len(row)} cells; the table has {len(header)} columns")
    return letters


def _markdown_cell(cell: str) -> str:
    return " ".join(cell.split()).replace("|", "\\|")


def _padded(cell: str, width: int, letter: str) -> str:
    room = width - display_width(cell)
    before = {"l": 0, "c": room // 2, "r": room}[letter]
    return " " * before + cell + " " * (room - before)
