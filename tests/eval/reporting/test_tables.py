from pathlib import Path

import pytest

from eval.reporting import figures_table, markdown_table, replace_block, text_table
from eval.reporting.tables import display_width
from index.errors import MustanadError
from tests.eval.reporting import made


def test_markdown_escapes_pipes_and_keeps_a_cell_in_one_line() -> None:
    table = markdown_table(["name", "x|y", "z"], [["a\nb", "1|2", ""]], "lcr")
    assert table == "| name | x\\|y | z |\n| :--- | :---: | ---: |\n| a b | 1\\|2 |  |"


def test_a_text_table_is_aligned_by_what_letters_take() -> None:
    table = text_table(["data", "n", "note"], [["تقارير", "10", "x"], ["東京", "7", ""], ["حَتَّى", "123", "yy"]], "lrc")
    assert table.splitlines() == [
        "data      n  note",
        "------  ---  ----",
        "تقارير   10   x",
        "東京      7",
        "حَتَّى     123   yy",
    ]


def test_display_width_of_marks_and_controls() -> None:
    assert display_width("e\u0301\u200f") == 1
    assert display_width("") == 0


@pytest.mark.parametrize("table", [markdown_table, text_table])
def test_tables_must_fit_their_header(table: object) -> None:
    assert callable(table)
    with pytest.raises(ValueError, match="has 1 cells; the table has 2 columns"):
        table(["a", "b"], [["1"]])
    with pytest.raises(ValueError, match="one letter"):
        table(["a", "b"], [], "lx")


def test_an_empty_table_is_its_header() -> None:
    assert text_table(["a", "bb"], []) == "a  bb\n-  --"


def test_figures_with_their_intervals() -> None:
    header, rows = figures_table(
        made.results(made.report(), made.searched_only()), ["RR@10", "latency search p50 ms", "answers?"]
    )
    assert header == ["dataset", "RR@10", "latency search p50 ms", "answers?"]
    assert rows == [
        ["made", "0.600 [0.490–0.690]", "40 [31–48]", "–"],
        ["بحث", "0.500 [0.390–0.590]", "–", "–"],
    ]


def test_a_block_is_replaced_and_only_then_written(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(
        "# ا\n<!-- table: a -->\nold\n<!-- /table: a -->\nrest\n<!-- table: ab -->\n<!-- /table: ab -->", "utf-8"
    )
    assert replace_block(path, "a", "| x |\n")
    expected = "# ا\n<!-- table: a -->\n\n| x |\n\n<!-- /table: a -->\nrest\n<!-- table: ab -->\n<!-- /table: ab -->"
    assert path.read_text("utf-8") == expected
    before = path.stat().st_mtime_ns
    assert not replace_block(path, "a", "| x |")
    assert path.stat().st_mtime_ns == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    "text",
    [
        "nothing",
        "<!-- table: a -->",
        "<!-- /table: a --> <!-- table: a -->",
        "<!-- table: a --><!-- /table: a --><!-- table: a --><!-- /table: a -->",
    ],
)
def test_a_block_needs_its_markers_once(tmp_path: Path, text: str) -> None:
    path = tmp_path / "README.md"
    path.write_text(text, "utf-8")
    with pytest.raises(MustanadError, match="once each") as caught:
        replace_block(path, "a", "new")
    assert "\n" not in str(caught.value)
    assert path.read_text("utf-8") == text


def test_a_block_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MustanadError, match="cannot be read"):
        replace_block(tmp_path / "none.md", "a", "new")
