"""Rows on disk: kept, thrown away where they belong to something else, whole or not at all."""

from pathlib import Path

import pytest

from eval.running.journal import Journal
from eval.running.rows import AnswerRow, ClaimRow, FoundDocument, FoundPassage, JudgedCitation, Row
from rag.types import Stance

ROW = Row(
    query_id="س1",
    documents=(FoundDocument("a", 0.1 + 0.2),),
    passages=(FoundPassage("a#0", "a", 3, 9, 1 / 3, True, "نص\n«مقتبس»"),),
    units=1,
    search_ms=12.5,
    answer=AnswerRow(
        text="تنظيم", withheld=None, confidence=0.7,
        claims=(ClaimRow("تنظيم", Stance.ACCUSED, None, (1,)),),
        citations=(JudgedCitation(1, "a", "a#0", 3, 9, "تنظيم", True, True, False),),
        retrieve_ms=1.0, read_ms=2.0, total_ms=3.0,
    ),
)  # fmt: skip
OTHER = Row(query_id="q2")


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "rows.journal"
    journal = Journal(path, {"dataset": "x"})
    assert journal.rows() == {}
    journal.start({})
    journal.append(ROW, 0.25)
    journal.append(OTHER, 1.5)
    assert Journal(path, {"dataset": "x"}).rows() == {"س1": (ROW, 0.25), "q2": (OTHER, 1.5)}


def test_rows_of_something_else_are_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "rows.journal"
    journal = Journal(path, {"dataset": "x", "depth": 3})
    journal.start({})
    journal.append(ROW, 0.25)
    assert Journal(path, {"dataset": "x", "depth": 4}).rows() == {}


def test_rows_of_other_code_are_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.journal"
    journal = Journal(path, {})
    journal.start({})
    journal.append(ROW, 0.25)
    monkeypatch.setattr("eval.running.journal._code", lambda: "other")
    assert Journal(path, {}).rows() == {}


def test_a_line_cut_short_loses_that_row_only(tmp_path: Path) -> None:
    path = tmp_path / "rows.journal"
    journal = Journal(path, {})
    journal.start({})
    journal.append(OTHER, 1.5)
    whole = path.read_bytes()
    journal.append(ROW, 0.25)
    for length in range(len(whole), len(path.read_bytes()) - 1, 7):
        path.write_bytes(path.read_bytes()[:length] if length else b"")
        kept = Journal(path, {}).rows()
        assert kept == {"q2": (OTHER, 1.5)}
        journal.start({})
        journal.append(OTHER, 1.5)
        journal.append(ROW, 0.25)


def test_starting_again_keeps_what_it_is_given_on_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "rows.journal"
    journal = Journal(path, {})
    journal.start({})
    journal.append(ROW, 0.25)
    with path.open("ab") as file:
        file.write(b"0.5 {half a li")
    journal.start(journal.rows())
    journal.append(OTHER, 1.5)
    assert Journal(path, {}).rows() == {"س1": (ROW, 0.25), "q2": (OTHER, 1.5)}


def test_without_a_file_nothing_is_kept() -> None:
    nowhere = Journal(None, {})
    nowhere.start({})
    nowhere.append(ROW, 1.0)
    assert nowhere.rows() == {}
