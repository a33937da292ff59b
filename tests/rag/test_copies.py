"""Copies as the Python API and the command show them."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import rag
from index.types import Document
from rag.reports import Reports
from tests.index.copies.texts import OTHER, REPRINT, WIRE
from tests.rag.cli.conftest import Mustanad, mustanad  # noqa: F401 - a fixture
from tests.rag.samples import hash_model, make_reports

WIRE_REPORT = Document("wire", WIRE, "Convoy attacked", "Sahil Press", date(2024, 3, 14), lang="en")
REPRINTED = Document("reprint", REPRINT, "At the bridge", "The Courier", date(2024, 3, 15), lang="en")
SECOND = Document("second", WIRE.upper(), "Ballots", "Tolnara Bulletin", date(2024, 3, 16), lang="en")
WATER = Document("water", OTHER, "Water", "Sahil Press", date(2024, 3, 12), lang="en")
ALL = (REPRINTED, WATER, WIRE_REPORT, SECOND)
QUESTION = "Who attacked the convoy near the bridge?"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_reports(tmp_path / "index", ALL).close()
    return tmp_path / "index"


@pytest.fixture
def reports(root: Path) -> Iterator[Reports]:
    with rag.open(root, embedder=hash_model()) as opened:
        yield opened


def test_a_hit_names_its_original_and_the_other_copies(reports: Reports) -> None:
    hits = {hit.document.doc_id: hit for hit in reports.search(QUESTION, 10)}
    assert set(hits) == {"wire", "reprint", "second", "water"}
    assert (hits["wire"].copy_of, hits["wire"].copies) == (None, ("reprint", "second"))
    assert (hits["second"].copy_of, hits["second"].copies) == ("wire", ("wire", "reprint"))
    assert (hits["water"].copy_of, hits["water"].copies) == (None, ())
    assert reports.copies("reprint") == ("wire", "second")
    with pytest.raises(ValueError, match="no report 'nowhere'"):
        reports.copies("nowhere")


def test_collapsing_leaves_the_best_passage_of_each_text(reports: Reports) -> None:
    best, *_ = reports.search(QUESTION, 10)
    hits = reports.search(QUESTION, 10, collapse=True)
    assert [hit.rank for hit in hits] == [1, 2]
    assert hits[0] == best
    assert hits[1].document.doc_id == "water"
    assert [hit.passage for hit in reports.search(QUESTION, 1, collapse=True)] == [best.passage]


def test_runs_are_not_collapsed(reports: Reports) -> None:
    assert len(reports.search_documents(QUESTION, 10)) == 4


def test_the_copies_left_by_the_filters_are_still_named(reports: Reports) -> None:
    (hit,) = reports.search(QUESTION, 10, doc=["second"])
    assert (hit.copy_of, hit.copies) == ("wire", ("wire", "reprint"))


def test_an_answer_counts_a_text_once_and_links_its_copies(reports: Reports) -> None:
    answer = reports.ask(QUESTION)
    assert [claim.independent_sources for claim in answer.claims] == [1]
    of = {citation.doc_id: citation.copy_of for citation in answer.citations}
    assert len(of) >= 2
    assert of == {doc_id: None if doc_id == "wire" else "wire" for doc_id in of}


def test_adding_says_what_are_copies(reports: Reports) -> None:
    third = Document("third", WIRE + " More will follow.", published=date(2024, 3, 17), lang="en")
    earlier = Document("earlier", WIRE.lower(), published=date(2024, 3, 10), lang="en")
    news = Document("news", "Nurses vaccinated seventy thousand children in the valley this week.", lang="en")
    added = reports.add_documents([third, news])
    assert added.copies == ("third",)
    assert reports.add_documents([earlier]).copies == ("earlier",)  # it is the original now, but the text was there
    assert reports.copies("wire")[0] == "earlier"
    assert reports.add_documents([earlier]).copies == ()


def test_of_copies_added_together_the_first_published_is_no_copy(tmp_path: Path) -> None:
    with rag.create(tmp_path / "new", embedder=hash_model()) as made:
        assert made.add_documents(ALL).copies == ("reprint", "second")


def test_search_json(mustanad: Mustanad, root: Path) -> None:  # noqa: F811
    fields = json.loads(mustanad("search", QUESTION, "--json", "--index", root).stdout)
    found = {hit["doc_id"]: (hit["copy_of"], hit["copies"]) for hit in fields["results"]}
    assert found == {
        "wire": (None, ["reprint", "second"]), "reprint": ("wire", ["wire", "second"]),
        "second": ("wire", ["wire", "reprint"]), "water": (None, []),
    }  # fmt: skip
    fields = json.loads(mustanad("search", QUESTION, "--json", "--collapse", "--index", root).stdout)
    assert len(fields["results"]) == 2
    assert [hit["rank"] for hit in fields["results"]] == [1, 2]


def test_search_for_a_person(mustanad: Mustanad, root: Path) -> None:  # noqa: F811
    shown = mustanad("search", QUESTION, "--index", root).stdout
    assert "]\n   +2 copies: reprint, second\n\n" in shown
    assert "]\n   copy of wire\n   +1 copy: reprint\n\n" in shown
    collapsed = mustanad("search", QUESTION, "--collapse", "--index", root).stdout
    assert collapsed.count("copy of wire") + collapsed.count("+2 copies: reprint, second") == 1
    assert "\n2. Water" in collapsed


def test_collapse_is_refused_for_a_run(mustanad: Mustanad, root: Path, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "q.jsonl").write_text('{"_id": "1", "text": "Who?"}\n', encoding="utf-8")
    given = ["search", "--questions", tmp_path / "q.jsonl", "--run", tmp_path / "out", "--index", root]
    assert "a run names every report" in mustanad(*given, "--collapse", code=2).stderr
    mustanad(*given)
    assert len((tmp_path / "out").read_text(encoding="utf-8").splitlines()) == 4


def test_info_counts_copies(mustanad: Mustanad, root: Path) -> None:  # noqa: F811
    assert "  copies      2 of the reports are copies of others\n" in mustanad("info", "--index", root).stdout
    assert json.loads(mustanad("info", "--json", "--index", root).stdout)["copies"] == 2


def test_ask_marks_the_citation_of_a_copy(mustanad: Mustanad, root: Path) -> None:  # noqa: F811
    assert "]  copy of wire\n" in mustanad("ask", QUESTION, "--index", root).stdout
    citations = json.loads(mustanad("ask", QUESTION, "--json", "--index", root).stdout)["citations"]
    assert "wire" in {citation["copy_of"] for citation in citations}


def test_indexing_says_how_many_are_copies(mustanad: Mustanad, root: Path, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "more").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "more" / name).write_text(WIRE, encoding="utf-8")
    shown = mustanad("index", tmp_path / "more", "--index", root).stdout
    assert shown.splitlines()[1:] == ["2 are copies of other reports in the index"]
    (tmp_path / "c.txt").write_text(WIRE, encoding="utf-8")
    assert "\n1 is a copy of other reports" in mustanad("index", tmp_path / "c.txt", "--index", root).stdout
